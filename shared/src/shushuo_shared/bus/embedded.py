"""The embedded bus: one SQLite file as a partitioned log with cursors and leases; no server to start.

Several processes may open the same file. A topic has eight partitions; a key always falls into the same one, and a
partition is read by one member of a group at a time, which is what keeps the order per key. A member holds its
partitions by leases, so that a killed member's share moves to the others within ``LEASE_SECONDS``. Messages are kept
for ``RETENTION`` and, beyond it, until every group that is still alive has acknowledged them.
"""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar

import structlog

from shushuo_shared.bus import RETENTION, Message, Process, check_size
from shushuo_shared.bus.dispatch import Dispatcher
from shushuo_shared.bus.leases import Leases
from shushuo_shared.bus.log_file import LogFile
from shushuo_shared.errors import Retryable

T = TypeVar("T")
P = ParamSpec("P")

WATCH_SECONDS = 0.05
BEAT_SECONDS = 1.0
PRUNE_SECONDS = 3600.0

log = structlog.get_logger(__name__)


class EmbeddedBus:
    """A Bus on one SQLite file; all file access happens on one thread of its own."""

    def __init__(self, file: LogFile, thread: ThreadPoolExecutor, retention: timedelta) -> None:
        self.file = file
        self.version = 0
        self._thread, self._retention = thread, retention
        self._outgoing: list[tuple[Message, asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._members: set[asyncio.Event] = set()
        self._closed = False

    @classmethod
    async def open(cls, path: str, *, retention: timedelta = RETENTION) -> "EmbeddedBus":
        """Open the file, or create it with its folder."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="bus")
        file = await asyncio.get_running_loop().run_in_executor(thread, LogFile, Path(path))
        return cls(file, thread, retention)

    async def ensure_topics(self, topics: Sequence[str]) -> None:
        """Nothing to create: a topic exists with its first message."""

    async def publish(self, message: Message) -> None:
        """Return when the message is on the disk; what is published meanwhile shares the next write."""
        check_size(message)
        written = asyncio.get_running_loop().create_future()
        self._outgoing.append((message, written))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        await written

    async def consume(
        self, topic: str, group: str, process: Process, *, stop: asyncio.Event, parallel: int = 1
    ) -> None:
        """Hand each message to ``process`` until ``stop`` is set; at most ``parallel`` keys in hand at once."""
        member = _Member(self, topic, group, process, parallel)
        self._members.add(member.wake)
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())
        try:
            await member.run(stop)
        finally:
            self._members.discard(member.wake)

    async def lag(self, topic: str, group: str) -> int:
        """How many messages of the topic the group has not acknowledged."""
        return await self.do(self.file.lag, topic, group)

    async def close(self) -> None:
        """Finish what is being published, then close the file and its thread."""
        if self._closed:
            return
        self._closed = True
        if self._watching is not None:
            self._watching.cancel()
        await asyncio.gather(*(t for t in (self._flushing, self._watching) if t is not None), return_exceptions=True)
        await self.do(self.file.close)
        self._thread.shutdown()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a piece of file access on the bus's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(*args, **kwargs))

    async def _flush(self) -> None:
        while self._outgoing:
            batch, self._outgoing = self._outgoing, []
            try:
                await self.do(self.file.append, [message for message, _ in batch])
            except Exception as e:
                for _, written in batch:
                    if not written.done():
                        written.set_exception(e)
                continue
            for _, written in batch:
                if not written.done():
                    written.set_result(None)
            self._news()

    def _news(self) -> None:
        self.version += 1
        for wake in self._members:
            wake.set()

    async def _watch(self) -> None:
        """Notice what other processes write, and prune from time to time."""
        loop = asyncio.get_running_loop()
        seen, prune_at = -1, loop.time()
        while True:
            with suppress(Retryable):  # the members meet the same trouble and report it
                change = await self.do(self.file.change)
                if change != seen:
                    seen = change
                    self._news()
                if loop.time() >= prune_at and not await self.do(self.file.prune, self._retention):
                    prune_at = loop.time() + PRUNE_SECONDS
            await asyncio.sleep(WATCH_SECONDS)


class _Member:
    """One member of a group: claims partitions, works on them, acknowledges, gives them back."""

    def __init__(self, bus: EmbeddedBus, topic: str, group: str, process: Process, parallel: int) -> None:
        self.wake = asyncio.Event()
        self._bus, self._topic, self._group = bus, topic, group
        self._name = uuid.uuid4().hex
        self._leases = Leases(bus.file, topic, group, self._name)
        self._work = Dispatcher(process, parallel, self.wake)
        self._places: dict[int, int] = {}
        self._leaving: set[int] = set()
        self._beat_at = float("-inf")
        self._read_up_to = -1

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set or ``process`` fails, then finish what is in hand."""
        relay = asyncio.create_task(_relay(stop, self.wake))
        try:
            while await self._turn(stop):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.wake.wait(), BEAT_SECONDS)
            await self._work.finish()
        finally:
            relay.cancel()
            await self._work.abandon()
            await asyncio.shield(self._leave())

    async def _turn(self, stop: asyncio.Event) -> bool:
        """One round of renewing, acknowledging and reading; False when there is nothing more to do."""
        self.wake.clear()
        stopping = stop.is_set() or self._work.failure is not None
        if stopping:
            self._work.stop()
        idle = not self._work.busy
        try:
            await self._beat()
            await self._acknowledge()
            if not stopping:
                await self._read()
        except Retryable as e:
            log.warning("embedded log in trouble, waiting", topic=self._topic, group=self._group, reason=str(e))
            await asyncio.sleep(0 if stopping else BEAT_SECONDS)
        return not (stopping and idle)

    async def _beat(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._beat_at < BEAT_SECONDS:
            return
        held, surplus = await self._bus.do(self._leases.renew)
        self._beat_at = now
        lost = self._places.keys() - held.keys()
        await self._work.release(lost, 0)
        for partition in lost:
            self._forget(partition)
        for partition in held.keys() - self._places.keys():
            self._places[partition] = held[partition]
            self._read_up_to = -1
        self._leaving = set(surplus)
        self._work.drop(self._leaving)

    async def _acknowledge(self) -> None:
        positions = self._work.ledger.positions()
        if positions:
            await self._bus.do(self._bus.file.acknowledge, self._topic, self._group, self._name, positions)
            self._work.ledger.committed(positions)
        given = self._leaving - self._work.working_on()
        if given and not self._work.ledger.positions():
            await self._bus.do(self._leases.give, given)
            for partition in given:
                self._forget(partition)

    async def _read(self) -> None:
        room, version = self._work.room, self._bus.version
        if not room or version == self._read_up_to:
            return
        places = {p: at for p, at in self._places.items() if p not in self._leaving}
        records = await self._bus.do(self._bus.file.read, self._topic, places, room)
        for record in records:
            self._places[record.partition] = record.offset + 1
        self._work.offer(records)
        if not records:
            self._read_up_to = version

    def _forget(self, partition: int) -> None:
        self._places.pop(partition, None)
        self._leaving.discard(partition)
        self._work.ledger.forget(partition)

    async def _leave(self) -> None:
        with suppress(Retryable):  # the leases end by themselves
            await self._bus.do(self._leases.leave)


async def _relay(stop: asyncio.Event, wake: asyncio.Event) -> None:
    await stop.wait()
    wake.set()
