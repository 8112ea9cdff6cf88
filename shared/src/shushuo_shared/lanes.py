"""Two lanes of one topic: live reports, and history that fills in only while no live report is in hand."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol

from shushuo_shared.bus import Message, Process
from shushuo_shared.topics import BACKFILL


class Consume(Protocol):
    """The consuming side of a bus, whichever shape it has."""

    def __call__(
        self, topic: str, group: str, process: Process, *, stop: asyncio.Event, parallel: int = 1
    ) -> Coroutine[Any, Any, None]:
        """See ``Bus.consume``."""


class _Gate:
    """Lets a back-fill message through only while no live message is in hand."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._live = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def live(self, message: Message) -> None:
        self._live += 1
        self._idle.clear()
        try:
            await self._process(message)
        finally:
            self._live -= 1
            if not self._live:
                self._idle.set()

    async def backfill(self, message: Message) -> None:
        await self._idle.wait()
        await self._process(message)


async def run_lanes(
    process: Process, consume: Consume, topic: str, group: str, *, stop: asyncio.Event, parallel: int = 1
) -> None:
    """Consume both lanes of the topic until ``stop``; one back-fill message at a time, never ahead of news."""
    gate = _Gate(process)
    async with asyncio.TaskGroup() as lanes:
        lanes.create_task(consume(topic, group, gate.live, stop=stop, parallel=parallel))
        lanes.create_task(consume(topic + BACKFILL, group, gate.backfill, stop=stop, parallel=1))
