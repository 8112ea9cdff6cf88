"""What an administrator does with endpoints: each a few statements in one transaction."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlmodel import Session, col

from shushuo_publish.store.outgoing import Attempt, Delivery, Endpoint, Message
from shushuo_publish.webhooks.payload import test_message
from shushuo_publish.webhooks.signing import new_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which deliveries to send again: one message, those of a stretch of time, or those that failed."""

    webhook_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    failed: bool = False


def create(
    session: Session,
    *,
    url: str,
    event_types: Sequence[str],
    filters: Mapping[str, str],
    payload: str,
    description: str,
    now: datetime,
) -> Endpoint:
    """A new endpoint with a secret of its own; it hears of what happens from now on."""
    endpoint = Endpoint(
        id="ep_" + secrets.token_hex(10),
        url=url,
        description=description,
        secret=new_secret(),
        event_types=list(event_types),
        filters=dict(filters),
        payload=payload,
        created_at=now,
    )
    session.add(endpoint)
    session.flush()
    return endpoint


def rotate(session: Session, endpoint: Endpoint, overlap: timedelta, now: datetime) -> str:
    """A new secret; until the overlap ends the old one signs, too."""
    endpoint.old_secret, endpoint.old_secret_until = endpoint.secret, now + overlap
    endpoint.secret = new_secret()
    session.flush()
    return endpoint.secret


def send_test(session: Session, endpoint: Endpoint, now: datetime) -> str:
    """Queue an ``endpoint.test`` event; returns its webhook-id."""
    message = test_message(endpoint.id, secrets.randbits(62), now)
    session.add(message)
    session.flush()
    status = "held" if endpoint.state == "paused" else "pending"
    session.add(
        Delivery(
            message_id=message.id,
            endpoint_id=endpoint.id,
            report_id="",
            status=status,
            next_attempt_at=now,
            created_at=now,
        )
    )
    return message.id


def replay(session: Session, endpoint: Endpoint, wanted: Selection, now: datetime) -> int:
    """Send again what is selected and finished, under the same webhook-ids; returns how many that are."""
    again = update(Delivery).where(
        col(Delivery.endpoint_id) == endpoint.id,
        col(Delivery.status).in_(("failed",) if wanted.failed else ("failed", "delivered")),
    )
    if wanted.webhook_id:
        again = again.where(col(Delivery.message_id) == wanted.webhook_id)
    if wanted.since:
        again = again.where(col(Delivery.created_at) >= wanted.since)
    if wanted.until:
        again = again.where(col(Delivery.created_at) < wanted.until)
    status = "held" if endpoint.state == "paused" else "pending"
    done = session.execute(again.values(status=status, step=0, next_attempt_at=now, finished_at=None))
    return done.rowcount  # type: ignore[attr-defined, no-any-return]


def deliveries(session: Session, endpoint_id: str, *, limit: int, before: int | None = None) -> list[dict[str, Any]]:
    """The endpoint's deliveries, newest first, each with its last attempt."""
    query: Select[Any] = (
        select(Delivery, Message.type)  # type: ignore[call-overload]
        .join(Message, col(Message.id) == col(Delivery.message_id))
        .where(col(Delivery.endpoint_id) == endpoint_id)
        .order_by(col(Delivery.id).desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(col(Delivery.id) < before)
    rows = session.execute(query).all()
    last = _last_attempts(session, [delivery.id for delivery, _ in rows])
    return [_shown(delivery, kind, last.get(delivery.id)) for delivery, kind in rows]


def attempts(session: Session, delivery_id: int) -> list[Attempt]:
    """All attempts at a delivery, oldest first."""
    mine = select(Attempt).where(col(Attempt.delivery_id) == delivery_id)
    return list(session.scalars(mine.order_by(col(Attempt.id))))


def _last_attempts(session: Session, ids: Sequence[int]) -> dict[int, Attempt]:
    query = select(Attempt).where(col(Attempt.delivery_id).in_(ids)).order_by(col(Attempt.id))
    return {attempt.delivery_id: attempt for attempt in session.scalars(query)}


def _shown(delivery: Delivery, kind: str, last: Attempt | None) -> dict[str, Any]:
    waiting = delivery.status == "pending"
    return {
        "id": delivery.id,
        "webhook_id": delivery.message_id,
        "type": kind,
        "report_id": delivery.report_id,
        "state": delivery.status,
        "attempts": delivery.attempts,
        "status": last.status if last else None,
        "duration_ms": last.duration_ms if last else None,
        "error": last.error if last else None,
        "answer": last.answer if last else None,
        "created_at": delivery.created_at.isoformat(),
        "next_attempt_at": delivery.next_attempt_at.isoformat() if waiting else None,
        "finished_at": delivery.finished_at.isoformat() if delivery.finished_at else None,
    }
