"""Kafka's clients have been seen to fall silent while they look alive; that is noticed."""

import asyncio
from dataclasses import replace

import pytest
from aiokafka.consumer.fetcher import Fetcher

from shushuo_shared.bus import Bus
from shushuo_shared.bus.kafka import KafkaBus
from shushuo_shared.bus.watchdog import Stalled
from tests.infra.buses import Consuming, Taker, Transport, until


async def test_a_consumer_that_falls_silent_raises_so_that_it_is_started_again(
    transport: Transport, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object, **__: object) -> dict[object, object]:
        await asyncio.sleep(0.5)
        return {}

    assert isinstance(bus, KafkaBus)
    bus.settings = replace(bus.settings, idle=2)
    await transport.publish(bus, "a", "1")
    with monkeypatch.context() as silence:
        silence.setattr(Fetcher, "fetched_records", nothing)
        with pytest.raises(Stalled, match="1 messages wait"):
            await Consuming(transport, bus, Taker()).task

    taker = Taker()
    async with Consuming(transport, bus, taker):
        await until(lambda: taker.values == ["1"])
