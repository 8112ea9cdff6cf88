"""What every bus promises, held against the embedded log, Kafka with aiokafka, and Kafka consumed through Faust."""

import asyncio
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from shushuo_shared.bus import MAX_MESSAGE_BYTES, Bus, Message
from shushuo_shared.errors import Poison
from tests.infra.buses import PATIENCE, Consuming, Taker, Transport, settled, take, take_until, until
from tests.infra.members import member


async def test_a_message_arrives_as_it_was_published(transport: Transport, bus: Bus) -> None:
    sent = Message(topic=transport.topic, key="临江", value=b"\x00\xff{}", headers={"ce_id": "一", "empty": ""})
    got: list[Message] = []
    await bus.publish(sent)

    async def process(message: Message) -> None:
        got.append(message)

    async with Consuming(transport, bus, process):
        await until(lambda: bool(got))

    assert got == [sent]


async def test_messages_of_one_key_are_taken_in_order(transport: Transport, bus: Bus) -> None:
    expected = [f"{n:03}" for n in range(40)]
    for value in expected:
        for key in ("a", "b", "c"):
            await transport.publish(bus, key, value)

    taken = await take(transport, bus, 120, parallel=4)

    assert {key: [v for k, v in taken if k == key] for key in "abc"} == dict.fromkeys("abc", expected)


async def test_several_keys_are_worked_on_at_once_but_no_more_than_asked(transport: Transport, bus: Bus) -> None:
    for n in range(30):
        await transport.publish(bus, f"k{n % 10}", str(n))
    taker = Taker(slowly=0.05)  # which also refuses two messages of one key at the same time

    async with Consuming(transport, bus, taker, parallel=3):
        await until(lambda: len(taker.taken) == 30)

    assert taker.most == 3


async def test_a_new_group_sees_what_is_already_there_and_groups_are_independent(
    transport: Transport, bus: Bus
) -> None:
    await transport.publish(bus, "a", "1", "2", "3")

    first = await take(transport, bus, 3, group="first")
    second = await take(transport, bus, 3, group="second")

    assert first == second == [("a", "1"), ("a", "2"), ("a", "3")]


async def test_what_was_acknowledged_does_not_come_again(transport: Transport, bus: Bus) -> None:
    await transport.publish(bus, "a", "1", "2")
    await take(transport, bus, 2)
    await transport.publish(bus, "a", "3")

    assert await take(transport, bus, 1) == [("a", "3")]


async def test_lag_counts_what_a_group_has_not_acknowledged(transport: Transport, bus: Bus) -> None:
    await transport.publish(bus, "a", "1", "2", "3")
    assert await bus.lag(transport.topic, "group") == 3

    taker = Taker()
    async with Consuming(transport, bus, taker):
        await settled(lambda: bus.lag(transport.topic, "group"))

    assert taker.values == ["1", "2", "3"]
    assert await bus.lag(transport.topic, "other") == 3


async def test_a_failing_process_ends_consume_with_its_error_and_its_message_comes_again(
    transport: Transport, bus: Bus
) -> None:
    await transport.publish(bus, "a", "1", "2", "3")

    async def process(message: Message) -> None:
        if message.value == b"2":
            raise ValueError("cannot do 2")

    consuming = Consuming(transport, bus, process)
    with pytest.raises(ValueError, match="cannot do 2"):
        await consuming.task

    assert (await take_until(transport, bus, "3"))[-2:] == ["2", "3"]


async def test_stop_finishes_what_is_in_hand_and_takes_no_more(transport: Transport, bus: Bus) -> None:
    values = [f"{n:03}" for n in range(150)]
    await transport.publish(bus, "a", *values)
    taker = Taker(slowly=0.5)
    async with Consuming(transport, bus, taker) as consuming:
        await until(lambda: bool(taker.in_hand))
        consuming.stop.set()
        started = time.monotonic()
        await consuming.task

    assert time.monotonic() - started < 5
    assert taker.values == ["000"]
    assert [value for _, value in await take(transport, bus, 149)] == values[1:]


async def test_an_idle_consumer_stops_at_once(transport: Transport, bus: Bus) -> None:
    await transport.publish(bus, "a", "1")
    taker = Taker()
    async with Consuming(transport, bus, taker) as consuming:
        await settled(lambda: bus.lag(transport.topic, "group"))
        consuming.stop.set()
        started = time.monotonic()
        await consuming.task

    assert time.monotonic() - started < 3


async def test_a_cancelled_consumer_leaves_its_work_to_the_next(transport: Transport, bus: Bus) -> None:
    values = [f"{n:03}" for n in range(150)]
    await transport.publish(bus, "a", *values)
    taker = Taker(slowly=3600)
    consuming = Consuming(transport, bus, taker)
    await until(lambda: bool(taker.in_hand))

    consuming.task.cancel()
    with suppress(asyncio.CancelledError):
        await consuming.task

    assert not taker.in_hand
    assert [value for _, value in await take(transport, bus, 150)] == values


async def test_a_crash_between_work_and_acknowledgement_brings_the_message_again(
    transport: Transport, bus: Bus, tmp_path: Path
) -> None:
    await transport.publish(bus, "a", "1", "2", "3")
    with member(transport, tmp_path / "notes", "--die-after", "2") as dying:
        await until(lambda: dying.process.poll() is not None)

    assert dying.noted("done") == ["1", "2"]
    assert dying.process.returncode == -signal.SIGKILL
    assert (await take_until(transport, bus, "3"))[-2:] == ["2", "3"]


async def test_a_message_in_hand_is_never_passed_over(transport: Transport, bus: Bus, tmp_path: Path) -> None:
    await transport.publish(bus, "slow", "in hand")
    for n in range(20):
        await transport.publish(bus, f"k{n}", str(n))
    with member(transport, tmp_path / "notes", "--hang-on", "in hand") as hanging:
        await hanging.until_begun("in hand")
        await asyncio.sleep(3)  # time enough for others to finish and for offsets to be committed
        hanging.end(signal.SIGKILL)

    everything = {str(n) for n in range(20)} | {"in hand"}
    taker = Taker()
    async with Consuming(transport, bus, taker):
        await until(lambda: set(taker.values) | set(hanging.noted("done")) == everything)

    assert "in hand" in taker.values


async def test_members_share_the_work_and_a_killed_ones_share_moves_to_the_others(
    transport: Transport, bus: Bus, tmp_path: Path
) -> None:
    taker = Taker(slowly=0.01)
    published: set[str] = set()
    with member(transport, tmp_path / "notes", "--slowly", "0.01") as other:
        async with Consuming(transport, bus, taker, parallel=4):
            async with asyncio.timeout(PATIENCE):
                while not (taker.taken and len(other.noted("done")) > 20):
                    batch = {f"k{n}": f"{len(published)}.{n}" for n in range(16)}
                    await asyncio.gather(*(transport.publish(bus, key, value) for key, value in batch.items()))
                    published.update(batch.values())
                    await asyncio.sleep(0.1)
            other.end(signal.SIGKILL)
            await until(lambda: set(taker.values) | set(other.noted("done")) == published)
            await settled(lambda: bus.lag(transport.topic, "group"))


async def test_sigterm_finishes_what_is_in_hand_and_exits_cleanly(
    transport: Transport, bus: Bus, tmp_path: Path
) -> None:
    for n in range(40):
        await transport.publish(bus, f"k{n}", str(n))
    with member(transport, tmp_path / "notes", "--slowly", "0.3") as stopping:
        await stopping.until_done(4)
        started = time.monotonic()
        assert stopping.end(signal.SIGTERM) == 0

    assert time.monotonic() - started < 8
    assert set(stopping.noted("begun")) == set(stopping.noted("done"))
    rest = {str(n) for n in range(40)} - set(stopping.noted("done"))
    assert {value for _, value in await take(transport, bus, len(rest))} == rest


async def test_a_message_larger_than_any_bus_takes_is_poison(transport: Transport, bus: Bus) -> None:
    with pytest.raises(Poison, match="at most"):
        await bus.publish(transport.message("a", "x" * (MAX_MESSAGE_BYTES + 1)))

    await transport.publish(bus, "a", "y" * (MAX_MESSAGE_BYTES - 100))

    assert len((await take(transport, bus, 1))[0][1]) == MAX_MESSAGE_BYTES - 100


async def test_topics_can_be_created_twice_and_a_bus_closed_twice(transport: Transport) -> None:
    bus = await transport.open()
    await bus.ensure_topics([transport.topic])
    await bus.ensure_topics([transport.topic])
    await bus.close()
    await bus.close()
