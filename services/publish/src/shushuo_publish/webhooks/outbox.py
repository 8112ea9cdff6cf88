"""The delivery queue, which is the database: claim what is due under a lease, record what came of it.

A delivery is due when it is pending, its time has come, nobody holds its lease, its endpoint is active and not resting,
and no earlier delivery about the same report to the same endpoint is unfinished. A process that dies leaves its leases
to run out; what it held is sent again: at least once, never lost.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from shushuo_publish.store.outgoing import Attempt, Delivery, Endpoint, Message
from shushuo_publish.webhooks import retry
from shushuo_publish.webhooks.retry import Answer
from shushuo_publish.webhooks.sender import Job

LEASE = timedelta(seconds=30)  # twice what an attempt may take
SUSPECT_AFTER = 3  # failed attempts in a row, from which on an endpoint shares the few slots for suspects

BY_HAND = "by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many attempts may be started, for healthy and for suspect endpoints, and how many each has in hand."""

    healthy: int
    suspect: int
    per_endpoint: int = 4
    in_hand: Mapping[str, int] = field(default_factory=dict)


def claim(session: Session, room: Room, now: datetime) -> list[Job]:
    """Take what is due, oldest first, within the room there is; suspects go one at a time."""
    taken = [
        *_fitting(_due(session, now, room.healthy, room, suspect=False), room.healthy, room.per_endpoint, room.in_hand),
        *_fitting(_due(session, now, room.suspect, room, suspect=True), room.suspect, 1, room.in_hand),
    ]
    if not taken:
        return []
    session.execute(update(Delivery).where(col(Delivery.id).in_(taken)).values(lease_until=now + LEASE))
    return _jobs(session, taken, now)


def _due(session: Session, now: datetime, limit: int, room: Room, *, suspect: bool) -> Sequence[Any]:
    if limit <= 0:
        return []
    most = 1 if suspect else room.per_endpoint
    full = [endpoint for endpoint, count in room.in_hand.items() if count >= most]
    failures = col(Endpoint.failures)
    query = (
        _waiting(now)
        .where(failures >= SUSPECT_AFTER if suspect else failures < SUSPECT_AFTER, _not_in(Delivery.endpoint_id, full))
        .order_by(col(Delivery.next_attempt_at), col(Delivery.id))
        .limit(limit * most)
        .with_for_update(of=Delivery, skip_locked=True)
    )
    return session.execute(query).all()


def _waiting(now: datetime) -> Any:
    earlier = aliased(Delivery)
    unfinished = exists(
        select(1).where(
            col(earlier.endpoint_id) == col(Delivery.endpoint_id),
            col(earlier.report_id) == col(Delivery.report_id),
            col(earlier.status).in_(("pending", "held")),
            col(earlier.id) < col(Delivery.id),
        )
    )
    columns: Any = select(col(Delivery.id), col(Delivery.endpoint_id))
    return columns.join(Endpoint, col(Endpoint.id) == col(Delivery.endpoint_id)).where(
        col(Delivery.status) == "pending",
        col(Delivery.next_attempt_at) <= now,
        or_(col(Delivery.lease_until).is_(None), col(Delivery.lease_until) < now),
        col(Endpoint.state) == "active",
        or_(col(Endpoint.quiet_until).is_(None), col(Endpoint.quiet_until) <= now),
        ~unfinished,
    )


def _not_in(column: Any, values: Collection[str]) -> Any:
    return ~col(column).in_(values)


def _fitting(due: Iterable[Any], room: int, per_endpoint: int, in_hand: Mapping[str, int]) -> list[int]:
    """As many of the due as fit, no endpoint getting more than its share."""
    count, taken = dict(in_hand), list[int]()
    for delivery_id, endpoint_id in due:
        if len(taken) < room and count.get(endpoint_id, 0) < per_endpoint:
            count[endpoint_id] = count.get(endpoint_id, 0) + 1
            taken.append(delivery_id)
    return taken


def _jobs(session: Session, taken: Sequence[int], now: datetime) -> list[Job]:
    query = (
        select(Delivery, Endpoint, Message)
        .join(Endpoint, col(Endpoint.id) == col(Delivery.endpoint_id))
        .join(Message, col(Message.id) == col(Delivery.message_id))
        .where(col(Delivery.id).in_(taken))
        .order_by(col(Delivery.id))
    )
    return [
        Job(
            delivery_id=delivery.id or 0,
            endpoint_id=endpoint.id,
            message_id=message.id,
            report_id=message.report_id,
            type=message.type,
            number=delivery.attempts + 1,
            suspect=endpoint.failures >= SUSPECT_AFTER,
            url=endpoint.url,
            secrets=live_secrets(endpoint, now),
            body=message.thin_body if endpoint.payload == "thin" else message.body,
        )
        for delivery, endpoint, message in session.execute(query)
    ]


def live_secrets(endpoint: Endpoint, now: datetime) -> tuple[str, ...]:
    """The secrets that sign now: the present one, and during the overlap of a rotation the one before."""
    overlap = endpoint.old_secret is not None and endpoint.old_secret_until is not None
    if overlap and endpoint.old_secret_until > now:  # type: ignore[operator]
        return (endpoint.secret, endpoint.old_secret or "")
    return (endpoint.secret,)


def record(session: Session, job: Job, answer: Answer, dice: float) -> str:
    """Keep what came of an attempt and decide what follows; returns the delivery's state from now on."""
    delivery = session.get(Delivery, job.delivery_id)
    endpoint = session.get(Endpoint, job.endpoint_id)
    if delivery is None or endpoint is None:
        return "deleted"
    delivery.step += 1
    delivery.attempts += 1
    delivery.lease_until = None
    session.add(
        Attempt(
            delivery_id=job.delivery_id,
            endpoint_id=job.endpoint_id,
            message_id=job.message_id,
            number=delivery.attempts,
            at=answer.at,
            ok=answer.ok,
            status=answer.status,
            duration_ms=answer.duration_ms,
            answer=answer.body,
            error=answer.error,
        )
    )
    if answer.ok:
        _arrived(delivery, endpoint, answer)
    else:
        _missed(session, delivery, endpoint, answer, dice)
    session.flush()
    return delivery.status


def _arrived(delivery: Delivery, endpoint: Endpoint, answer: Answer) -> None:
    delivery.status, delivery.finished_at = "delivered", answer.at
    endpoint.failures, endpoint.failing_since, endpoint.quiet_until = 0, None, None
    endpoint.last_success_at = answer.at


def _missed(session: Session, delivery: Delivery, endpoint: Endpoint, answer: Answer, dice: float) -> None:
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or answer.at
    resting = retry.rest(answer)
    if resting is not None:
        endpoint.quiet_until = max(resting, endpoint.quiet_until or resting)
    again = retry.next_attempt(delivery.step, answer.at, dice)
    if retry.gone(answer):
        delivery.step = 0
        pause(session, endpoint, "the receiver answered 410 Gone", answer.at)
    elif again is None:
        if delivery.status == "pending":
            delivery.status, delivery.finished_at = "failed", answer.at
    else:
        delivery.next_attempt_at = max(again, resting or again)
    session.flush()
    if endpoint.state == "active" and retry.should_pause(
        failing_since=endpoint.failing_since,
        last_success_at=endpoint.last_success_at,
        failed=_failed_events(session, endpoint),
        now=answer.at,
    ):
        pause(session, endpoint, "many events failed and none arrived for a day", answer.at)


def _failed_events(session: Session, endpoint: Endpoint) -> int:
    """How many different events failed since the last success."""
    mine = select(func.count(func.distinct(Attempt.message_id))).where(
        col(Attempt.endpoint_id) == endpoint.id, col(Attempt.at) >= endpoint.failing_since, ~col(Attempt.ok)
    )
    return session.scalar(mine) or 0


def pause(session: Session, endpoint: Endpoint, reason: str, now: datetime) -> None:
    """Hold everything back for the endpoint; nothing is dropped."""
    endpoint.state, endpoint.paused_reason, endpoint.paused_at = "paused", reason, now
    session.flush()
    waiting = update(Delivery).where(col(Delivery.endpoint_id) == endpoint.id, col(Delivery.status) == "pending")
    session.execute(waiting.values(status="held"))


def resume(session: Session, endpoint: Endpoint, now: datetime) -> int:
    """Send what was held back, in order, each on a new schedule; returns how many that are."""
    endpoint.state, endpoint.paused_reason, endpoint.paused_at = "active", None, None
    endpoint.failures, endpoint.failing_since, endpoint.quiet_until = 0, None, None
    session.flush()
    held = update(Delivery).where(col(Delivery.endpoint_id) == endpoint.id, col(Delivery.status) == "held")
    return session.execute(held.values(status="pending", step=0, next_attempt_at=now)).rowcount  # type: ignore[attr-defined, no-any-return]


def waiting(session: Session) -> dict[str, int]:
    """How many deliveries each endpoint still has to get."""
    unfinished = select(col(Delivery.endpoint_id), func.count()).where(col(Delivery.status).in_(("pending", "held")))
    return {endpoint: int(n) for endpoint, n in session.execute(unfinished.group_by(col(Delivery.endpoint_id)))}
