"""A member of a Kafka consumer group that keeps the port's promises, on aiokafka.

Offsets are committed by hand, for unbroken runs of finished work only. When the group rebalances, what is in hand may
end within half of ``rebalance`` seconds and is committed; the rest is left to whoever holds the partition next.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from shushuo_shared.bus import Message, Process
from shushuo_shared.bus.dispatch import Dispatcher, Record
from shushuo_shared.bus.watchdog import IDLE_SECONDS

BEAT_SECONDS = 1.0
COMMIT_SECONDS = 5.0
CLOSE_SECONDS = 10.0
POLL_MS = 1000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerSettings:
    """Seconds until a silent member is given up, a rebalance stops waiting, a consumer counts as stalled."""

    session: float = 10.0
    rebalance: float = 45.0
    idle: float = IDLE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What is consumed, for whom, and by what."""

    topic: str
    group: str
    process: Process
    parallel: int


def group_id(topic: str, group: str) -> str:
    """Kafka's name of a group: one per topic, so that a change in one lane never makes the other rebalance."""
    return f"{group}.{topic}"


class KafkaConsumer:
    """Consumes one topic for one group; ``run`` may be called again after it ended."""

    def __init__(self, servers: Sequence[str], what: Subscription, how: ConsumerSettings) -> None:
        self._servers, self.what, self._how = servers, what, how
        self._member: _Member | None = None

    @property
    def busy(self) -> bool:
        """Whether a message is in hand."""
        return self._member is not None and self._member.work.busy

    async def run(self, stop: asyncio.Event, acknowledged: Callable[[], None]) -> None:
        """Join the group and work until ``stop`` is set or ``process`` fails; KafkaError when the client gives up."""
        client = AIOKafkaConsumer(
            bootstrap_servers=self._servers,
            group_id=group_id(self.what.topic, self.what.group),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=int(self._how.session * 1000),
            heartbeat_interval_ms=int(self._how.session * 1000 / 5),
            rebalance_timeout_ms=int(self._how.rebalance * 1000),
            max_poll_interval_ms=86_400_000,  # a full dispatcher does not poll; the watchdog judges instead
        )
        self._member = _Member(client, self.what, self._how, acknowledged)
        client.subscribe([self.what.topic], listener=self._member)
        try:
            await client.start()
            await self._member.run(stop)
        finally:
            with suppress(TimeoutError):
                await asyncio.shield(asyncio.wait_for(client.stop(), CLOSE_SECONDS))


class _Member(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka publishes no types
    """One membership: reads into the dispatcher, commits what comes out."""

    def __init__(
        self, client: AIOKafkaConsumer, what: Subscription, how: ConsumerSettings, acknowledged: Callable[[], None]
    ) -> None:
        self._client, self._topic, self._how, self._acknowledged = client, what.topic, how, acknowledged
        self._wake, self._space = asyncio.Event(), asyncio.Event()
        self.work = Dispatcher(what.process, what.parallel, self._wake)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set, ``process`` fails or the client does; then finish what is in hand."""
        reading = asyncio.create_task(self._read())
        stopping = asyncio.create_task(stop.wait())
        for task in (reading, stopping):
            task.add_done_callback(lambda _: self._wake.set())
        try:
            while not (stopping.done() or reading.done() or self.work.failure):
                await self._turn()
            reading.cancel()
            self.work.stop()
            while self.work.busy:
                await self._turn()
            await self._commit()
            await self.work.finish()
            (outcome,) = await asyncio.gather(reading, return_exceptions=True)
            if isinstance(outcome, Exception):
                raise outcome
        finally:
            for task in (reading, stopping):
                task.cancel()
            await self.work.abandon()

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Let what is in hand end and commit it before the partitions go to somebody else."""
        partitions = [tp.partition for tp in revoked]
        await self.work.release(partitions, self._how.rebalance / 2)
        try:
            await self._commit()
        except KafkaError as e:
            log.warning("commit refused, the group is rebalancing", topic=self._topic, reason=repr(e))
        for partition in partitions:
            self.work.ledger.forget(partition)
        self._space.set()

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Nothing to prepare: reading starts at the committed offsets."""

    async def _turn(self) -> None:
        """Commit what is done, then wait until something ends."""
        self._wake.clear()
        self._space.set()
        await self._commit()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), BEAT_SECONDS)

    async def _read(self) -> None:
        """Keep the dispatcher full. Between getmany's return and the offer nothing else runs, so no record is stale."""
        while True:
            self._space.clear()
            if not (room := self.work.room):
                await self._space.wait()
                continue
            found = await self._client.getmany(timeout_ms=POLL_MS, max_records=room)
            self.work.offer(_record(record) for records in found.values() for record in records)

    async def _commit(self) -> None:
        positions = self.work.ledger.positions()
        if not positions:
            return
        offsets = {TopicPartition(self._topic, partition): at for partition, at in positions.items()}
        try:
            await asyncio.wait_for(self._client.commit(offsets), COMMIT_SECONDS)
        except (CommitFailedError, IllegalStateError) as e:
            log.info(
                "commit refused, the group is rebalancing", topic=self._topic, reason=str(e)
            )  # a rebalance goes on: now or never
        except TimeoutError:
            log.warning("commit delayed, the broker does not answer", topic=self._topic)
        else:
            self.work.ledger.committed(positions)
            self._acknowledged()


def _record(record: ConsumerRecord) -> Record:
    headers = {name: (value or b"").decode(errors="replace") for name, value in record.headers}
    key = (record.key or b"").decode(errors="replace")
    return Record(
        partition=record.partition,
        offset=record.offset,
        message=Message(topic=record.topic, key=key, value=record.value or b"", headers=headers),
    )
