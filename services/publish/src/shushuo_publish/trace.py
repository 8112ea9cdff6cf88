"""The way of one report through all services, as far as publish was told of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from shushuo_publish.store.models import Unlisted, Version
from shushuo_publish.store.outgoing import Attempt, DeadLetterRow, Delivery, Endpoint, Message

Step = dict[str, Any]


def trace(session: Session, report_id: str) -> list[Step]:
    """All recorded steps, oldest first; empty when nothing is known of the report."""
    steps = [
        *_versions(session, report_id),
        *_unlisted(session, report_id),
        *_dead_letters(session, report_id),
        *_deliveries(session, report_id),
    ]
    ordered = sorted(steps, key=lambda step: step[0])
    return [{"time": at.isoformat()} | step for at, step in ordered]


def _step(service: str, event: str, outcome: str, detail: str, event_id: str | None = None) -> Step:
    return {"service": service, "event": event, "outcome": outcome, "detail": detail, "event_id": event_id}


def _versions(session: Session, report_id: str) -> list[tuple[datetime, Step]]:
    columns = select(
        Version.sequence, Version.version, Version.revision, Version.state, Version.event_id, Version.lane,
        Version.fetched_at, Version.extracted_at, Version.changed_at, Version.changes,
    ).where(col(Version.report_id) == report_id)  # type: ignore[call-overload]  # fmt: skip
    found: list[tuple[datetime, Step]] = []
    revisions: set[int] = set()
    for row in session.execute(columns.order_by(col(Version.sequence))):
        lane = "" if row.lane == "live" else f", {row.lane}"
        if row.revision not in revisions:  # a copy gives way to its original without a revision of its own
            found.append((row.fetched_at, _step("ingest", "report.raw", "fetched", f"version {row.version[:8]}{lane}")))
            said = f"revision {row.revision}"
            found.append((row.extracted_at, _step("extract", "report.extracted", "read", said, row.event_id)))
        revisions.add(row.revision)
        kind = (
            "report.withdrawn" if row.state == "withdrawn" else "report.updated" if row.changes else "report.published"
        )
        counts = ", ".join(f"{len(entries)} {name}" for name, entries in row.changes.items())
        why = _original(row.changes) or (f"{counts} changed" if counts else "")
        told = f"sequence {row.sequence}" + (f": {why}" if why else "")
        found.append((row.changed_at, _step("publish", kind, "stored", told)))
    return found


def _original(changes: dict[str, Any]) -> str:
    """Whose copy the report turned out to be, in words."""
    return next((f"a copy of {c['after']}" for c in changes.get("report", ()) if c["field"] == "copy_of"), "")


def _unlisted(session: Session, report_id: str) -> list[tuple[datetime, Step]]:
    row = session.get(Unlisted, report_id)
    if row is None:
        return []
    detail = f"a copy of {row.copy_of}" if row.reason == "copy" else "withdrawn before it was published"
    return [(row.seen_at, _step("publish", "report.extracted", "not listed", detail))]


def _dead_letters(session: Session, report_id: str) -> list[tuple[datetime, Step]]:
    mine = select(DeadLetterRow).where(col(DeadLetterRow.report_id) == report_id)
    return [
        (
            row.failed_at,
            _step(row.service, row.headers.get("ce_type", "unknown"), f"dead letter, {row.state}", row.reason, row.id),
        )
        for row in session.scalars(mine)
    ]


def _deliveries(session: Session, report_id: str) -> list[tuple[datetime, Step]]:
    mine = (
        select(Delivery, Message.type, Endpoint.url)  # type: ignore[call-overload]
        .join(Message, col(Message.id) == col(Delivery.message_id))
        .join(Endpoint, col(Endpoint.id) == col(Delivery.endpoint_id))
        .where(col(Message.report_id) == report_id)
        .order_by(col(Delivery.id))
    )
    found: list[tuple[datetime, Step]] = []
    for delivery, kind, url in session.execute(mine):
        place = f"{delivery.endpoint_id} {_host(url)}"
        tries = select(Attempt).where(col(Attempt.delivery_id) == delivery.id).order_by(col(Attempt.id))
        for attempt in session.scalars(tries):
            outcome = "delivered" if attempt.ok else "missed"
            detail = f"{place}: {attempt.status or attempt.error}, attempt {attempt.number}, {attempt.duration_ms} ms"
            found.append((attempt.at, _step("publish", kind, outcome, detail, delivery.message_id)))
        if delivery.status in ("pending", "held"):
            found.append(
                (delivery.next_attempt_at, _step("publish", kind, delivery.status, place, delivery.message_id))
            )
    return found


def _host(url: str) -> str:
    """The part of an endpoint's address that is no secret."""
    return url.split("://", 1)[-1].split("/", 1)[0].rpartition("@")[2]
