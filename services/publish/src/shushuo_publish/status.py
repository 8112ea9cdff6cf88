"""Whether all is well: lag of every service, dead letters, endpoints in trouble, and what others report."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from shushuo_publish.cards import china_time
from shushuo_publish.metrics import DEAD_LETTERS, ENDPOINTS, OUTBOX, PROBLEMS, WAITING
from shushuo_publish.store.models import Version
from shushuo_publish.store.outgoing import DeadLetterRow, Delivery, Endpoint, OutboxEvent
from shushuo_publish.store.session import Store
from shushuo_publish.webhooks.outbox import BY_HAND
from shushuo_publish.webhooks.retry import PAUSE_AFTER_EVENTS
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock
from shushuo_shared.errors import Retryable
from shushuo_shared.metrics import LAG
from shushuo_shared.topics import BACKFILL, EXTRACTED, RAW

WORST_LAG = 1000
FAILING_FOR = timedelta(hours=1)
LATE_OUTBOX = 1000

Concern = Callable[[], Awaitable[Sequence[str]]]
"""What is wrong with ingest and the sources that it watches: one sentence each."""

_CONSUMED = {"extract": (RAW, RAW + BACKFILL), "publish": (EXTRACTED, EXTRACTED + BACKFILL)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store knows of the state of things."""

    dead_letters: int
    outbox: int
    waiting: dict[str, int]
    endpoints: dict[str, int]
    troubled: list[tuple[str, str]]
    last: dict[str, datetime | None]


@dataclass(slots=True, kw_only=True)
class Status:
    """Asks store, bus and ``concerns``; more concerns may be added while it runs."""

    store: Store
    bus: Bus
    clock: Clock
    concerns: list[Concern] = field(default_factory=list)
    trouble: str | None = None
    """Why the store could not be asked the last time."""

    async def report(self) -> dict[str, Any]:
        """``ok`` with ``problems`` in words, and the services with lag and last event."""
        problems: list[str] = []
        services: list[dict[str, Any]] = [{"service": "ingest", "state": "ok", "lag": None, "last_event": None}]
        for name, topics in _CONSUMED.items():
            services.append({"service": name, "lag": await self._lag(name, topics, problems), "last_event": None})
        try:
            facts = await self.store.read(facts_of, self.clock())
        except Retryable as e:
            self.trouble = str(e)
            PROBLEMS.set(len(problems) + 1)
            return {"ok": False, "problems": [str(e), *problems], "services": services}
        self.trouble = None
        for service in services:
            last = facts.last[service["service"]]
            service["last_event"] = last.isoformat() if last else None
            service["state"] = _state(service["lag"])
        concerns = await self._concerns()
        services[0]["state"] = "alarm" if concerns else "ok"
        problems += [*_problems(facts), *concerns]
        PROBLEMS.set(len(problems))
        counts = {"dead_letters": facts.dead_letters, "deliveries": facts.waiting, "endpoints": facts.endpoints}
        return {"ok": not problems, "problems": problems, "services": services, "outbox": facts.outbox} | counts

    async def _concerns(self) -> list[str]:
        found: list[str] = []
        for concern in self.concerns:
            try:
                found += await concern()
            except Retryable as e:
                found.append(str(e))
        return found

    async def _lag(self, service: str, topics: Sequence[str], problems: list[str]) -> int | None:
        total = 0
        for topic in topics:
            try:
                lag = await self.bus.lag(topic, service)
            except Retryable as e:
                problems.append(f"the bus does not say how far {service} is: {e}")
                return None
            LAG.labels(topic, service).set(lag)
            total += lag
            if lag > WORST_LAG and not topic.endswith(BACKFILL):
                problems.append(f"{service} is {lag} messages behind on {topic}: see its log, or run more of it")
        return total


def facts_of(session: Session, now: datetime) -> Facts:
    """Read the state of things, and set the gauges to it."""
    statuses = select(col(Delivery.status), func.count()).where(col(Delivery.status).in_(("pending", "held")))
    waiting = {str(status): int(n) for status, n in session.execute(statuses.group_by(col(Delivery.status)))}
    by_state = select(col(Endpoint.state), func.count()).group_by(col(Endpoint.state))
    endpoints = {str(state): int(n) for state, n in session.execute(by_state)}
    letters = select(func.count()).select_from(DeadLetterRow).where(col(DeadLetterRow.state) == "open")
    dead_letters = session.scalar(letters) or 0
    outbox = session.scalar(select(func.count()).select_from(OutboxEvent)) or 0
    for status in ("pending", "held"):
        WAITING.labels(status).set(waiting.get(status, 0))
    for state in ("active", "paused"):
        ENDPOINTS.labels(state).set(endpoints.get(state, 0))
    DEAD_LETTERS.set(dead_letters)
    OUTBOX.set(outbox)
    return Facts(
        dead_letters=dead_letters,
        outbox=outbox,
        waiting=waiting,
        endpoints=endpoints,
        troubled=_troubled(session, now),
        last=_last(session),
    )


def _troubled(session: Session, now: datetime) -> list[tuple[str, str]]:
    paused = select(Endpoint).where(col(Endpoint.state) == "paused", col(Endpoint.paused_reason) != BY_HAND)
    failing = select(Endpoint).where(
        col(Endpoint.state) == "active",
        col(Endpoint.failures) >= PAUSE_AFTER_EVENTS,
        col(Endpoint.failing_since) < now - FAILING_FOR,
    )
    return [
        *(
            (row.id, f"is paused: {row.paused_reason}, until: shushuo webhooks resume {row.id}")
            for row in session.scalars(paused.limit(20))
        ),
        *((row.id, f"fails since {_said(row.failing_since)}") for row in session.scalars(failing.limit(20))),
    ]


def _said(moment: datetime | None) -> str:
    return f"{china_time(moment):%Y-%m-%d %H:%M} +08:00" if moment else "an unknown time"


def _last(session: Session) -> dict[str, datetime | None]:
    newest = select(col(Version.fetched_at), col(Version.extracted_at), col(Version.changed_at))
    row = session.execute(newest.order_by(col(Version.changed_at).desc()).limit(1)).first()
    return dict(zip(("ingest", "extract", "publish"), row or (None, None, None), strict=True))


def _state(lag: int | None) -> str:
    return "behind" if lag is not None and lag > WORST_LAG else "ok"


def _problems(facts: Facts) -> list[str]:
    found = [
        f"webhook endpoint {name} {said}; see: shushuo webhooks deliveries {name}" for name, said in facts.troubled
    ]
    if facts.dead_letters:
        found.append(f"{facts.dead_letters} dead letters; see: shushuo dead-letters list")
    if facts.outbox > LATE_OUTBOX:
        found.append(f"{facts.outbox} events wait for the bus: see in the log of publish why it takes none")
    return found
