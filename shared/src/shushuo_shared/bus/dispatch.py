"""What every consumer does alike: keys in order, several at once, and only unbroken runs of finished work acknowledged.

Each bus brings records in and takes positions out; the rules that must never be wrong live here, once.
"""

import asyncio
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from shushuo_shared.bus import Message, Process

CAPACITY = 64  # records held per consumer, running and waiting


@dataclass(frozen=True, slots=True)
class Record:
    """A message and its place in the log."""

    partition: int
    offset: int
    message: Message


class Ledger:
    """Per partition, how far the work is done without a gap. Offsets of a partition are added in rising order."""

    def __init__(self) -> None:
        self._open: dict[int, dict[int, bool]] = {}
        self._position: dict[int, int] = {}
        self._committed: dict[int, int] = {}

    def add(self, partition: int, offset: int) -> None:
        """The record is in hand; nothing at or behind it may be acknowledged until it is done."""
        self._open.setdefault(partition, {})[offset] = False

    def done(self, partition: int, offset: int) -> None:
        """The record is finished; move the position over every finished record before the first unfinished one."""
        records = self._open.get(partition, {})
        if offset not in records:
            return
        records[offset] = True
        for first in list(records):
            if not records[first]:
                break
            del records[first]
            self._position[partition] = first + 1

    def positions(self) -> dict[int, int]:
        """The next offset to read of each partition whose position has moved since it was committed."""
        return {p: at for p, at in self._position.items() if self._committed.get(p) != at}

    def committed(self, positions: Mapping[int, int]) -> None:
        """These positions are stored."""
        self._committed.update({p: at for p, at in positions.items() if p in self._position})

    def settle(self, partition: int) -> None:
        """Whatever is unfinished will not be finished here; the position stays before the first of it."""
        self._open.pop(partition, None)

    def forget(self, partition: int) -> None:
        """The partition is somebody else's now."""
        for table in (self._open, self._position, self._committed):
            table.pop(partition, None)


class Dispatcher:
    """Hands records to ``process``: one key's records one after another, at most ``parallel`` keys at once.

    The first exception out of ``process`` is kept in ``failure``; nothing is started after it.
    ``wake`` is set whenever a record ends.
    """

    def __init__(self, process: Process, parallel: int, wake: asyncio.Event) -> None:
        self.ledger = Ledger()
        self.failure: BaseException | None = None
        self.finished = 0
        self._process, self._parallel, self._wake = process, parallel, wake
        self._chains: dict[tuple[int, str], deque[Record]] = {}
        self._ready: deque[tuple[int, str]] = deque()
        self._running: dict[asyncio.Task[None], Record] = {}
        self._given_up: set[asyncio.Task[None]] = set()
        self._stopped = False

    @property
    def room(self) -> int:
        """How many more records may be offered."""
        return max(0, CAPACITY - sum(len(chain) for chain in self._chains.values()))

    @property
    def busy(self) -> bool:
        """Whether any record is in hand."""
        return bool(self._running)

    def offer(self, records: Iterable[Record]) -> None:
        """Take records in; those of one partition in the order of their offsets."""
        for record in records:
            self.ledger.add(record.partition, record.offset)
            chain = (record.partition, record.message.key)
            if chain not in self._chains:
                self._chains[chain] = deque()
                self._ready.append(chain)
            self._chains[chain].append(record)
        self._start()

    def drop(self, partitions: Collection[int]) -> None:
        """Forget what waits in these partitions; what runs goes on."""
        in_hand = {(record.partition, record.offset) for record in self._running.values()}
        for chain, records in self._chains.items():
            if chain[0] in partitions:
                self._chains[chain] = deque(r for r in records if (r.partition, r.offset) in in_hand)

    def working_on(self) -> set[int]:
        """The partitions that have a record in hand."""
        return {record.partition for record in self._running.values()}

    async def release(self, partitions: Collection[int], grace: float) -> None:
        """Give partitions up: drop what waits, let what runs end within ``grace`` seconds, cancel the rest."""
        self.drop(partitions)
        await self._end([task for task, record in self._running.items() if record.partition in partitions], grace)
        for partition in partitions:
            self.ledger.settle(partition)

    def stop(self) -> None:
        """Start nothing more; what runs goes on."""
        self._stopped = True

    async def finish(self) -> None:
        """Start nothing more and let what runs end; raise the first failure."""
        self.stop()
        await self._end(list(self._running), None)
        if self.failure is not None:
            raise self.failure

    async def abandon(self) -> None:
        """Start nothing more and cancel what runs."""
        self.stop()
        await self._end(list(self._running), 0)

    def _start(self) -> None:
        while self._ready and len(self._running) < self._parallel and not self._stopped and self.failure is None:
            chain = self._ready.popleft()
            if not self._chains[chain]:
                del self._chains[chain]
                continue
            record = self._chains[chain][0]
            task = asyncio.create_task(self._run(record))
            self._running[task] = record
            task.add_done_callback(self._ended)

    async def _run(self, record: Record) -> None:
        await self._process(record.message)

    def _ended(self, task: asyncio.Task[None]) -> None:
        record = self._running.pop(task)
        self._next(record)
        if task in self._given_up:
            self._given_up.remove(task)
        elif task.cancelled():
            self.failure = self.failure or RuntimeError("process cancelled itself")
        elif (error := task.exception()) is not None:
            self.failure = self.failure or error
        else:
            self.finished += 1
            self.ledger.done(record.partition, record.offset)
        self._start()
        self._wake.set()

    def _next(self, record: Record) -> None:
        """Put the key behind the others that wait, or forget it when it has nothing more."""
        chain = (record.partition, record.message.key)
        records = self._chains[chain]
        if records and records[0] is record:
            records.popleft()
        if records:
            self._ready.append(chain)
        else:
            del self._chains[chain]

    async def _end(self, tasks: Collection[asyncio.Task[None]], grace: float | None) -> None:
        """Wait for tasks, at most ``grace`` seconds, then cancel them; so too when the waiter is cancelled."""
        try:
            if tasks and grace != 0:
                await asyncio.wait(tasks, timeout=grace)
        finally:
            left = [task for task in tasks if not task.done()]
            self._given_up.update(left)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
        await asyncio.sleep(0)  # the callbacks of what has just ended run before the caller goes on
