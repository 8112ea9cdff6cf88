"""Each endpoint gets what it asked for, and what is told of one report in its order."""

from shushuo_publish.cards import Links
from shushuo_publish.store.publishing import publish
from tests.publish.kit import extracted
from tests.publish.post import Post, failing
from tests.publish.receiver import Receiver


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
