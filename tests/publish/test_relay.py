"""What the relay promises: every event of the outbox once, in order, by one process at a time."""

from collections.abc import Awaitable, Callable

import pytest

from shushuo_publish.relay import Relay
from shushuo_publish.store.outgoing import OutboxEvent
from shushuo_publish.store.session import Store
from shushuo_shared.bus import Message
from shushuo_shared.errors import Retryable
from tests.publish.kit import Clock


class SlowBus:
    """Takes 20 seconds for each message; meanwhile something else may happen."""

    def __init__(self, clock: Clock) -> None:
        self.taken: list[str] = []
        self.meanwhile: dict[str, Callable[[], Awaitable[object]]] = {}
        self._clock = clock

    async def publish(self, message: Message) -> None:
        self.taken.append(message.key)
        self._clock.move(seconds=20)
        if happens := self.meanwhile.pop(message.key, None):
            await happens()


@pytest.fixture
def slow(store: Store, clock: Clock) -> SlowBus:
    """With four events in the outbox of the store."""
    with store.writing() as session:
        session.add_all(OutboxEvent(topic="t", key=f"r{n}", headers={}, value=b"{}") for n in (1, 2, 3, 4))
    return SlowBus(clock)


def relay(store: Store, bus: SlowBus, clock: Clock) -> Relay:
    return Relay(store, bus, clock=clock)  # type: ignore[arg-type]


async def test_nobody_repeats_what_a_slow_turn_has_in_hand(store: Store, clock: Clock, slow: SlowBus) -> None:
    slow.meanwhile["r3"] = relay(store, slow, clock).turn
    assert await relay(store, slow, clock).turn() == 4
    assert slow.taken == ["r1", "r2", "r3", "r4"]


async def test_a_turn_that_hung_past_its_lease_leaves_the_rest_to_who_took_over(
    store: Store, clock: Clock, slow: SlowBus
) -> None:
    async def hang() -> None:
        clock.move(minutes=5)
        await relay(store, slow, clock).turn()

    slow.meanwhile["r2"] = hang
    assert await relay(store, slow, clock).turn() == 2
    assert slow.taken == ["r1", "r2", "r1", "r2", "r3", "r4"]


async def test_what_was_taken_before_the_bus_went_away_is_not_sent_again(
    store: Store, clock: Clock, slow: SlowBus
) -> None:
    async def gone() -> None:
        raise Retryable("the broker is away")

    slow.meanwhile["r3"] = gone
    mine = relay(store, slow, clock)
    with pytest.raises(Retryable):
        await mine.turn()
    assert await mine.turn() == 2
    assert slow.taken == ["r1", "r2", "r3", "r3", "r4"]
