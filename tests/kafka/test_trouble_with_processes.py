"""Nothing is lost when processes are stopped, interrupted or killed; signals are real."""

import asyncio
import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from shushuo_shared.bus import Bus
from tests.infra.buses import Consuming, Taker, Transport, settled, take, until
from tests.infra.members import MemberProcess, member


async def test_ctrl_c_reaches_the_readers_too_and_still_everything_in_hand_is_finished(
    transport: Transport, bus: Bus, tmp_path: Path
) -> None:
    for n in range(20):
        await transport.publish(bus, f"k{n}", str(n))
    with member(transport, tmp_path / "notes", "--pool", "--slowly", "0.5") as interrupted:
        await interrupted.until_done(2)
        started = time.monotonic()
        assert interrupted.end_group(signal.SIGINT) == 0

    assert time.monotonic() - started < 30, "what waits on the topic is left alone"
    done = set(interrupted.noted("done"))
    assert set(interrupted.noted("begun")) == done
    rest = {str(n) for n in range(20)} - done
    assert {value for _, value in await take(transport, bus, len(rest))} == rest


@pytest.fixture
def crowd(transport: Transport, tmp_path: Path) -> Iterator["Crowd"]:
    with ExitStack() as stack:
        yield Crowd(transport, tmp_path, stack)


class Crowd:
    """Members that come and go."""

    def __init__(self, transport: Transport, folder: Path, stack: ExitStack) -> None:
        self._transport, self._folder, self._stack = transport, folder, stack
        self.all: list[MemberProcess] = []

    def join(self) -> MemberProcess:
        """One more member."""
        notes = self._folder / f"notes-{len(self.all)}"
        self.all.append(self._stack.enter_context(member(self._transport, notes, "--slowly", "0.02")))
        return self.all[-1]

    def done(self) -> list[str]:
        """What all of them have worked on, with repetitions."""
        return [value for process in self.all for value in process.noted("done")]


async def test_nothing_is_lost_while_members_come_and_go(transport: Transport, bus: Bus, crowd: Crowd) -> None:
    chance = random.Random(20260115)
    values = [f"{n:03}" for n in range(400)]
    living = [crowd.join(), crowd.join()]

    for start in range(0, 400, 100):
        for value in values[start : start + 100]:
            await transport.publish(bus, f"k{int(value) % 13}", value)
        await asyncio.sleep(1)
        how = chance.choice([signal.SIGKILL, signal.SIGTERM])
        living.pop(0).end(how)
        living.append(crowd.join())
    await until(lambda: set(crowd.done()) == set(values))
    await settled(lambda: bus.lag(transport.topic, "group"))

    assert len(crowd.done()) < 2 * len(values), "redelivery is the exception"


async def test_each_key_keeps_its_order_while_members_come_and_go(transport: Transport, bus: Bus, crowd: Crowd) -> None:
    taker = Taker(slowly=0.05)
    for n in range(600):
        await transport.publish(bus, f"k{n % 7}", f"{n:03}")
    async with Consuming(transport, bus, taker, parallel=4):
        await until(lambda: len(taker.taken) > 20)
        other = crowd.join()
        await other.until_done(5)
        other.end(signal.SIGTERM)
        await settled(lambda: bus.lag(transport.topic, "group"))

    for key in (f"k{n}" for n in range(7)):
        seen = list(dict.fromkeys(taker.of(key)))
        assert seen == sorted(seen)
