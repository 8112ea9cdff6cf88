"""Forgets what has been kept long enough, and frees what a crash at the wrong moment left behind."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, select, update
from sqlmodel import Session, col

from shushuo_publish.store.outgoing import Attempt, DeadLetterRow, Delivery, Endpoint, Inbox, Message

LOG = timedelta(days=90)
INBOX = timedelta(days=30)
EVERY_SECONDS = 60.0


def sweep(session: Session, now: datetime) -> None:
    """What arrived and every attempt go after 90 days, what has not arrived never; seen events after 30 days."""
    _release(session, now)
    _take_back(session)
    session.execute(delete(Attempt).where(col(Attempt.at) < now - LOG))
    _forget_arrived(session, now - LOG)
    session.execute(delete(Inbox).where(col(Inbox.at) < now - INBOX))
    session.execute(delete(DeadLetterRow).where(col(DeadLetterRow.resolved_at) < now - LOG))


def _forget_arrived(session: Session, before: datetime) -> None:
    """Deliveries that arrived before, and messages that nobody is still to get."""
    old = select(col(Message.id)).where(col(Message.created_at) < before)
    arrived = and_(col(Delivery.status) == "delivered", col(Delivery.finished_at) < before)
    session.execute(delete(Delivery).where(col(Delivery.message_id).in_(old), arrived))
    kept = exists(select(1).where(col(Delivery.message_id) == col(Message.id)))
    session.execute(delete(Message).where(col(Message.created_at) < before, ~kept))


def _release(session: Session, now: datetime) -> None:
    """A delivery held for an endpoint that is active was queued while the endpoint was being resumed."""
    active = select(col(Endpoint.id)).where(col(Endpoint.state) == "active")
    strays = update(Delivery).where(col(Delivery.status) == "held", col(Delivery.endpoint_id).in_(active))
    session.execute(strays.values(status="pending", next_attempt_at=now))


def _take_back(session: Session) -> None:
    """A delivery due to a paused endpoint was queued while the endpoint was being paused."""
    paused = select(col(Endpoint.id)).where(col(Endpoint.state) == "paused")
    strays = update(Delivery).where(col(Delivery.status) == "pending", col(Delivery.endpoint_id).in_(paused))
    session.execute(strays.values(status="held"))
