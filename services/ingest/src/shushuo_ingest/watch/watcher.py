"""Watches all sources: looks when they are due, takes what is waiting, one place's work by one worker at a time."""

import asyncio
from datetime import datetime

import structlog

from shushuo_ingest.sources import Source
from shushuo_ingest.watch.catalog import Catalog
from shushuo_ingest.watch.leases import BEAT, LEASE, Leases
from shushuo_ingest.watch.listening import listen
from shushuo_ingest.watch.looking import Look, Looker
from shushuo_ingest.watch.store import WatchStore
from shushuo_ingest.watch.tables import ItemState, SourceState
from shushuo_ingest.watch.taking import Taker
from shushuo_shared.clock import Clock
from shushuo_shared.errors import Retryable
from shushuo_shared.events import SourceRef

TICK = 1.0
AT_ONCE = 64
PER_PLACE = 6  # two of them fetching at once (fetch.politeness), the others being read and published
BATCH = 50
FINISH_SECONDS = 20.0

log = structlog.get_logger(__name__)


class Watcher:
    """Runs looks and takes as tasks; a place that is not this worker's by lease is left to the others."""

    def __init__(
        self, *, catalog: Catalog, store: WatchStore, looker: Looker, taker: Taker, leases: Leases, clock: Clock
    ) -> None:
        self.catalog = catalog
        self._store, self._looker, self._taker = store, looker, taker
        self._leases, self._clock = leases, clock
        self._looking: dict[str, asyncio.Task[Look]] = {}
        self._draining: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._wake = asyncio.Event()
        self._stopping = False
        self._claimed = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until ``stop``; then finish what is in hand and give the places back."""
        self._stopping = False
        self._claimed = asyncio.get_running_loop().time()
        await self._leases.start()
        listening = asyncio.create_task(listen(lambda: self.catalog.sources, self._stirred, stop))
        beat = float("-inf")
        try:
            while not stop.is_set():
                loop = asyncio.get_running_loop()
                if loop.time() - beat >= BEAT.total_seconds():
                    beat = loop.time()
                    await self.claim()
                await self._start_due()
                await self._pause(stop)
        finally:
            self._stopping = True
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await self._finish()
            await self._leases.leave()

    def trouble(self) -> str | None:
        """What is wrong with the watching itself, for the readiness check."""
        silent = asyncio.get_running_loop().time() - self._claimed
        return f"leases not renewed for {silent:.0f} s" if silent > LEASE.total_seconds() * 2 else None

    def wake(self) -> None:
        """Look for due work now rather than at the next tick."""
        self._wake.set()

    async def look(self, source: Source) -> Look:
        """Look at the source now; joins a look that is under way."""
        return await asyncio.shield(self._start_look(source))

    async def take_waiting(self, source: Source) -> None:
        """Take everything that waits for this source at our places, whether or not it is due."""
        await self.claim()
        places = await self._store.hurry(source.name, self._clock()) & self._leases.held()
        await asyncio.gather(*(asyncio.shield(self._start_drain(place)) for place in places))

    async def take_again(self, ref: SourceRef) -> bool:
        """Have a document that was given up fetched again; False when its source is not watched any more."""
        item = await self._store.item_of_report(ref.name, ref.address)
        if item is None or ref.name not in self.catalog.sources:
            return False
        item.state, item.attempts, item.failing_since, item.next_try = "waiting", 0, None, self._clock()
        await self._store.save([item])
        self.wake()
        return True

    async def mended(self, ref: SourceRef, version: str) -> None:
        """Note that a document which stands as failed was taken in with these bytes after all."""
        item = await self._store.item_of_report(ref.name, ref.address)
        if item and item.state == "failed" and item.version == version:
            item.state, item.reason, item.attempts, item.taken_at = "stored", None, 0, self._clock()
            item.failing_since = item.gone_since = None
            await self._store.save([item])

    async def claim(self) -> None:
        """Read the sources file if it changed, and renew the leases; without the database nothing is visited."""
        await asyncio.to_thread(self.catalog.refresh)
        sources = self.catalog.sources
        try:
            places = {source.place for source in sources.values()} | await self._store.open_places(sources.keys())
            await self._leases.renew(places, busy=self.busy())
            self._claimed = asyncio.get_running_loop().time()
        except Retryable as e:
            log.warning("cannot renew leases", reason=str(e))

    def holds(self, source: Source) -> bool:
        """Whether the source is this worker's to visit."""
        return source.place in self._leases.held()

    def busy(self) -> set[str]:
        """The places that are being visited now."""
        looking = {source.place for source in self.catalog.sources.values() if source.name in self._looking}
        return looking | self._draining.keys()

    async def _start_due(self) -> None:
        held, now = self._leases.held(), self._clock()
        sources = {name: source for name, source in self.catalog.sources.items() if name not in self._looking}
        try:
            states = await self._store.sources()
            places = await self._store.due_places(now, self.catalog.sources.keys())
        except Retryable as e:
            log.warning("cannot read what is due", reason=str(e))
            return
        for source in sources.values():
            if source.place in held and _due(states.get(source.name), now):
                self._start_look(source)
        for place in places & held:
            self._start_drain(place)

    def _start_look(self, source: Source) -> asyncio.Task[Look]:
        """The look under way, or a new one."""
        task = self._looking.get(source.name)
        if task is None:
            task = self._looking[source.name] = asyncio.create_task(self._look(source))
            task.add_done_callback(lambda done: self._looked(source.name, done))
        return task

    def _stirred(self, source: Source) -> None:
        if self.holds(source):
            self._start_look(source)

    def _looked(self, name: str, task: asyncio.Task[Look]) -> None:
        self._looking.pop(name, None)
        if not task.cancelled() and (failure := task.exception()):
            log.warning("a look was broken off", source=name, reason=str(failure))
        self.wake()

    def _start_drain(self, place: str) -> asyncio.Task[None]:
        task = self._draining.get(place)
        if task is None:
            task = self._draining[place] = asyncio.create_task(self._drain(place))
            task.add_done_callback(lambda done: self._drained(place, done))
        return task

    def _drained(self, place: str, task: asyncio.Task[None]) -> None:
        self._draining.pop(place, None)
        if not task.cancelled() and (failure := task.exception()):
            log.warning("taking documents was broken off", place=place, reason=str(failure))

    async def _look(self, source: Source) -> Look:
        async with self._slots:
            return await self._looker.look(source)

    async def _drain(self, place: str) -> None:
        """Take the place's due documents, a few at once, while the place is ours."""
        while place in self._leases.held() and not self._stopping:
            sources = self.catalog.sources
            due = await self._store.due_items(self._clock(), place=place, sources=sources.keys(), limit=BATCH)
            if not due:
                return
            turns = asyncio.Semaphore(PER_PLACE)
            takes = (self._take_in_turn(item, place, turns) for item in due)
            for failure in filter(None, await asyncio.gather(*takes, return_exceptions=True)):
                raise failure  # only now that none of them is under way any more: the place is free

    async def _take_in_turn(self, item: ItemState, place: str, turns: asyncio.Semaphore) -> None:
        source = self.catalog.sources.get(item.source)
        async with turns, self._slots:
            if source and place in self._leases.held() and not self._stopping:
                await self._taker.take(source, item)

    async def _pause(self, stop: asyncio.Event) -> None:
        waits = [asyncio.create_task(stop.wait()), asyncio.create_task(self._wake.wait())]
        await asyncio.wait(waits, timeout=TICK, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()
        self._wake.clear()

    async def _finish(self) -> None:
        """Let what is in hand end within the deadline; what does not is taken up again by its next owner."""
        tasks = [task for task in (*self._looking.values(), *self._draining.values()) if not task.done()]
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


def _due(state: SourceState | None, now: datetime) -> bool:
    return state is None or state.next_look <= now
