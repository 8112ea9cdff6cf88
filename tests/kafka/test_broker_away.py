"""A broker that is away for half a minute is waited for, quietly; nothing is lost."""

import asyncio
import logging
from collections.abc import Iterator

import pytest

from deploy.kafka.broker import Broker
from shushuo_shared.bus import Bus
from shushuo_shared.errors import Retryable
from tests.infra.buses import Consuming, Taker, Transport, settled, until
from tests.infra.servers import kafka_broker

AWAY_SECONDS = 30

pytestmark = pytest.mark.kafka


@pytest.fixture
def broker() -> Iterator[Broker]:
    """A broker of the test's own, since it goes away."""
    with kafka_broker() as started:
        yield started


async def persistently(transport: Transport, bus: Bus, value: str) -> None:
    """Publish as a worker does: until the broker takes it."""
    while True:
        try:
            await transport.publish(bus, value, value)
        except Retryable:
            await asyncio.sleep(0.5)
        else:
            return


async def test_a_broker_away_for_half_a_minute_is_waited_for(broker: Broker, caplog: pytest.LogCaptureFixture) -> None:
    url = f"kafka://{broker.address}"
    plain, faust = Transport("kafka", url), Transport("faust", url)
    bus, other = await plain.open(), await faust.open()
    first, second = Taker(), Taker()
    expected = {"before", "during", "after"}
    async with Consuming(plain, bus, first), Consuming(faust, other, second):
        await asyncio.gather(persistently(plain, bus, "before"), persistently(faust, other, "before"))
        await until(lambda: first.values == second.values == ["before"])
        caplog.set_level(logging.INFO)
        await asyncio.to_thread(broker.stop)
        during = [asyncio.create_task(persistently(t, b, "during")) for t, b in ((plain, bus), (faust, other))]
        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(broker.start)
        await asyncio.gather(*during)
        await asyncio.gather(persistently(plain, bus, "after"), persistently(faust, other, "after"))
        await until(lambda: set(first.values) == set(second.values) == expected)
        await settled(lambda: bus.lag(plain.topic, "group"))
        await settled(lambda: other.lag(faust.topic, "group"))

    assert len(caplog.records) < 150, "an outage is reported, not shouted"
    await asyncio.gather(bus.close(), other.close())
