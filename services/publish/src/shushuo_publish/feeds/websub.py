"""Tells WebSub hubs that feeds changed, so that readers learn within seconds; what was told survives a restart."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import timedelta

import httpx
import structlog
from sqlmodel import Session

from shushuo_publish.reading.keys import newest_change
from shushuo_publish.store.models import Counter
from shushuo_publish.store.session import Store

log = structlog.get_logger()

QUIET = timedelta(seconds=5)
LONGEST = timedelta(seconds=30)
TIMEOUT = 10.0
AGAIN_AFTER = (10, 60, 300, 900)


class HubPinger:
    """Pings one hub about every topic once changes have paused for ``quiet`` (or gone on for ``longest``)."""

    def __init__(
        self,
        store: Store,
        hub: str,
        topics: Callable[[], Iterable[str]],
        *,
        quiet: timedelta = QUIET,
        longest: timedelta = LONGEST,
    ) -> None:
        self._store = store
        self._hub = hub
        self._topics = topics
        self._quiet = quiet.total_seconds()
        self._longest = longest.total_seconds()
        self._failures = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Ping after changes until ``stop``; a hub that is away is asked again, ever less often."""
        async with httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as client:
            while not stop.is_set():
                pause = await self._step(client, stop)
                await _sleep(stop, pause)

    async def _step(self, client: httpx.AsyncClient, stop: asyncio.Event) -> float:
        change = await self._store.read(newest_change)
        if change == await self._store.read(_told, self._hub):
            return self._quiet
        change = await self._settled(change, stop)
        try:
            await self.ping(client)
        except httpx.HTTPError as error:
            log.warning("websub ping failed", hub=self._hub, reason=str(error) or type(error).__name__)
            self._failures += 1
            return float(AGAIN_AFTER[min(self._failures, len(AGAIN_AFTER)) - 1])
        self._failures = 0
        await self._store.write(_tell, self._hub, change)
        return self._quiet

    async def _settled(self, change: int, stop: asyncio.Event) -> int:
        """The newest change once there was none for a while."""
        waited = 0.0
        while waited < self._longest and not stop.is_set():
            await _sleep(stop, self._quiet)
            waited += self._quiet
            newer = await self._store.read(newest_change)
            if newer == change:
                return change
            change = newer
        return change

    async def ping(self, client: httpx.AsyncClient) -> None:
        """Tell the hub of every topic; httpx.HTTPError when it does not take one."""
        for topic in dict.fromkeys(self._topics()):
            answer = await client.post(self._hub, data={"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
            answer.raise_for_status()
        log.info("websub ping", hub=self._hub, outcome="told")


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake up to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _told(session: Session, hub: str) -> int:
    row = session.get(Counter, _name(hub))
    return row.value if row else 0


def _tell(session: Session, hub: str, change: int) -> None:
    session.merge(Counter(name=_name(hub), value=change))


def _name(hub: str) -> str:
    return f"websub {hub}"
