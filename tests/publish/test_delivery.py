"""Webhooks arrive: signed, in order, again until they do, and never at the cost of another endpoint."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from standardwebhooks import Webhook, WebhookVerificationError

from shushuo_publish.cards import Links
from shushuo_publish.store.outgoing import Attempt, Delivery, Endpoint
from shushuo_publish.store.publishing import publish
from shushuo_publish.store.session import Store
from shushuo_publish.webhooks import endpoints, outbox
from shushuo_publish.webhooks.delivery import Deliverer
from shushuo_publish.webhooks.endpoints import Selection
from shushuo_publish.webhooks.sender import Sender, open_client
from tests.publish.kit import Clock, extracted, report, until
from tests.publish.receiver import Received, Receiver, Reply, receiving

REPORTS = ["report.published", "report.updated", "report.withdrawn"]


@dataclass
class Post:
    """A store, a deliverer with a standing clock and no luck, and means to publish and to look."""

    store: Store
    clock: Clock
    deliverer: Deliverer

    def endpoint(self, url: str, *, types: list[str] = REPORTS, **filters: str) -> Endpoint:
        with self.store.writing() as session:
            return endpoints.create(
                session, url=url, event_types=types, filters=filters, payload="full", description="", now=self.clock()
            )

    def publish(self, report_id: str = "r1", *, revision: int = 1) -> None:
        text = f"新收案件{6000 + revision}件。\n"
        read = report(
            report_id,
            f"v{revision}",
            text,
            figures=((f"{6000 + revision}件", "新收案件", str(6000 + revision)),),
            highlights=(),
        )
        with self.store.writing() as session:
            publish(
                session, extracted(read, revision=revision), read, links=Links("https://s.example"), now=self.clock()
            )

    async def deliver(self) -> None:
        """Send everything that is due now."""
        while await self.deliverer.turn():
            await self.deliverer.idle()

    def states(self) -> list[str]:
        with self.store.reading() as session:
            return [d.status for d in session.exec(select(Delivery).order_by(Delivery.id))]  # type: ignore[arg-type]

    def attempts(self) -> list[Attempt]:
        with self.store.reading() as session:
            return list(session.exec(select(Attempt).order_by(Attempt.id)))  # type: ignore[arg-type]

    def get(self, endpoint: Endpoint) -> Endpoint:
        with self.store.reading() as session:
            return session.exec(select(Endpoint).where(Endpoint.id == endpoint.id)).one()


@asynccontextmanager
async def _post(store: Store, clock: Clock, deadline: float) -> AsyncIterator[Post]:
    async with open_client(allow_private=True, connections=64) as client:
        sender = Sender(client, clock=clock, deadline=deadline)
        yield Post(store, clock, Deliverer(store, sender, clock=clock, dice=lambda: 0.0))


@pytest.fixture
async def post(store: Store, clock: Clock) -> AsyncIterator[Post]:
    async with _post(store, clock, 1.0) as made:
        yield made


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made


def failing(*statuses: int, **headers: str):  # type: ignore[no-untyped-def]
    """Answers with these statuses, then 200."""
    left = list(statuses)
    return lambda _: (left.pop(0) if left else 200, headers, b"no")


async def test_what_arrives_verifies_with_the_reference_library(post: Post, receiver: Receiver) -> None:
    post.clock.now = datetime.now(UTC)  # the library compares with the real time
    endpoint = post.endpoint(receiver.url)
    post.publish()
    await post.deliver()
    [got] = receiver.got
    assert Webhook(endpoint.secret).verify(got.body, got.headers)["type"] == "report.published"
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(got.body.replace(b"6001", b"6002"), got.headers)
    assert got.headers["content-type"] == "application/json"


async def test_a_copy_replayed_after_five_minutes_is_refused(post: Post, receiver: Receiver) -> None:
    post.clock.now = datetime.now(UTC) - timedelta(minutes=6)
    endpoint = post.endpoint(receiver.url)
    post.publish()
    await post.deliver()
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(endpoint.secret).verify(receiver.got[0].body, receiver.got[0].headers)


async def test_two_secrets_live_during_a_rotation_and_one_after_it(post: Post, receiver: Receiver) -> None:
    post.clock.now = datetime.now(UTC)
    endpoint = post.endpoint(receiver.url)
    with post.store.writing() as session:
        new = endpoints.rotate(session, session.get_one(Endpoint, endpoint.id), timedelta(seconds=60), post.clock())
    post.publish("r1")
    await post.deliver()
    for secret in (endpoint.secret, new):
        Webhook(secret).verify(receiver.got[0].body, receiver.got[0].headers)
    post.clock.move(seconds=61)
    post.publish("r2")
    await post.deliver()
    Webhook(new).verify(receiver.got[1].body, receiver.got[1].headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(receiver.got[1].body, receiver.got[1].headers)


async def test_every_attempt_and_replay_has_the_same_id_and_bytes(post: Post, receiver: Receiver) -> None:
    endpoint = post.endpoint(receiver.url)
    receiver.answer = failing(500)
    post.publish()
    await post.deliver()
    post.clock.move(seconds=5)
    await post.deliver()
    with post.store.writing() as session:
        row = session.get_one(Endpoint, endpoint.id)
        assert endpoints.replay(session, row, Selection(webhook_id=receiver.got[0].id), post.clock()) == 1
    await post.deliver()
    assert len(receiver.got) == 3
    assert len({(got.id, got.body) for got in receiver.got}) == 1


async def test_a_dead_endpoint_is_tried_ten_times_by_the_table_then_given_up(post: Post, receiver: Receiver) -> None:
    receiver.answer = lambda _: (500, {}, b"no")
    post.endpoint(receiver.url)
    post.publish()
    began = post.clock()
    for _ in range(12):
        await post.deliver()
        with post.store.reading() as session:
            following = session.exec(select(Delivery)).one()
        if following.status != "pending":
            break
        post.clock.now = following.next_attempt_at
    assert len(receiver.got) == 10
    assert post.states() == ["failed"]
    assert post.clock() - began == timedelta(hours=75, minutes=35, seconds=5)


async def test_events_of_one_report_arrive_in_their_order(post: Post, receiver: Receiver) -> None:
    receiver.answer = failing(500, 500)
    post.endpoint(receiver.url)
    for revision in (1, 2, 3):
        post.publish(revision=revision)
    for _ in range(3):
        await post.deliver()
        post.clock.move(hours=1)
    sequences = [got.document["data"]["sequence"] for got in receiver.got]
    assert sequences == [1, 1, 1, 2, 3]


async def test_another_report_does_not_wait_for_the_one_that_fails(post: Post, receiver: Receiver) -> None:
    receiver.answer = lambda got: (500 if got.document["data"]["report_id"] == "r1" else 200, {}, b"")
    post.endpoint(receiver.url)
    post.publish("r1")
    post.publish("r2")
    await post.deliver()
    assert post.states() == ["pending", "delivered"]


async def test_retry_after_rests_the_whole_endpoint(post: Post, receiver: Receiver) -> None:
    receiver.answer = failing(429, **{"Retry-After": "600"})
    post.endpoint(receiver.url)
    post.publish("r1")
    await post.deliver()
    post.publish("r2")
    post.clock.move(seconds=599)
    await post.deliver()
    assert len(receiver.got) == 1
    post.clock.move(seconds=1)
    await post.deliver()
    assert post.states() == ["delivered", "delivered"]


async def test_gone_pauses_the_endpoint_and_drops_nothing(post: Post, receiver: Receiver) -> None:
    receiver.answer = failing(410)
    endpoint = post.endpoint(receiver.url)
    post.publish("r1")
    await post.deliver()
    assert "410" in str(post.get(endpoint).paused_reason)
    post.publish("r2")
    post.clock.move(days=3)
    await post.deliver()
    assert post.states() == ["held", "held"]
    with post.store.writing() as session:
        outbox.resume(session, session.get_one(Endpoint, endpoint.id), post.clock())
    await post.deliver()
    assert [got.document["data"]["report_id"] for got in receiver.got] == ["r1", "r1", "r2"]


async def test_a_redirect_is_a_failure_and_is_not_followed(post: Post, receiver: Receiver) -> None:
    receiver.answer = failing(302, location="http://127.0.0.1:1/elsewhere")
    post.endpoint(receiver.url)
    post.publish()
    await post.deliver()
    assert post.states() == ["pending"]
    assert len(receiver.got) == 1
    assert post.attempts()[0].status == 302


async def test_one_bad_event_does_not_pause_an_endpoint_but_many_in_a_day_do(post: Post, receiver: Receiver) -> None:
    receiver.answer = lambda _: (500, {}, b"")
    endpoint = post.endpoint(receiver.url)
    post.publish("r0")
    for _ in range(4):
        await post.deliver()
        post.clock.move(hours=10)
    assert post.get(endpoint).state == "active"
    for n in range(1, 10):
        post.publish(f"r{n}")
    await post.deliver()
    await post.deliver()
    assert post.get(endpoint).state == "paused"
    assert set(post.states()) == {"held"}


async def test_the_log_keeps_status_duration_and_4_kb_of_the_answer(post: Post, receiver: Receiver) -> None:
    receiver.answer = lambda _: (500, {}, b"x" * 100_000)
    post.endpoint(receiver.url)
    post.publish()
    await post.deliver()
    [attempt] = post.attempts()
    assert (attempt.status, len(attempt.answer), attempt.number) == (500, 4096, 1)
    assert attempt.duration_ms >= 0


async def test_the_whole_exchange_ends_at_the_deadline_even_when_bytes_drip(post: Post, receiver: Receiver) -> None:
    async def drip(_: Received) -> Reply:
        await asyncio.sleep(30)
        return 200, {}, b""

    receiver.answer = drip
    post.endpoint(receiver.url)
    post.publish()
    await post.deliver()
    [attempt] = post.attempts()
    assert attempt.status is None
    assert "no complete answer within" in str(attempt.error)
    assert 900 <= attempt.duration_ms <= 3000


async def test_nobody_answers_is_told_as_what_it_is(post: Post) -> None:
    post.endpoint("http://127.0.0.1:1/hook")
    post.publish()
    await post.deliver()
    assert "ConnectError" in str(post.attempts()[0].error)


async def test_replay_of_a_stretch_of_time_and_of_all_failed(post: Post, receiver: Receiver) -> None:
    endpoint = post.endpoint(receiver.url)
    post.publish("r1")
    start = post.clock.move(hours=1)
    post.publish("r2")
    await post.deliver()
    with post.store.writing() as session:
        row = session.get_one(Endpoint, endpoint.id)
        assert endpoints.replay(session, row, Selection(since=start), post.clock()) == 1
        assert endpoints.replay(session, row, Selection(failed=True), post.clock()) == 0
    await post.deliver()
    assert [got.document["data"]["report_id"] for got in receiver.got] == ["r1", "r2", "r2"]


async def test_an_endpoint_gets_only_what_its_filters_let_through(post: Post, receiver: Receiver) -> None:
    post.endpoint(receiver.url, level="basic", region="云溪市")
    post.endpoint(receiver.url + "/other", level="high")
    post.publish()
    await post.deliver()
    assert [got.path for got in receiver.got] == ["/hook"]


async def test_a_withdrawal_reaches_those_who_were_told_of_the_report(post: Post, receiver: Receiver) -> None:
    post.endpoint(receiver.url, indicator="cases.accepted", q="新收案件")
    post.publish()
    with post.store.writing() as session:
        gone = extracted(report_id="r1", revision=2, state="withdrawn")
        publish(session, gone, None, links=Links("https://s.example"), now=post.clock())
    await post.deliver()
    assert receiver.types() == ["report.published", "report.withdrawn"]


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


async def test_many_at_once_arrive_once_each_and_are_recorded(post: Post, receiver: Receiver) -> None:
    async def slowly(_: Received) -> Reply:
        await asyncio.sleep(0.01)
        return 200, {}, b""

    receiver.answer = slowly
    post.endpoint(receiver.url)
    for n in range(40):
        post.publish(f"r{n}")
    await _run_until_done(post, post.deliverer)
    assert len(receiver.got) == len({got.id for got in receiver.got}) == 40


async def test_two_that_deliver_from_one_store_share_the_work(store: Store, clock: Clock, receiver: Receiver) -> None:
    async with _post(store, clock, 5.0) as one, _post(store, clock, 5.0) as two:
        one.endpoint(receiver.url)
        for n in range(40):
            one.publish(f"r{n}")
        await _run_until_done(one, one.deliverer, two.deliverer)
    assert len(receiver.got) == len({got.id for got in receiver.got}) == 40


async def _run_until_done(post: Post, *deliverers: Deliverer) -> None:
    """Let the loops run until nothing is pending."""

    async def done() -> bool:
        return "pending" not in await asyncio.to_thread(post.states)

    stop = asyncio.Event()
    running = [asyncio.create_task(deliverer.run(stop)) for deliverer in deliverers]
    await until(done, seconds=20)
    stop.set()
    await asyncio.gather(*running)


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

    async with receiving() as other, _post(store, clock, 60.0) as post:
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
