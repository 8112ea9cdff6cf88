"""Notices a consumer that has stopped: Kafka clients are known to go silent while their process looks alive."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from shushuo_shared.errors import Retryable

IDLE_SECONDS = 300.0  # nothing in hand, nothing acknowledged, yet messages wait
STUCK_SECONDS = 1800.0  # something in hand for so long that no limit inside a handler can be at work any more


class Stalled(Retryable):
    """Messages wait and none is acknowledged any more; only a new process helps."""


class Watchdog:
    """Raises Stalled out of ``watch`` when messages wait and nothing was acknowledged for too long."""

    def __init__(
        self,
        lag: Callable[[], Awaitable[int]],
        busy: Callable[[], bool],
        *,
        idle: float = IDLE_SECONDS,
        stuck: float = STUCK_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lag, self._busy, self._monotonic = lag, busy, monotonic
        self._idle, self._stuck = idle, stuck
        self._last = monotonic()

    def alive(self) -> None:
        """Something was acknowledged."""
        self._last = self._monotonic()

    async def over(self, work: Coroutine[Any, Any, None]) -> None:
        """Run the work under this watch: its end, its error, or Stalled."""
        working, watching = asyncio.create_task(work), asyncio.create_task(self.watch())
        try:
            await asyncio.wait((working, watching), return_when=asyncio.FIRST_COMPLETED)
            (working if working.done() else watching).result()
        finally:
            for task in (working, watching):
                task.cancel()
            await asyncio.gather(working, watching, return_exceptions=True)

    async def watch(self) -> None:
        """Look ten times per limit, until cancelled or Stalled."""
        while True:
            await asyncio.sleep(self._idle / 10)
            await self.check()

    async def check(self) -> None:
        """Raise Stalled if it is time to; a broker that cannot be asked is no proof of anything."""
        silent = self._monotonic() - self._last
        if silent < (self._stuck if self._busy() else self._idle):
            return
        try:
            waiting = await self._lag()
        except Retryable:
            return
        if waiting == 0:
            self.alive()
            return
        raise Stalled(f"{waiting} messages wait and none was acknowledged for {silent:.0f} s")
