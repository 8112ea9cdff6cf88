"""Politeness towards one host: few requests at once, a gap between them, and silence when it asks for silence."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from shushuo_ingest.fetch.page import FetchFailed

PARALLEL = 2
LONGEST_WAIT = 60.0
LONGEST_GAP = 30.0


class Politeness:
    """Takes turns per host. Times are the event loop's."""

    def __init__(self, *, gap: float, parallel: int = PARALLEL) -> None:
        self._gap = gap
        self._gaps: dict[str, float] = {}
        self._next: dict[str, float] = {}
        self._slots: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(parallel))

    def slow_down(self, host: str, gap: float | None) -> None:
        """Keep at least this gap, as the host's robots.txt asks, within reason."""
        self._gaps[host] = min(LONGEST_GAP, max(self._gap, gap or 0.0))

    def pause(self, host: str, wait: timedelta) -> None:
        """Leave the host alone for this long."""
        until = asyncio.get_running_loop().time() + wait.total_seconds()
        self._next[host] = max(self._next.get(host, 0.0), until)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn and hold it; FetchFailed at once when the wait would be a long one."""
        async with self._slots[host]:
            now = asyncio.get_running_loop().time()
            start = max(now, self._next.get(host, 0.0))
            if start - now > LONGEST_WAIT:
                wait = timedelta(seconds=start - now)
                raise FetchFailed(f"{host} asked to be left alone for {wait.total_seconds():.0f} s", retry_after=wait)
            self._next[host] = start + self._gaps.get(host, self._gap)
            await asyncio.sleep(start - now)
            yield
