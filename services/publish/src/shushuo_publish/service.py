"""The publish service without its HTTP interface: consume, store, relay, deliver, forget, until told to stop."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import httpx
import structlog

from shushuo_publish import dead_letters
from shushuo_publish.cards import Links
from shushuo_publish.feeds.websub import HubPinger
from shushuo_publish.handler import Published, extracted
from shushuo_publish.metrics import CHANGES
from shushuo_publish.relay import Relay
from shushuo_publish.retention import EVERY_SECONDS, sweep
from shushuo_publish.settings import PublishSettings
from shushuo_publish.status import Status
from shushuo_publish.store.publishing import publish
from shushuo_publish.store.session import Store
from shushuo_publish.web.site import Site
from shushuo_publish.webhooks.delivery import Deliverer
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock
from shushuo_shared.codec import Event
from shushuo_shared.errors import Retryable
from shushuo_shared.lanes import run_lanes
from shushuo_shared.report import ExtractedReport
from shushuo_shared.supervise import supervise
from shushuo_shared.topics import DEAD_LETTERS, EXTRACTED, TOPICS
from shushuo_shared.worker import Worker, tell

SERVICE = "publish"
WATCH_SECONDS = 15.0

log = structlog.get_logger(__name__)


class Publisher:
    """The handler of ``report.extracted`` and of dead letters: what it answers with is already in the outbox."""

    def __init__(self, store: Store, blobs: BlobStore, links: Links, clock: Clock) -> None:
        self._store, self._blobs, self._links, self._clock = store, blobs, links, clock
        self.changed = asyncio.Event()

    async def __call__(self, event: Event) -> Sequence[Event]:
        """Store what the event changes; no events follow, the relay sends them."""
        data = extracted(event)
        report = data.report
        if report is None and data.report_ref is not None:
            report = ExtractedReport.model_validate_json(await self._blobs.get(data.report_ref))
        outcome = await self._store.write(publish, event, report, links=self._links, now=self._clock())
        if isinstance(outcome, Published):
            for change in (outcome, *outcome.gave_way):
                CHANGES.labels(change.kind).inc()
            tell(published=outcome.kind, sequence=outcome.report.sequence, change=outcome.report.change)
            if outcome.gave_way:
                tell(gave_way=[copy.report.report_id for copy in outcome.gave_way])
            self.changed.set()
        else:
            tell(published=None, reason=outcome.reason)
        return []

    async def keep(self, event: Event) -> Sequence[Event]:
        """Keep a dead letter."""
        await self._store.write(dead_letters.keep, event)
        return []


class Publish:
    """The wired parts; ``run`` works until ``stop``. More ``status.concerns`` may be added before."""

    def __init__(
        self,
        *,
        settings: PublishSettings,
        bus: Bus,
        store: Store,
        publisher: Publisher,
        relay: Relay,
        deliverer: Deliverer,
        status: Status,
        client: httpx.AsyncClient,
        site: Site,
        pingers: Sequence[HubPinger],
        clock: Clock,
    ) -> None:
        self.settings, self.bus, self.store, self.status, self.clock = settings, bus, store, status, clock
        self.relay, self.deliverer, self._publisher, self._client = relay, deliverer, publisher, client
        self.site, self._pingers = site, pingers

    async def run(self, stop: asyncio.Event) -> None:
        """Run every loop until ``stop`` is set; each is started again should it fail."""
        await self.bus.ensure_topics(TOPICS)
        make = partial(Worker, service=SERVICE, bus=self.bus, stop=stop, clock=self.clock)
        reports, letters = make(handle=self._publisher), make(handle=self._publisher.keep)
        parallel = self.settings.publish_parallel
        loops = {
            "publish": lambda: run_lanes(reports, self.bus.consume, EXTRACTED, SERVICE, stop=stop, parallel=parallel),
            "dead letters": lambda: self.bus.consume(DEAD_LETTERS, SERVICE, letters, stop=stop),
            "relay": lambda: self.relay.run(stop),
            "webhooks": lambda: self.deliverer.run(stop),
            "retention": lambda: self._forget(stop),
            "watch": lambda: self._watch(stop),
            "news": lambda: self._wake(stop),
        }
        loops |= {f"websub {n}": partial(pinger.run, stop) for n, pinger in enumerate(self._pingers)}
        try:
            async with asyncio.TaskGroup() as tasks:
                for name, loop in loops.items():
                    tasks.create_task(supervise(name, loop, stop=stop))
        finally:
            await self._client.aclose()

    def close(self) -> None:
        """Close the store; the bus and the blob store belong to the caller."""
        self.store.engine.dispose()

    def queued(self) -> None:
        """There may be something to relay or to deliver."""
        self.relay.wake.set()
        self.deliverer.wake.set()

    async def _wake(self, stop: asyncio.Event) -> None:
        """Pass the word from publishing to the loops that send."""
        changed = self._publisher.changed
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), 1.0)
            if changed.is_set():
                changed.clear()
                self.queued()

    async def _forget(self, stop: asyncio.Event) -> None:
        """Sweep every minute."""
        while not stop.is_set():
            try:
                await self.store.write(sweep, self.clock())
            except Retryable as e:
                log.warning("retention waits for the store", reason=str(e))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), EVERY_SECONDS)

    async def _watch(self, stop: asyncio.Event) -> None:
        """Look at the state of things, which keeps metrics and readiness true."""
        while not stop.is_set():
            await self.status.report()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), WATCH_SECONDS)
