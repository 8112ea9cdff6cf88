"""Standard Webhooks: secrets, and the headers that prove where a message comes from."""

import base64
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook


def new_secret() -> str:
    """A secret for one endpoint: 32 random bytes in the form that receivers' libraries take."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def signed_headers(message_id: str, body: bytes, live: Sequence[str], now: datetime) -> dict[str, str]:
    """The three headers; every live secret signs, so that a receiver with either of two accepts."""
    at, text = now.astimezone(UTC), body.decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message_id, at, text) for secret in live),
    }
