"""What a service gave up, kept until somebody retries or drops it. A retry goes through the outbox to its old topic."""

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from shushuo_publish.storable import LONGEST_NAME, without_nul
from shushuo_publish.store.outgoing import DeadLetterRow, OutboxEvent
from shushuo_shared.codec import Event
from shushuo_shared.errors import Poison
from shushuo_shared.events import DeadLetter


def keep(session: Session, event: Event) -> bool:
    """Store a dead letter, or open it again when its retry failed; False when it was known already."""
    data = event.data
    if not isinstance(data, DeadLetter):
        raise Poison(f"dead letters hold dead-letter events, not {event.type}")
    row = session.get(DeadLetterRow, event.id)
    if row is not None and data.failed_at <= row.failed_at:
        return False
    times = row.times + 1 if row else 1
    kept = DeadLetterRow(
        id=event.id,
        report_id=without_nul(data.report_id)[:LONGEST_NAME],
        service=data.service,
        reason=without_nul(data.reason),
        error=data.error,
        attempts=data.attempts,
        failed_at=data.failed_at,
        topic=data.topic,
        key=without_nul(data.key),
        headers=data.headers,
        value=base64.b64decode(data.value),
        times=times,
    )
    session.merge(kept)
    return True


def open_letters(session: Session, *, limit: int, report_id: str | None = None) -> Sequence[DeadLetterRow]:
    """Those nobody has dealt with, newest first."""
    query = select(DeadLetterRow).where(col(DeadLetterRow.state) == "open")
    if report_id is not None:
        query = query.where(col(DeadLetterRow.report_id) == report_id)
    return session.scalars(query.order_by(col(DeadLetterRow.failed_at).desc()).limit(limit)).all()


def retry(session: Session, letter_id: str, now: datetime) -> int:
    """Hand one, or with ``all`` every open one, back to the step that failed; returns how many those are.

    A letter whose message was too large to be kept has nothing to hand back, and stays.
    """
    query = select(DeadLetterRow).where(col(DeadLetterRow.state) == "open")
    if letter_id != "all":
        query = select(DeadLetterRow).where(col(DeadLetterRow.id) == letter_id)
    query = query.where(col(DeadLetterRow.value) != b"")
    rows = session.scalars(query.order_by(col(DeadLetterRow.failed_at), col(DeadLetterRow.id))).all()
    for row in rows:
        session.add(OutboxEvent(topic=row.topic, key=row.key, headers=row.headers, value=row.value))
        row.state, row.resolved_at = "retried", now
    return len(rows)


def drop(session: Session, letter_id: str, now: datetime) -> bool:
    """Give one up; False when there is none such."""
    row = session.get(DeadLetterRow, letter_id)
    if row is None:
        return False
    row.state, row.resolved_at = "dropped", now
    return True


def in_brief(row: DeadLetterRow) -> dict[str, Any]:
    """A dead letter as a list shows it."""
    return {
        "id": row.id,
        "failed_at": row.failed_at.isoformat(),
        "service": row.service,
        "report_id": row.report_id,
        "reason": row.reason,
        "error": row.error,
        "attempts": row.attempts,
        "times": row.times,
        "state": row.state,
    }


def in_full(row: DeadLetterRow) -> dict[str, Any]:
    """A dead letter with the message that failed; a value that is no text is shown in base64."""
    try:
        value: dict[str, Any] = {"value": row.value.decode()}
    except UnicodeDecodeError:
        value = {"value_base64": base64.b64encode(row.value).decode()}
    return in_brief(row) | {"topic": row.topic, "key": row.key, "headers": row.headers} | value
