"""What does not arrive is tried again by the table; a troubled endpoint rests or is paused; nothing is dropped."""

import asyncio
from datetime import timedelta

from sqlmodel import select

from shushuo_publish.store.outgoing import Delivery, Endpoint
from shushuo_publish.webhooks import outbox
from tests.publish.post import Post, failing
from tests.publish.receiver import Received, Receiver, Reply


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


async def test_an_attempt_that_cannot_even_be_made_is_counted_and_tried_again_by_the_table(post: Post) -> None:
    post.endpoint("https://xn--/hook")
    post.publish()
    await post.deliver()
    [attempt] = post.attempts()
    assert (attempt.ok, attempt.status) == (False, None)
    assert "xn--" in str(attempt.error) or "A-label" in str(attempt.error)
    with post.store.reading() as session:
        assert session.exec(select(Delivery)).one().next_attempt_at == post.clock() + timedelta(seconds=5)


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
