"""Nothing is lost and nothing stops when the work itself goes wrong."""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.kafka.broker import Broker
from shushuo_extract.pool import Pool
from shushuo_shared.bus import Bus, Message
from shushuo_shared.codec import Event, encode
from shushuo_shared.errors import Poison
from shushuo_shared.events import RawReport
from shushuo_shared.testing import RecordingBus, make_raw_report
from shushuo_shared.worker import Worker
from tests.infra.buses import Consuming, Taker, Transport, settled, until


def read(text: str) -> str:
    """A reader that some texts are too much for."""
    if text == "hang":
        re.match(r"(a+)+$", "a" * 40 + "b")
    if text == "crash":
        os._exit(9)
    if text == "swell":
        bytearray(2 << 30)
    return text


def nothing() -> None:
    """Nothing to load."""


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    started = Pool(processes=2, seconds=2, memory_mb=512, warm=nothing)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def admin(kafka: Broker) -> AsyncIterator[AIOKafkaAdminClient]:
    client = AIOKafkaAdminClient(bootstrap_servers=kafka.address)
    await client.start()
    yield client
    await client.close()


async def test_documents_that_hang_crash_or_swell_go_to_the_dead_letters_and_the_rest_is_read(
    transport: Transport, bus: Bus, pool: Pool
) -> None:
    done: list[str] = []

    async def handle(event: Event) -> Sequence[Event]:
        assert isinstance(event.data, RawReport)
        done.append(await pool.run(read, event.data.text or ""))
        return []

    texts = ["good 1", "hang", "crash", "good 2", "swell", "good 3"]
    for text in texts:
        event = make_raw_report(f"r-{text}", text=text)
        await bus.publish(replace(encode(event), topic=transport.topic))
    kept = RecordingBus()
    worker = Worker(service="extract", bus=kept, handle=handle, stop=asyncio.Event(), pause=0.01)
    async with Consuming(transport, bus, worker, parallel=2):
        await settled(lambda: bus.lag(transport.topic, "group"))

    assert sorted(done) == ["good 1", "good 2", "good 3"]
    assert sorted(message.key for message in kept.published) == ["r-crash", "r-hang", "r-swell"]


async def test_work_longer_than_the_session_is_neither_lost_nor_done_twice(transport: Transport, bus: Bus) -> None:
    taker = Taker(slowly=7)  # the session is 4 s
    await transport.publish(bus, "a", "slow")

    async with Consuming(transport, bus, taker):
        await settled(lambda: bus.lag(transport.topic, "group"))

    assert taker.values == ["slow"]


async def test_an_output_too_large_for_its_topic_is_poison(
    transport: Transport, bus: Bus, admin: AIOKafkaAdminClient
) -> None:
    output = f"{transport.topic}.small"
    new = NewTopic(output, 1, -1, replica_assignments={}, topic_configs={"max.message.bytes": "1000"})
    await admin.create_topics([new])

    with pytest.raises(Poison, match="2000 bytes"):
        await bus.publish(Message(topic=output, key="a", value=b"x" * 2000))
    await bus.publish(Message(topic=output, key="a", value=b"small"))


async def test_the_event_loop_stays_prompt_while_documents_are_read(transport: Transport, bus: Bus, pool: Pool) -> None:
    async def process(message: Message) -> None:
        with pytest.raises(Poison):
            await pool.run(read, "hang")

    for n in range(2):
        await transport.publish(bus, f"k{n}", str(n))
    longest = 0.0
    async with Consuming(transport, bus, process, parallel=2) as consuming:
        for _ in range(150):
            before = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - before)
        await until(lambda: not consuming.task.done())

    assert longest < 1.5, "a reader hangs for 2 s: the loop must not wait for it"
