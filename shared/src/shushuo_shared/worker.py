"""The one way an event is handled: decode, handle, publish what came of it; retry, or keep it in the dead letters.

A handler takes an event and returns the events that follow from it. It may raise Poison (kept in the dead letters at
once), Retryable (the world is away: tried again until it is back), or anything else (a bug or a bad input: tried
``attempts`` times, then kept in the dead letters). A Worker is the ``process`` of a bus: when it returns, the message
may be acknowledged.
"""

import asyncio
import base64
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from functools import partial
from typing import TypeVar

import structlog

from shushuo_shared.bus import RETENTION, Bus, Message
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.codec import Event, decode, encode, make_event
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.events import DeadLetter
from shushuo_shared.ids import version_of
from shushuo_shared.metrics import DURATION, EVENTS

T = TypeVar("T")
Handle = Callable[[Event], Awaitable[Sequence[Event]]]

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 30.0

_also: ContextVar[dict[str, object]] = ContextVar("also")


def tell(**more: object) -> None:
    """Add to the one line that the worker writes of the event being handled."""
    _also.get({}).update(more)


class Worker:
    """Handles the messages of one service; writes one canonical line for each."""

    def __init__(
        self,
        *,
        service: str,
        bus: Bus,
        handle: Handle,
        stop: asyncio.Event,
        clock: Clock = system_clock,
        attempts: int = 3,
        pause: float = 0.5,
    ) -> None:
        self._service, self._bus, self._handle = service, bus, handle
        self._stop, self._clock, self._attempts, self._pause = stop, clock, attempts, pause

    async def __call__(self, message: Message) -> None:
        """Handle one message to its end: done, or in the dead letters."""
        started = time.perf_counter()
        event_type = message.headers.get("ce_type", "unknown")
        with structlog.contextvars.bound_contextvars(
            service=self._service, report_id=message.key, event_id=message.headers.get("ce_id"), event_type=event_type
        ):
            outcome = "done"
            told: dict[str, object] = {}
            _also.set(told)
            try:
                told["emitted"] = [event.type for event in await self._handled(message)]
            except _GivenUp as e:
                outcome = "dead-letter"
                told |= {"reason": e.reason, "attempts": e.attempts}
                await self._keep(message, e)
            seconds = time.perf_counter() - started
            EVENTS.labels(self._service, event_type, outcome).inc()
            DURATION.labels(self._service, event_type).observe(seconds)
            say = log.info if outcome == "done" else log.error
            say("handled", outcome=outcome, duration_ms=round(seconds * 1000, 1), **told)

    async def _handled(self, message: Message) -> Sequence[Event]:
        """Decode, handle and publish, trying a failing handler again; _GivenUp when it is hopeless."""
        for attempt in range(1, self._attempts + 1):
            try:
                event = decode(message)
                made = await self._persistently(partial(self._handle, event))
                for result in made:
                    await self._persistently(partial(self._bus.publish, encode(result)))
            except Poison as e:
                raise _GivenUp(str(e), e, attempt) from e
            except Retryable:
                raise
            except Exception as e:
                if attempt == self._attempts:
                    raise _GivenUp(f"{type(e).__name__}: {e}", e, attempt) from e
                log.warning("failed, trying again", attempt=attempt, reason=f"{type(e).__name__}: {e}")
                await self._sleep(attempt)
            else:
                return made
        raise AssertionError("unreachable: the last attempt returns or raises")

    async def _persistently(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call until the world is ready; when told to stop, let Retryable out so that the message comes again."""
        attempt = 0
        while True:
            try:
                return await call()
            except Retryable as e:
                attempt += 1
                if self._stop.is_set():
                    raise
                log.warning("not ready, waiting", attempt=attempt, reason=str(e))
                await self._sleep(attempt)

    async def _sleep(self, attempt: int) -> None:
        """Pause longer with each attempt, with jitter; end early when told to stop."""
        seconds = min(LONGEST_PAUSE, self._pause * 2 ** (attempt - 1)) * random.uniform(0.5, 1.0)  # noqa: S311
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    async def _keep(self, message: Message, failure: "_GivenUp") -> None:
        """Send the dead letter; of a message too large to travel in one, a letter that says where it still is."""
        letter = self._dead_letter(message, failure)
        try:
            await self._persistently(partial(self._bus.publish, encode(dead_letter_event(letter, self._clock))))
        except Poison:
            brief = _without_message(letter, message)
            await self._persistently(partial(self._bus.publish, encode(dead_letter_event(brief, self._clock))))

    def _dead_letter(self, message: Message, failure: "_GivenUp") -> DeadLetter:
        return DeadLetter(
            report_id=message.key,
            service=self._service,
            reason=failure.reason,
            error=type(failure.cause).__name__,
            attempts=failure.attempts,
            failed_at=self._clock(),
            topic=message.topic,
            key=message.key,
            headers=dict(message.headers),
            value=base64.b64encode(message.value).decode(),
        )


def dead_letter_event(data: DeadLetter, clock: Clock) -> Event:
    """The event that keeps a failed item; the same failure of the same message has the same id."""
    parts = (data.service, data.topic, data.headers.get("ce_id", data.value[:64]))
    return make_event(
        "dead-letter", data, service=data.service, subject=data.report_id, parts=parts, time=clock(), lane="live"
    )


def _without_message(letter: DeadLetter, message: Message) -> DeadLetter:
    advice = (
        f"; the message of {len(message.value)} bytes is too large for a dead letter and stays on {message.topic} for "
        f"{RETENTION.days} days: mend the cause, hand the document in again, then drop this letter"
    )
    named = {"ce_id": message.headers.get("ce_id", "")[:100] or version_of(message.value)}
    return letter.model_copy(update={"reason": letter.reason[:2000] + advice, "headers": named, "value": ""})


class _GivenUp(Exception):
    """The message cannot be handled: why, and after how many attempts."""

    def __init__(self, reason: str, cause: Exception, attempts: int) -> None:
        super().__init__(reason)
        self.reason, self.cause, self.attempts = reason, cause, attempts
