"""The bus on Apache Kafka, with aiokafka: an idempotent producer, the topics' administration, and lag.

Consuming is in ``kafka_consumer.py``; extract consumes with Faust instead (``shushuo_extract.stream``).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    KafkaError,
    MessageSizeTooLargeError,
    RecordTooLargeError,
    TopicAlreadyExistsError,
    for_code,
)

from shushuo_shared.bus import RETENTION, Message, Process, check_size
from shushuo_shared.bus.calm_logs import calm
from shushuo_shared.bus.kafka_consumer import ConsumerSettings, KafkaConsumer, Subscription, group_id
from shushuo_shared.bus.watchdog import Watchdog
from shushuo_shared.errors import Poison, Retryable

PARTITIONS = 8
OPEN_SECONDS = 60.0
PUBLISH_SECONDS = 30.0
ANSWER_SECONDS = 20.0
RESTART_SECONDS = 2.0

log = structlog.get_logger(__name__)


class BrokerAway(Retryable):
    """The brokers did not answer, or could not do it now."""


class KafkaBus:
    """A Bus on a Kafka cluster."""

    def __init__(self, servers: Sequence[str], client: str, settings: ConsumerSettings) -> None:
        self.servers, self._client, self.settings = list(servers), client, settings
        self._producer: AIOKafkaProducer | None = None
        self._producing = asyncio.Lock()
        self._observers: dict[str, AIOKafkaConsumer] = {}
        self._known: set[str] = set()
        self._closed = False

    @classmethod
    async def open(cls, servers: Sequence[str], *, client: str, settings: ConsumerSettings | None = None) -> "KafkaBus":
        """Connect; wait up to ``OPEN_SECONDS`` for a broker to answer, then Retryable."""
        calm("aiokafka")
        bus = cls(servers, client, settings or ConsumerSettings())
        deadline = asyncio.get_running_loop().time() + OPEN_SECONDS
        while True:
            try:
                await bus._started_producer()
                return bus
            except Retryable as e:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                log.warning("no broker answers, waiting", servers=bus.servers, reason=str(e))
                await asyncio.sleep(2)

    async def ensure_topics(self, topics: Sequence[str]) -> None:
        """Create the topics that do not exist yet, with the replication that the brokers are set to."""
        missing = [topic for topic in topics if topic not in self._known]
        if not missing:
            return
        admin = AIOKafkaAdminClient(bootstrap_servers=self.servers, client_id=self._client)
        try:
            await _answer("the topics", admin.start)
            await _answer("the topics", lambda: _create(admin, missing))
        finally:
            await admin.close()
        self._known.update(missing)

    async def publish(self, message: Message) -> None:
        """Return when all replicas in sync have the message."""
        check_size(message)
        await self.ensure_topics([message.topic])
        producer = await self._started_producer()
        headers = [(name, value.encode()) for name, value in message.headers.items()]
        sending = producer.send_and_wait(message.topic, message.value, message.key.encode(), headers=headers)
        try:
            await asyncio.wait_for(sending, PUBLISH_SECONDS)
        except (MessageSizeTooLargeError, RecordTooLargeError) as e:
            raise Poison(f"the broker takes no message of {len(message.value)} bytes on {message.topic}") from e
        except (KafkaError, TimeoutError, OSError) as e:
            self._known.discard(message.topic)  # it may have been deleted; the next try creates it again
            await self._drop_producer(producer)
            raise BrokerAway(f"not published on {message.topic}: {e!r}") from e

    async def consume(
        self, topic: str, group: str, process: Process, *, stop: asyncio.Event, parallel: int = 1
    ) -> None:
        """Hand each message to ``process`` until ``stop`` is set; at most ``parallel`` keys in hand at once."""
        what = Subscription(topic=topic, group=group, process=process, parallel=parallel)
        consumer = KafkaConsumer(self.servers, what, self.settings)
        watchdog = Watchdog(lambda: self.lag(topic, group), lambda: consumer.busy, idle=self.settings.idle)
        await watchdog.over(self._consume(consumer, watchdog, stop))

    async def _consume(self, consumer: KafkaConsumer, watchdog: Watchdog, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.ensure_topics([consumer.what.topic])
                await consumer.run(stop, watchdog.alive)
            except (KafkaError, BrokerAway) as e:
                log.warning(
                    "consumer starts again", topic=consumer.what.topic, group=consumer.what.group, reason=repr(e)
                )
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), RESTART_SECONDS)

    async def lag(self, topic: str, group: str) -> int:
        """How many messages of the topic the group has not acknowledged."""
        await self.ensure_topics([topic])
        count: int = await _answer("the offsets", lambda: self._count(topic, group_id(topic, group)))
        return count

    async def close(self) -> None:
        """Close all connections; what was published is safe already."""
        if self._closed:
            return
        self._closed = True
        parts: list[Any] = [part for part in (self._producer, *self._observers.values()) if part is not None]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*(p.stop() for p in parts), return_exceptions=True), 10)

    async def _count(self, topic: str, group: str) -> int:
        observer = self._observers.get(group)
        if observer is None:
            observer = AIOKafkaConsumer(
                bootstrap_servers=self.servers, group_id=group, client_id=self._client, enable_auto_commit=False
            )
            await observer.start()
            self._observers[group] = observer
        await observer._client._wait_on_metadata(topic)
        partitions = [TopicPartition(topic, p) for p in observer.partitions_for_topic(topic) or ()]
        ends = await observer.end_offsets(partitions)
        starts = await observer.beginning_offsets(partitions)
        committed = await observer._coordinator.fetch_committed_offsets(partitions)
        done = {p: committed[p].offset if p in committed else 0 for p in partitions}
        return sum(max(0, ends[p] - max(starts[p], done[p])) for p in partitions)

    async def _started_producer(self) -> AIOKafkaProducer:
        async with self._producing:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    bootstrap_servers=self.servers,
                    client_id=self._client,
                    acks="all",
                    enable_idempotence=True,
                    request_timeout_ms=int(ANSWER_SECONDS * 1000),
                )
                try:
                    await _answer("the producer", producer.start)
                except BaseException:
                    with suppress(Exception):
                        await producer.stop()
                    raise
                self._producer = producer
            return self._producer

    async def _drop_producer(self, producer: AIOKafkaProducer) -> None:
        """The next message gets a new producer: this one's sequence of messages may be broken."""
        stopped = producer.stop()
        if self._producer is producer:
            self._producer = None
        with suppress(Exception):
            await asyncio.wait_for(stopped, 1)


async def _create(admin: AIOKafkaAdminClient, topics: Sequence[str]) -> None:
    settings = {"retention.ms": str(int(RETENTION.total_seconds() * 1000))}
    new = [NewTopic(t, PARTITIONS, -1, replica_assignments={}, topic_configs=settings) for t in topics]
    answer = await admin.create_topics(new)
    for topic, code, *_ in answer.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise BrokerAway(f"topic {topic} could not be created: {error.__name__}")


async def _answer(what: str, ask: Callable[[], Awaitable[Any]]) -> Any:
    """The broker's answer; BrokerAway when it gives none in time, or one that may change."""
    try:
        return await asyncio.wait_for(ask(), ANSWER_SECONDS)
    except (KafkaError, TimeoutError, OSError) as e:
        if isinstance(e, KafkaError) and not e.retriable:
            raise
        raise BrokerAway(f"the Kafka broker did not answer about {what}: {e!r}") from e
