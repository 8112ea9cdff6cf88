"""The embedded bus: one SQLite file as a partitioned log with cursors and leases; no server to start.

Several processes may open the same file. A topic has eight partitions; a key always falls into the same one, and a
partition is read by one member of a group at a time, which is what keeps the order per key. A member holds its
partitions by leases, so that a killed member's share moves to the others within ``LEASE_SECONDS``.
"""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from shushuo_shared.bus import Message, Process
from shushuo_shared.bus.log_file import LEASE_SECONDS, Claim, LogFile

T = TypeVar("T")

POLL_SECONDS = 0.2
RETENTION = timedelta(days=7)
PRUNE_SECONDS = 3600.0


class EmbeddedBus:
    """A Bus on one SQLite file; all file access happens on one thread of its own."""

    def __init__(self, log: LogFile, thread: ThreadPoolExecutor) -> None:
        self._log = log
        self._thread = thread
        self._published = asyncio.Condition()
        self._closed = False

    @classmethod
    async def open(cls, path: str) -> "EmbeddedBus":
        """Open the file, or create it with its folder."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="bus")
        log = await asyncio.get_running_loop().run_in_executor(thread, LogFile, Path(path))
        return cls(log, thread)

    async def _do(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *args)

    async def ensure_topics(self, topics: Sequence[str]) -> None:
        """Nothing to create: a topic exists with its first message."""

    async def publish(self, message: Message) -> None:
        """Return when the message is committed to the file."""
        await self._do(self._log.append, message)
        async with self._published:
            self._published.notify_all()

    async def consume(
        self, topic: str, group: str, process: Process, *, stop: asyncio.Event, parallel: int = 1
    ) -> None:
        """Hand each message to ``process``, one partition's messages in order, ``parallel`` partitions at once."""
        member = _Member(self, topic, group, process, parallel)
        try:
            await member.run(stop)
        finally:
            await asyncio.shield(self._do(self._log.leave, topic, group, member.name))

    async def lag(self, topic: str, group: str) -> int:
        """How many messages of the topic the group has not acknowledged."""
        return await self._do(self._log.lag, topic, group)

    async def close(self) -> None:
        """Close the file and its thread."""
        if not self._closed:
            self._closed = True
            await self._do(self._log.close)
            self._thread.shutdown()

    async def wait_for_news(self, stop: asyncio.Event) -> None:
        """Return when something was published here, ``stop`` is set, or it is time to look at the file again."""

        async def news() -> None:
            async with self._published:
                await self._published.wait()

        waits = [asyncio.create_task(news()), asyncio.create_task(stop.wait())]
        _, pending = await asyncio.wait(waits, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)


class _Member:
    """One member of a group: claims partitions, works on them in parallel, gives them back."""

    def __init__(self, bus: EmbeddedBus, topic: str, group: str, process: Process, parallel: int) -> None:
        self.name = uuid.uuid4().hex
        self._bus, self._topic, self._group = bus, topic, group
        self._process, self._parallel = process, parallel
        self._busy: dict[int, asyncio.Task[None]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        beat = prune = float("-inf")
        claims: list[Claim] = []
        try:
            while not stop.is_set():
                if loop.time() - beat > LEASE_SECONDS / 4:
                    beat = loop.time()
                    claims = await self._do("renew", sorted(self._busy))
                if loop.time() - prune > PRUNE_SECONDS:
                    prune = loop.time()
                    await self._bus._do(self._bus._log.prune, RETENTION)
                started = await self._start(claims)
                self._reap()
                if not started:
                    await self._bus.wait_for_news(stop)
        finally:
            await self._finish()

    async def _start(self, claims: Sequence[Claim]) -> bool:
        """Start work on the next message of each idle partition while there is room; whether any was started."""
        started = False
        for claim in claims:
            if len(self._busy) >= self._parallel:
                break
            if claim.partition in self._busy:
                continue
            found = await self._do("next", claim.partition)
            if found is not None:
                offset, message = found
                work = self._work(claim.partition, offset, message)
                self._busy[claim.partition] = asyncio.create_task(work)
                started = True
        return started

    async def _work(self, partition: int, offset: int, message: Message) -> None:
        await self._process(message)
        await self._do("acknowledge", partition, offset)

    def _reap(self) -> None:
        for partition, task in list(self._busy.items()):
            if task.done():
                del self._busy[partition]
                task.result()

    async def _finish(self) -> None:
        """Let what is in hand end; keep the leases alive meanwhile; the first failure is raised."""
        tasks = list(self._busy.values())
        while any(not task.done() for task in tasks):
            await asyncio.wait(tasks, timeout=LEASE_SECONDS / 4)
            await self._do("renew", sorted(self._busy))
        for task in tasks:
            task.result()

    async def _do(self, name: str, *args: object) -> object:
        return await self._bus._do(getattr(self._bus._log, name), self._topic, self._group, self.name, *args)
