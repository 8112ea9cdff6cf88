"""Tells of silence: alarms go to the log when they begin and end, to the metrics, and stop the dead-man's call."""

import asyncio
from datetime import datetime, timedelta

import httpx
import structlog
from prometheus_client import Gauge
from pydantic import HttpUrl

from shushuo_ingest.watch.desk import Desk
from shushuo_shared.clock import Clock
from shushuo_shared.errors import Retryable

EVERY = 15.0
CALL_EVERY = timedelta(minutes=1)

ALARMS = Gauge("shushuo_source_alarm", "1 while the source has an alarm of this kind", ["source", "alarm"])

log = structlog.get_logger(__name__)


class Vigil:
    """Looks at the alarms; ``dead_man_url`` is called every minute, but only while there is none."""

    def __init__(self, desk: Desk, *, dead_man_url: HttpUrl | None, client: httpx.AsyncClient, clock: Clock) -> None:
        self._desk, self._url, self._client, self._clock = desk, str(dead_man_url or ""), client, clock
        self._called: datetime | None = None
        self._known: set[tuple[str, str]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Keep vigil until ``stop``."""
        while not stop.is_set():
            try:
                await self.look_round()
            except Retryable as e:
                log.warning("cannot look at the sources", reason=str(e))
            try:
                await asyncio.wait_for(stop.wait(), EVERY)
            except TimeoutError:
                continue

    async def look_round(self) -> bool:
        """Tell what changed since the last round; whether all is well."""
        rows = await self._desk.overview()
        found = {(row["name"], alarm["kind"]): alarm["message"] for row in rows for alarm in row["alarms"]}
        for name, kind in found.keys() - self._known:
            log.error("source alarm", source=name, alarm=kind, reason=found[name, kind])
            ALARMS.labels(name, kind).set(1)
        for name, kind in self._known - found.keys():
            log.info("source alarm ended", source=name, alarm=kind)
            ALARMS.labels(name, kind).set(0)
        self._known = set(found)
        well = not found and self._desk.trouble() is None
        if well:
            await self._call()
        return well

    async def _call(self) -> None:
        now = self._clock()
        if not self._url or (self._called and now - self._called < CALL_EVERY):
            return
        self._called = now
        try:
            (await self._client.get(self._url)).raise_for_status()
        except httpx.HTTPError as e:
            log.error("the dead-man URL does not answer", reason=f"{type(e).__name__} {e}")
