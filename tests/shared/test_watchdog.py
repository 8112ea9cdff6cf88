"""A consumer that stops acknowledging is noticed; one that merely has nothing to do, or much to do, is not."""

import asyncio

import pytest

from shushuo_shared.bus.watchdog import Stalled, Watchdog
from shushuo_shared.errors import Retryable


class Situation:
    """What a watchdog sees."""

    def __init__(self, *, lag: int = 1, busy: bool = False, broker: bool = True) -> None:
        self.lag, self.busy, self.broker, self.now = lag, busy, broker, 0.0
        self.dog = Watchdog(self.count, lambda: self.busy, idle=300, stuck=1800, monotonic=lambda: self.now)

    async def count(self) -> int:
        if not self.broker:
            raise Retryable("away")
        return self.lag


async def test_silence_while_messages_wait_is_a_stall() -> None:
    seen = Situation(lag=7)
    seen.now = 301

    with pytest.raises(Stalled, match="7 messages wait"):
        await seen.dog.check()


@pytest.mark.parametrize(
    "seen", [Situation(lag=0), Situation(busy=True), Situation(broker=False)], ids=["no lag", "busy", "broker away"]
)
async def test_other_silences_are_not(seen: Situation) -> None:
    seen.now = 301

    await seen.dog.check()


async def test_each_acknowledgement_starts_the_count_anew() -> None:
    seen = Situation()
    seen.now = 299
    seen.dog.alive()
    seen.now = 301

    await seen.dog.check()


async def test_one_message_in_hand_for_half_an_hour_is_a_stall_too() -> None:
    seen = Situation(busy=True)
    seen.now = 1801

    with pytest.raises(Stalled):
        await seen.dog.check()


async def test_a_stall_ends_the_work_that_is_watched() -> None:
    cancelled = asyncio.Event()

    async def lag() -> int:
        return 1

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    with pytest.raises(Stalled):
        await Watchdog(lag, lambda: False, idle=0.05).over(work())
    assert cancelled.is_set()
