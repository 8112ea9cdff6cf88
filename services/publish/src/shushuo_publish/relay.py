"""Hands the outbox to the bus, oldest first, one process at a time, and forgets what the bus has taken."""

import asyncio
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, or_, select, update
from sqlmodel import Session, col

from shushuo_publish.store.outgoing import Lease, OutboxEvent
from shushuo_publish.store.session import Store
from shushuo_shared.bus import Bus, Message
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.errors import Poison, Retryable

LEASE = timedelta(seconds=30)
RENEW = LEASE / 3
BATCH = 100
IDLE_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Relay:
    """Publishes outbox rows; set ``wake`` when there may be new ones."""

    def __init__(self, store: Store, bus: Bus, *, clock: Clock = system_clock) -> None:
        self.wake = asyncio.Event()
        self._store, self._bus, self._clock, self._name = store, bus, clock, uuid.uuid4().hex

    async def run(self, stop: asyncio.Event) -> None:
        """Relay until ``stop`` is set; while bus or store are away, everything waits in the store."""
        stopping = asyncio.create_task(self._wake_on(stop))
        try:
            while not stop.is_set():
                self.wake.clear()
                try:
                    sent = await self.turn()
                except Retryable as e:
                    log.warning("outbox waits", reason=str(e))
                    sent = 0
                if sent < BATCH:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self.wake.wait(), IDLE_SECONDS)
        finally:
            stopping.cancel()

    async def turn(self) -> int:
        """Publish the next stretch of the outbox; returns how many events that were.

        A turn that lost its lease while the bus took an event leaves the rest to whoever has it now.
        """
        held = self._clock()
        events = await self._store.write(_next, self._name, held)
        done: list[int] = []
        try:
            for event in events:
                if self._clock() - held > RENEW:
                    held = self._clock()
                    if not await self._store.write(_hold, self._name, held):
                        break
                await self._publish(event)
                done.append(event.id or 0)
        finally:
            if done:
                await self._store.write(_forget, done)
        return len(done)

    async def _publish(self, event: OutboxEvent) -> None:
        message = Message(topic=event.topic, key=event.key, value=event.value, headers=event.headers)
        try:
            await self._bus.publish(message)
        except Poison as e:  # keeping it would stop all others behind it
            log.error("the bus can never take this event", report_id=event.key, topic=event.topic, reason=str(e))

    async def _wake_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake.set()


def _next(session: Session, holder: str, now: datetime) -> Sequence[OutboxEvent]:
    """The oldest events, if the lease is ours or free."""
    events = session.scalars(select(OutboxEvent).order_by(col(OutboxEvent.id)).limit(BATCH)).all()
    if not events:
        return []
    return events if _hold(session, holder, now) else []


def _hold(session: Session, holder: str, now: datetime) -> bool:
    """Take or keep the lease; False while another one has it."""
    free = or_(col(Lease.holder) == holder, col(Lease.until) < now)
    mine = update(Lease).where(col(Lease.name) == "relay", free).values(holder=holder, until=now + LEASE)
    return bool(session.execute(mine).rowcount)  # type: ignore[attr-defined]


def _forget(session: Session, ids: Sequence[int]) -> None:
    session.execute(delete(OutboxEvent).where(col(OutboxEvent.id).in_(ids)))
