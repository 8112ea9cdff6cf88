"""Webhooks are signed so that the reference library believes them, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from shushuo_publish.store.outgoing import Endpoint
from shushuo_publish.webhooks import endpoints
from shushuo_publish.webhooks.endpoints import Selection
from tests.publish.post import Post, failing
from tests.publish.receiver import Receiver


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
