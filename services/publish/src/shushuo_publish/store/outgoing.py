"""The tables of what leaves: webhooks and their deliveries, events for the bus, and what came in or failed.

A delivery's life: ``pending`` (due at ``next_attempt_at``; while ``lease_until`` lies ahead somebody is sending it) →
``delivered`` or ``failed`` (the schedule is used up). While its endpoint is paused it is ``held``; nothing is dropped.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel

from shushuo_shared.columns import UtcTime


def _serial() -> Any:
    return Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer, "sqlite"))


def _key(to: str) -> Any:
    return Field(sa_column=Column(Text, ForeignKey(to, ondelete="CASCADE"), nullable=False))


def _time() -> Any:
    return Field(sa_type=UtcTime)


def _maybe_time() -> Any:
    return Field(default=None, sa_type=UtcTime)


def _bytes() -> Any:
    return Field(sa_type=LargeBinary)


class Endpoint(SQLModel, table=True):
    """Where webhooks go. ``secret`` is needed for signing, so it is kept; it is shown once and never logged."""

    id: str = Field(primary_key=True)
    url: str = Field(sa_type=Text)
    description: str = ""
    secret: str
    old_secret: str | None = None
    old_secret_until: datetime | None = _maybe_time()
    event_types: list[str] = Field(default_factory=list, sa_type=JSON)
    """Empty: all."""
    filters: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    payload: str = "full"
    """``full`` or ``thin``."""
    state: str = "active"
    """``active`` or ``paused``."""
    paused_reason: str | None = None
    paused_at: datetime | None = _maybe_time()
    quiet_until: datetime | None = _maybe_time()
    """The receiver asked for a pause (429, Retry-After) until then."""
    failures: int = 0
    """Failed attempts since the last success."""
    failing_since: datetime | None = _maybe_time()
    last_success_at: datetime | None = _maybe_time()
    created_at: datetime = _time()


class Message(SQLModel, table=True):
    """One webhook event, serialised once; ``id`` is the ``webhook-id`` of every attempt and replay."""

    __table_args__ = (Index("message_report", "report_id"), Index("message_created", "created_at"))

    id: str = Field(primary_key=True)
    type: str
    report_id: str
    sequence: int
    created_at: datetime = _time()
    body: bytes = _bytes()
    thin_body: bytes = _bytes()


class Delivery(SQLModel, table=True):
    """One message for one endpoint; ids rise in the order of events."""

    __table_args__ = (
        Index("delivery_once", "message_id", "endpoint_id", unique=True),
        Index("delivery_due", "next_attempt_at", "id", sqlite_where=text("status = 'pending'"),
              postgresql_where=text("status = 'pending'")),
        Index("delivery_order", "endpoint_id", "report_id", "id", sqlite_where=text("status IN ('pending', 'held')"),
              postgresql_where=text("status IN ('pending', 'held')")),
        Index("delivery_log", "endpoint_id", "id"),
    )  # fmt: skip

    id: int | None = _serial()
    message_id: str = _key("message.id")
    endpoint_id: str = _key("endpoint.id")
    report_id: str
    status: str = "pending"
    step: int = 0
    """How many attempts of the present schedule were made; a replay or a resume starts a new schedule."""
    attempts: int = 0
    next_attempt_at: datetime = _time()
    lease_until: datetime | None = _maybe_time()
    created_at: datetime = _time()
    finished_at: datetime | None = _maybe_time()


class Attempt(SQLModel, table=True):
    """One try: ``status`` is the HTTP status, ``error`` says why there is none; the answer is cut at 4 KB."""

    __table_args__ = (
        Index("attempt_delivery", "delivery_id", "id"),
        Index("attempt_endpoint", "endpoint_id", "at"),
        Index("attempt_at", "at"),
    )

    id: int | None = _serial()
    delivery_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("delivery.id", ondelete="CASCADE"), nullable=False)
    )
    endpoint_id: str
    message_id: str
    number: int
    at: datetime = _time()
    ok: bool
    status: int | None = None
    duration_ms: int
    answer: str = Field(default="", sa_type=Text)
    error: str | None = Field(default=None, sa_type=Text)


class OutboxEvent(SQLModel, table=True):
    """An event that the bus has not taken yet; written with what it tells of, deleted when the bus has it."""

    __tablename__ = "outbox"

    id: int | None = _serial()
    topic: str
    key: str
    headers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    value: bytes = _bytes()


class Inbox(SQLModel, table=True):
    """Events whose effect is stored; the same event again changes nothing."""

    event_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime, index=True)


class DeadLetterRow(SQLModel, table=True):
    """A message that a service gave up; ``state`` is open, retried or dropped. ``value`` is the message itself."""

    __tablename__ = "dead_letter"

    id: str = Field(primary_key=True)
    report_id: str = Field(index=True)
    service: str
    reason: str = Field(sa_type=Text)
    error: str
    attempts: int
    failed_at: datetime = _time()
    topic: str
    key: str
    headers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    value: bytes = _bytes()
    state: str = Field(default="open", index=True)
    times: int = 1
    resolved_at: datetime | None = _maybe_time()


class Lease(SQLModel, table=True):
    """Work that one process at a time may do, and until when it may."""

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = _time()
