"""The delivery loop: claims what is due, sends it concurrently, records what came of it."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog
from sqlmodel import Session

from shushuo_publish.metrics import ATTEMPT_SECONDS, ATTEMPTS
from shushuo_publish.store.session import Store
from shushuo_publish.webhooks.outbox import Room, claim, record
from shushuo_publish.webhooks.retry import Answer
from shushuo_publish.webhooks.sender import Job, Send
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.errors import Retryable

SLOTS = 192
SUSPECT_SLOTS = 64
PER_ENDPOINT = 4
IDLE_SECONDS = 1.0

log = structlog.get_logger(__name__)

Done = tuple[Job, Answer]


class Deliverer:
    """Sends what the store holds due; set ``wake`` when there may be something new."""

    def __init__(
        self, store: Store, send: Send, *, clock: Clock = system_clock, dice: Callable[[], float] = random.random
    ) -> None:
        self.wake = asyncio.Event()
        self._store, self._send, self._clock, self._dice = store, send, clock, dice
        self._in_hand: dict[asyncio.Task[None], Job] = {}
        self._done: list[Done] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until ``stop`` is set; then finish what is in hand and record it."""
        stopping = asyncio.create_task(self._wake_on(stop))
        try:
            while not stop.is_set():
                self.wake.clear()
                if not await self.turn():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self.wake.wait(), IDLE_SECONDS)
        finally:
            stopping.cancel()
            await asyncio.gather(*self._in_hand, return_exceptions=True)
            await self._store.write(self._settle, self._taken_done(), None)

    async def turn(self) -> int:
        """Record what is done, start what is due; returns how many attempts were started."""
        done = self._taken_done()
        try:
            jobs = await self._store.write(self._settle, done, self._room())
        except Retryable as e:
            self._done = done + self._done
            log.warning("deliveries wait for the store", reason=str(e))
            await asyncio.sleep(IDLE_SECONDS)
            return 0
        for job in jobs:
            task = asyncio.create_task(self._attempt(job))
            self._in_hand[task] = job
            task.add_done_callback(self._forget)
        return len(jobs)

    async def idle(self) -> None:
        """Wait until no attempt is in hand and all are recorded."""
        while self._in_hand or self._done:
            await asyncio.gather(*self._in_hand, return_exceptions=True)
            await self._store.write(self._settle, self._taken_done(), None)

    async def _attempt(self, job: Job) -> None:
        answer = await self._send(job)
        self._done.append((job, answer))  # looked up after the wait: the list changes hands meanwhile

    def _forget(self, task: asyncio.Task[None]) -> None:
        job = self._in_hand.pop(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("attempt broke off; its lease will run out", event_id=job.message_id, reason=repr(error))
        self.wake.set()

    def _taken_done(self) -> list[Done]:
        done, self._done = self._done, []
        return done

    def _room(self) -> Room:
        suspects = sum(job.suspect for job in self._in_hand.values())
        return Room(
            healthy=SLOTS - (len(self._in_hand) - suspects),
            suspect=SUSPECT_SLOTS - suspects,
            per_endpoint=PER_ENDPOINT,
            in_hand=Counter(job.endpoint_id for job in self._in_hand.values()),
        )

    def _settle(self, session: Session, done: list[Done], room: Room | None) -> list[Job]:
        """One transaction: record, then claim."""
        for job, answer in done:
            _tell(job, answer, record(session, job, answer, self._dice()))
        return claim(session, room, self._now()) if room else []

    def _now(self) -> datetime:
        return self._clock()

    async def _wake_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake.set()


def _tell(job: Job, answer: Answer, state: str) -> None:
    """The canonical line of one attempt."""
    outcome = "delivered" if answer.ok else "failed" if state == "failed" else "again"
    ATTEMPTS.labels(outcome).inc()
    ATTEMPT_SECONDS.observe(answer.duration_ms / 1000)
    tell = log.info if answer.ok else log.warning
    tell(
        "webhook",
        report_id=job.report_id,
        event_id=job.message_id,
        event_type=job.type,
        endpoint_id=job.endpoint_id,
        outcome=outcome,
        status=answer.status,
        attempt=job.number,
        duration_ms=answer.duration_ms,
        reason=answer.error,
    )
