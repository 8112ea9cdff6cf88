"""What only the embedded log promises: one file, several processes, no server, and a bounded size."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from shushuo_shared.bus import Bus
from shushuo_shared.bus.embedded import EmbeddedBus
from shushuo_shared.errors import Retryable
from tests.infra.buses import Consuming, Taker, Transport, settled, take, until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def transport(tmp_path: Path) -> Transport:
    return Transport("embedded", f"sqlite:///{tmp_path}/bus.sqlite")


@pytest.fixture
async def bus(transport: Transport) -> AsyncIterator[Bus]:
    opened = await transport.open()
    yield opened
    await opened.close()


def publisher(transport: Transport) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.infra.publisher", transport.url, transport.topic]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


async def test_what_was_accepted_survives_a_publisher_killed_at_any_moment(transport: Transport, bus: Bus) -> None:
    accepted: set[str] = set()
    for seconds in (0.02, 0.05, 0.11):
        with publisher(transport) as process:
            assert process.stdout is not None
            first = await asyncio.to_thread(process.stdout.readline)
            await asyncio.sleep(seconds)
            process.kill()
            accepted |= {line.strip() for line in [first, *process.stdout.readlines()] if line.endswith("\n")}

    waiting = await bus.lag(transport.topic, "group")
    taken = await take(transport, bus, waiting, parallel=4)

    assert accepted <= {value for _, value in taken}


async def test_processes_may_make_the_same_new_file_at_once(transport: Transport) -> None:
    processes = [publisher(transport) for _ in range(3)]
    for process in processes:
        with process:
            assert process.stdout is not None
            assert await asyncio.to_thread(process.stdout.readline) == "0\n"
            process.kill()


async def test_a_message_is_taken_within_milliseconds(transport: Transport, bus: Bus) -> None:
    taker = Taker()
    waits = []
    async with Consuming(transport, bus, taker):
        await transport.publish(bus, "a", "first")
        await until(lambda: len(taker.taken) == 1)
        for n in range(20):
            before = time.monotonic()
            await transport.publish(bus, "a", str(n))
            await until(lambda n=n: len(taker.taken) == n + 2)  # type: ignore[misc]
            waits.append(time.monotonic() - before)

    assert statistics.median(waits) < 0.05


async def test_another_processes_message_is_taken_soon(transport: Transport, bus: Bus) -> None:
    taker = Taker()
    waits = []
    other = await transport.open()
    async with Consuming(transport, bus, taker):
        for n in range(10):
            before = time.monotonic()
            await transport.publish(other, "a", str(n))
            await until(lambda n=n: len(taker.taken) == n + 1)  # type: ignore[misc]
            waits.append(time.monotonic() - before)
    await other.close()

    assert statistics.median(waits) < 0.3


async def test_old_messages_go_when_every_group_has_acknowledged_them_and_the_file_shrinks(
    transport: Transport, tmp_path: Path
) -> None:
    bus = await EmbeddedBus.open(f"{tmp_path}/bus.sqlite", retention=timedelta(0))
    for n in range(200):
        await transport.publish(bus, f"k{n}", "x" * 10_000)
    await take(transport, bus, 200, group="first", parallel=4)
    await take(transport, bus, 200, group="second", parallel=4)
    await bus.close()

    bus = await EmbeddedBus.open(f"{tmp_path}/bus.sqlite", retention=timedelta(0))
    async with Consuming(transport, bus, Taker(), group="first"):
        await settled(lambda: bus.lag(transport.topic, "a new group"))
    await bus.close()
    assert (tmp_path / "bus.sqlite").stat().st_size < 200_000


async def test_old_messages_stay_while_a_group_has_not_acknowledged_them(transport: Transport, tmp_path: Path) -> None:
    bus = await EmbeddedBus.open(f"{tmp_path}/bus.sqlite")
    await transport.publish(bus, "a", "1")
    await take(transport, bus, 1, group="slow")
    await transport.publish(bus, "a", "2")
    await take(transport, bus, 2, group="quick")

    await bus.do(bus.file.prune, timedelta(0))

    assert await take(transport, bus, 1, group="slow") == [("a", "2")]
    assert await bus.lag(transport.topic, "new group") == 1
    await bus.close()


async def test_a_full_disk_is_said_to_the_publisher_and_waited_out_by_the_consumer(
    transport: Transport, tmp_path: Path
) -> None:
    bus = await EmbeddedBus.open(f"{tmp_path}/bus.sqlite")
    taker = Taker()
    async with Consuming(transport, bus, taker):
        await transport.publish(bus, "a", "1")
        await until(lambda: taker.values == ["1"])
        await bus.do(bus.file.db.execute, "PRAGMA max_page_count=1")  # no page more than there is
        with pytest.raises(Retryable, match="full"):
            await transport.publish(bus, "a", "x" * 500_000)
        await bus.do(bus.file.db.execute, "PRAGMA max_page_count=1000000")
        await transport.publish(bus, "a", "2")
        await until(lambda: taker.values == ["1", "2"])
    await bus.close()
