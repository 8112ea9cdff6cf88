"""Signatures are those of Standard Webhooks, byte for byte."""

from datetime import UTC, datetime

from standardwebhooks import Webhook

from shushuo_publish.webhooks.signing import new_secret, signed_headers

SENT_AT = datetime.fromtimestamp(1614265330, UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_reference_vector_is_reproduced() -> None:
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', [SECRET], SENT_AT)
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_every_live_secret_signs() -> None:
    headers = signed_headers("msg_1", b"{}", [SECRET, new_secret()], SENT_AT)
    assert len(headers["webhook-signature"].split(" ")) == 2


def test_chinese_is_signed_as_the_bytes_that_are_sent() -> None:
    secret, now = new_secret(), datetime.now(UTC)
    body = '{"title":"临江县人民法院"}'.encode()
    assert Webhook(secret).verify(body, signed_headers("msg_1", body, [secret], now)) == {"title": "临江县人民法院"}


def test_secrets_are_long_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(secret) == len("whsec_") + 44 for secret in secrets)
