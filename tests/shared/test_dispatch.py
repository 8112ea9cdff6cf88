"""The rules that every consumer shares: no position behind unfinished work, no key twice at a time."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from shushuo_shared.bus import Message
from shushuo_shared.bus.dispatch import Dispatcher, Ledger, Record
from tests.infra.buses import until


def record(offset: int, key: str = "a", partition: int = 0) -> Record:
    return Record(partition, offset, Message(topic="t", key=key, value=str(offset).encode()))


@given(st.permutations(range(8)), st.integers(0, 8))
def test_a_position_never_passes_unfinished_work(order: list[int], finished: int) -> None:
    ledger = Ledger()
    for offset in range(8):
        ledger.add(0, offset)

    for offset in order[:finished]:
        ledger.done(0, offset)

    unfinished = sorted(set(range(8)) - set(order[:finished]))
    first = unfinished[0] if unfinished else 8
    assert ledger.positions() == ({0: first} if first else {})


def test_a_committed_position_is_not_committed_again() -> None:
    ledger = Ledger()
    ledger.add(3, 10)
    ledger.done(3, 10)
    ledger.committed(ledger.positions())

    assert ledger.positions() == {}


def test_what_ends_after_its_partition_is_gone_moves_nothing() -> None:
    ledger = Ledger()
    ledger.add(0, 1)
    ledger.forget(0)
    ledger.done(0, 1)

    assert ledger.positions() == {}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=20), st.integers(1, 4))
def test_keys_keep_their_order_and_never_overlap(messages: list[tuple[str, int]], parallel: int) -> None:
    async def scenario() -> None:
        busy: set[str] = set()
        taken: list[tuple[str, int]] = []

        async def process(message: Message) -> None:
            assert message.key not in busy
            assert len(busy) < parallel
            busy.add(message.key)
            for _ in range(messages[int(message.value)][1]):
                await asyncio.sleep(0)
            taken.append((message.key, int(message.value)))
            busy.remove(message.key)

        wake = asyncio.Event()
        dispatcher = Dispatcher(process, parallel, wake)
        dispatcher.offer(record(offset, key) for offset, (key, _) in enumerate(messages))
        while dispatcher.busy:
            await wake.wait()
            wake.clear()
        await dispatcher.finish()

        for key in "abc":
            assert [at for k, at in taken if k == key] == [at for at, (k, _) in enumerate(messages) if k == key]
        assert dispatcher.ledger.positions() == ({0: len(messages)} if messages else {})

    asyncio.run(scenario())


async def test_after_a_failure_nothing_more_is_started() -> None:
    taken: list[int] = []

    async def process(message: Message) -> None:
        taken.append(int(message.value))
        if message.value == b"1":
            raise ValueError("no")

    dispatcher = Dispatcher(process, 1, asyncio.Event())
    dispatcher.offer(record(offset, key=f"k{offset}") for offset in range(4))
    await until(lambda: not dispatcher.busy)

    assert taken == [0, 1]
    assert isinstance(dispatcher.failure, ValueError)
    assert dispatcher.ledger.positions() == {0: 1}


async def test_a_released_partition_is_worked_on_no_more_and_offered_again_later() -> None:
    begun: list[int] = []

    async def process(message: Message) -> None:
        begun.append(int(message.value))
        if len(begun) == 1:
            await asyncio.Event().wait()

    dispatcher = Dispatcher(process, 2, asyncio.Event())
    dispatcher.offer([record(0), record(1)])
    await asyncio.sleep(0)

    await dispatcher.release([0], grace=0.01)
    dispatcher.ledger.forget(0)
    assert (begun, dispatcher.busy, dispatcher.failure) == ([0], False, None)

    dispatcher.offer([record(0), record(1)])
    await until(lambda: not dispatcher.busy)
    assert begun == [0, 0, 1]
    assert dispatcher.ledger.positions() == {0: 2}
