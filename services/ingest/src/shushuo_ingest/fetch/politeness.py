"""Politeness towards one host: few requests at once, a gap between them, and silence when it asks for silence."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol

from shushuo_ingest.fetch.page import FetchFailed
from shushuo_shared.clock import Clock, system_clock

PARALLEL = 2
LONGEST_WAIT = timedelta(seconds=60)
LONGEST_GAP = 30.0


class Turns(Protocol):
    """Turns that several workers share."""

    async def reserve(self, host: str, gap: timedelta, *, patience: timedelta) -> timedelta:
        """How long to wait for a turn; it is taken unless the wait is longer than ``patience``."""

    async def pause(self, host: str, wait: timedelta) -> None:
        """Nobody asks the host before ``wait`` has passed."""


class Politeness:
    """Takes turns per host: by itself, and with other workers where it is given ``turns``."""

    def __init__(
        self, *, gap: float, parallel: int = PARALLEL, turns: Turns | None = None, clock: Clock = system_clock
    ) -> None:
        self._gap, self._turns, self._clock = gap, turns, clock
        self._gaps: dict[str, float] = {}
        self._next: dict[str, datetime] = {}
        self._slots: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(parallel))

    def slow_down(self, host: str, gap: float | None) -> None:
        """Keep at least this gap, as the host's robots.txt asks, within reason."""
        self._gaps[host] = min(LONGEST_GAP, max(self._gap, gap or 0.0))

    async def pause(self, host: str, wait: timedelta) -> None:
        """Leave the host alone for this long."""
        until = self._clock() + wait
        self._next[host] = max(self._next.get(host, until), until)
        if self._turns:
            await self._turns.pause(host, wait)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn and hold it; FetchFailed at once when the wait would be a long one."""
        async with self._slots[host]:
            gap = self._gaps.get(host, self._gap)
            await _wait(host, self._own_turn(host, gap))
            if self._turns and gap:
                await _wait(host, await self._turns.reserve(host, timedelta(seconds=gap), patience=LONGEST_WAIT))
            yield

    def _own_turn(self, host: str, gap: float) -> timedelta:
        """How long to wait for a turn among this worker's own; it is taken unless the wait is too long."""
        now = self._clock()
        start = max(now, self._next.get(host, now))
        if start - now <= LONGEST_WAIT:
            self._next[host] = start + timedelta(seconds=gap)
        return start - now


async def _wait(host: str, wait: timedelta) -> None:
    if wait > LONGEST_WAIT:
        raise FetchFailed(f"{host} asked to be left alone for {wait.total_seconds():.0f} s", retry_after=wait)
    await asyncio.sleep(wait.total_seconds())
