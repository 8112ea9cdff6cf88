"""A broker that is away for half a minute is waited for, quietly; nothing is lost."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from deploy.kafka.broker import Broker
from shushuo_shared.bus import Bus, Message
from shushuo_shared.errors import Retryable
from tests.infra.buses import Consuming, Transport, settled, take, until
from tests.infra.servers import kafka_broker

AWAY_SECONDS = 30

pytestmark = pytest.mark.kafka


@pytest.fixture
def broker() -> Iterator[Broker]:
    """A broker of the test's own, since it goes away."""
    with kafka_broker() as started:
        yield started


class Passing:
    """A process that passes each message on to another topic, as a worker does: until the broker takes it."""

    def __init__(self, bus: Bus, output: str) -> None:
        self.begun: list[str] = []
        self._bus, self._output = bus, output

    async def __call__(self, message: Message) -> None:
        self.begun.append(message.value.decode())
        await persistently(self._bus, replace(message, topic=self._output))


async def persistently(bus: Bus, message: Message) -> None:
    """Publish until it succeeds."""
    while True:
        try:
            return await bus.publish(message)
        except Retryable:
            await asyncio.sleep(0.5)


async def test_a_broker_away_for_half_a_minute_is_waited_for(broker: Broker, caplog: pytest.LogCaptureFixture) -> None:
    url = f"kafka://{broker.address}"
    ways = [Transport("kafka", url), Transport("faust", url)]
    buses = [await way.open() for way in ways]
    outputs = [Transport("kafka", url) for _ in ways]
    passing = [Passing(bus, output.topic) for bus, output in zip(buses, outputs, strict=True)]

    async def say(value: str) -> None:
        await asyncio.gather(
            *(persistently(bus, way.message(value, value)) for way, bus in zip(ways, buses, strict=True))
        )

    async with AsyncExitStack() as consumers:
        for way, bus, process in zip(ways, buses, passing, strict=True):
            await consumers.enter_async_context(Consuming(way, bus, process))
        await say("before")
        await until(lambda: all(process.begun == ["before"] for process in passing))
        await say("going")
        await asyncio.to_thread(broker.stop)
        during = asyncio.create_task(say("during"))
        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(broker.start)
        await during
        await say("after")
        for way, bus in zip(ways, buses, strict=True):
            await settled(lambda way=way, bus=bus: bus.lag(way.topic, "group"))  # type: ignore[misc]

    for bus, output in zip(buses, outputs, strict=True):
        taken = await take(output, bus, 4)
        assert {value for _, value in taken} == {"before", "going", "during", "after"}
        await bus.close()
    assert len(caplog.records) < 150, "an outage is reported, not shouted"
