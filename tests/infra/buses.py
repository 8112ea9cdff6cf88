"""The three ways to consume that the contract holds for: embedded, Kafka with aiokafka, Kafka with Faust."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from shushuo_extract.stream import consumer_of
from shushuo_shared.bus import Bus, Message, open_bus
from shushuo_shared.bus.kafka import KafkaBus
from shushuo_shared.bus.kafka_consumer import ConsumerSettings
from shushuo_shared.lanes import Consume

SESSION_SECONDS = 4.0  # how soon Kafka gives up a killed member; the embedded bus's leases are as short
PATIENCE = 300.0  # generous: it is only used up by a failure


@dataclass(slots=True)
class Transport:
    """A way to consume, and a topic that no other test uses."""

    kind: str
    url: str
    topic: str = field(default_factory=lambda: f"test.{uuid.uuid4().hex[:10]}")

    async def open(self) -> Bus:
        """A client of its own, as another process would have."""
        if self.kind == "embedded":
            return await open_bus(self.url, service="test")
        servers = self.url.removeprefix("kafka://").split(",")
        how = ConsumerSettings(session=SESSION_SECONDS, rebalance=10)
        return await KafkaBus.open(servers, client="test", settings=how)

    def consume(self, bus: Bus) -> Consume:
        """The consuming side of the client."""
        return consumer_of(bus) if self.kind == "faust" else bus.consume

    def message(self, key: str, value: str) -> Message:
        """A message on the topic."""
        return Message(topic=self.topic, key=key, value=value.encode())

    async def publish(self, bus: Bus, key: str, *values: str) -> None:
        """Publish the values one after another."""
        for value in values:
            await bus.publish(self.message(key, value))


class Taker:
    """A process that notes what it is given; ``slowly`` is how long each takes."""

    def __init__(self, slowly: float = 0.0) -> None:
        self.taken: list[tuple[str, str]] = []
        self.in_hand: list[str] = []
        self.most = 0
        self._slowly = slowly

    async def __call__(self, message: Message) -> None:
        assert message.key not in self.in_hand, "two messages of one key at the same time"
        self.in_hand.append(message.key)
        self.most = max(self.most, len(self.in_hand))
        try:
            await asyncio.sleep(self._slowly)
            self.taken.append((message.key, message.value.decode()))
        finally:
            self.in_hand.remove(message.key)

    @property
    def values(self) -> list[str]:
        """What was taken, in order."""
        return [value for _, value in self.taken]

    def of(self, key: str) -> list[str]:
        """What was taken of one key, in order."""
        return [value for k, value in self.taken if k == key]


async def until(condition: Callable[[], bool], what: str = "the condition") -> None:
    """Wait until the condition holds; fail when it does not within ``PATIENCE`` seconds."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  (another process makes it true)
            await asyncio.sleep(0.005)


async def settled(lag: Callable[[], Awaitable[int]], expected: int = 0) -> None:
    """Wait until the lag is what it should be."""
    async with asyncio.timeout(PATIENCE):
        while await lag() != expected:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


class Consuming:
    """A consumer in the background of a test: ``async with Consuming(...)`` stops it at the end."""

    def __init__(
        self,
        transport: Transport,
        bus: Bus,
        process: Callable[[Message], Awaitable[None]],
        group: str = "group",
        parallel: int = 1,
    ) -> None:
        self.stop = asyncio.Event()
        consume = transport.consume(bus)
        self.task = asyncio.create_task(consume(transport.topic, group, process, stop=self.stop, parallel=parallel))

    async def __aenter__(self) -> "Consuming":
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stop.set()
        async with asyncio.timeout(PATIENCE):
            await self.task


async def take_until(transport: Transport, bus: Bus, value: str) -> Sequence[str]:
    """The values taken until this one came; what was done but not yet acknowledged may come again before it."""
    taker = Taker()
    async with Consuming(transport, bus, taker, "group", 1):
        await until(lambda: value in [taken for _, taken in taker.taken], f"message {value}")
    return [taken for _, taken in taker.taken]


async def take(
    transport: Transport, bus: Bus, count: int, group: str = "group", parallel: int = 1
) -> Sequence[tuple[str, str]]:
    """Consume until that many messages are taken and acknowledged."""
    taker = Taker()
    async with Consuming(transport, bus, taker, group, parallel):
        await until(lambda: len(taker.taken) >= count, f"{count} messages")
    return taker.taken
