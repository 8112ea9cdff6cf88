"""Many deliveries, several deliverers, and an endpoint that hangs: each arrives once, none delays another."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert

from shushuo_publish.store.outgoing import Endpoint
from shushuo_publish.store.session import Store
from shushuo_publish.webhooks import outbox
from shushuo_publish.webhooks.signing import new_secret
from tests.publish.kit import Clock, until
from tests.publish.post import Post, opened_post, run_until_done
from tests.publish.receiver import Received, Receiver, Reply, receiving


async def test_a_lease_that_ran_out_is_taken_over(post: Post, receiver: Receiver) -> None:
    post.endpoint(receiver.url)
    post.publish()
    with post.store.writing() as session:  # a process that claims and dies
        assert len(outbox.claim(session, outbox.Room(healthy=9, suspect=9), post.clock())) == 1
    await post.deliver()
    assert receiver.got == []
    post.clock.move(seconds=61)
    await post.deliver()
    assert len(receiver.got) == 1


@pytest.fixture
async def patient(store: Store, clock: Clock) -> AsyncIterator[Post]:
    """A post whose deadline no burst of deliveries on a busy machine reaches."""
    async with opened_post(store, clock, 60.0) as made:
        yield made


async def test_many_at_once_arrive_once_each_and_are_recorded(patient: Post, receiver: Receiver) -> None:
    async def slowly(_: Received) -> Reply:
        await asyncio.sleep(0.01)
        return 200, {}, b""

    receiver.answer = slowly
    patient.endpoint(receiver.url)
    for n in range(40):
        patient.publish(f"r{n}")
    await run_until_done(patient, patient.deliverer)
    assert len(receiver.got) == len({got.id for got in receiver.got}) == 40


async def test_two_that_deliver_from_one_store_share_the_work(store: Store, clock: Clock, receiver: Receiver) -> None:
    async with opened_post(store, clock, 5.0) as one, opened_post(store, clock, 5.0) as two:
        one.endpoint(receiver.url)
        for n in range(40):
            one.publish(f"r{n}")
        await run_until_done(one, one.deliverer, two.deliverer)
    assert len(receiver.got) == len({got.id for got in receiver.got}) == 40


async def test_of_ten_thousand_endpoints_each_gets_what_it_wants(patient: Post, receiver: Receiver) -> None:
    about = {"description": "", "secret": new_secret(), "payload": "full", "state": "active", "failures": 0}
    rows = [
        {
            "id": f"ep_{n}",
            "url": f"{receiver.url}/{n}",
            "event_types": [],
            "filters": {"region": "云溪市" if n % 100 == 0 else f"第{n}市"},
            "created_at": patient.clock(),
        }
        | about
        for n in range(10_000)
    ]
    with patient.store.writing() as session:
        session.execute(insert(Endpoint), rows)
    patient.publish()
    await patient.deliver()
    assert sorted(got.path for got in receiver.got) == sorted(f"/hook/{n}" for n in range(0, 10_000, 100))


async def _p95(post: Post, receiver: Receiver, names: str) -> float:
    """The time from publishing to arrival that 19 of 20 reports stay below."""
    arrived = asyncio.Event()

    def note(_: Received) -> Reply:
        arrived.set()
        return 200, {}, b""

    receiver.answer, took = note, []
    for n in range(40):
        arrived.clear()
        began = time.perf_counter()
        await asyncio.to_thread(post.publish, f"{names}{n}")
        post.deliverer.wake.set()
        await asyncio.wait_for(arrived.wait(), 10)
        took.append(time.perf_counter() - began)
    return sorted(took)[37]


async def test_a_hanging_endpoint_does_not_delay_the_others(store: Store, clock: Clock, receiver: Receiver) -> None:
    """Rounds beside an endpoint that hangs take turns with rounds beside the same endpoint answering."""
    release = asyncio.Event()
    release.set()

    async def hang(_: Received) -> Reply:
        await release.wait()
        return 200, {}, b""

    async with receiving() as other, opened_post(store, clock, 60.0) as post:
        other.answer = hang
        post.endpoint(receiver.url)
        post.endpoint(other.url)
        stop = asyncio.Event()
        running = asyncio.create_task(post.deliverer.run(stop))
        ratios = []
        for n in range(5):
            beside_answering = await _p95(post, receiver, f"a{n}-")
            release.clear()
            ratios.append(await _p95(post, receiver, f"b{n}-") / beside_answering)
            release.set()
            await until(lambda: asyncio.to_thread(lambda: "pending" not in post.states()))
        stop.set()
        await running
    assert statistics.median(ratios) <= 1.10, ratios
