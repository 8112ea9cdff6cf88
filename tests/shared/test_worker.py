"""Every message ends as done or in the dead letters; nothing is dropped, and the world being away is no failure."""

import asyncio
import base64
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
import structlog

from shushuo_shared.bus import Message
from shushuo_shared.codec import Event, decode, encode
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.events import DeadLetter
from shushuo_shared.testing import RecordingBus
from shushuo_shared.worker import Handle, Worker, tell
from tests.shared.test_codec import raw_event

NOW = datetime(2026, 2, 6, 9, 30, tzinfo=UTC)


class Published:
    """A publisher that remembers; the first ``failures`` calls fail as an absent broker does."""

    def __init__(self, failures: int = 0) -> None:
        self.messages: list[Message] = []
        self.failures = failures

    async def publish(self, message: Message) -> None:
        if self.failures:
            self.failures -= 1
            raise Retryable("broker away")
        self.messages.append(message)

    def letters(self) -> list[DeadLetter]:
        events = [decode(m) for m in self.messages if m.topic == "shushuo.dead-letters"]
        return [e.data for e in events if isinstance(e.data, DeadLetter)]


def worker(bus: Published, handle: Handle, stop: asyncio.Event | None = None) -> Worker:
    return Worker(
        service="extract",
        bus=bus,  # type: ignore[arg-type]
        handle=handle,
        stop=stop or asyncio.Event(),
        clock=lambda: NOW,
        pause=0.001,
    )


def failing(times: int, error: Callable[[], Exception], then: Sequence[Event] = ()) -> Handle:
    calls = iter(range(times))

    async def handle(_: Event) -> Sequence[Event]:
        if next(calls, None) is not None:
            raise error()
        return then

    return handle


async def test_what_follows_from_an_event_is_published() -> None:
    bus = Published()
    await worker(bus, failing(0, Exception, then=[raw_event("下一步")]))(encode(raw_event()))
    assert [m.topic for m in bus.messages] == ["shushuo.reports.raw"]


async def test_poison_is_kept_whole_with_its_reason_at_once() -> None:
    bus = Published()
    message = encode(raw_event())
    await worker(bus, failing(9, lambda: Poison("no text in it")))(message)
    [letter] = bus.letters()
    assert (letter.reason, letter.attempts, letter.service) == ("no text in it", 1, "extract")
    assert letter.topic == message.topic
    assert letter.headers == message.headers
    assert base64.b64decode(letter.value) == message.value


async def test_a_failing_handler_is_tried_three_times_and_then_kept() -> None:
    bus = Published()
    await worker(bus, failing(9, lambda: ZeroDivisionError("oops")))(encode(raw_event()))
    [letter] = bus.letters()
    assert (letter.reason, letter.error, letter.attempts) == ("ZeroDivisionError: oops", "ZeroDivisionError", 3)


async def test_a_handler_that_recovers_leaves_no_dead_letter() -> None:
    bus = Published()
    await worker(bus, failing(2, ZeroDivisionError, then=[raw_event()]))(encode(raw_event()))
    assert bus.letters() == []
    assert len(bus.messages) == 1


async def test_the_world_being_away_is_waited_for_however_long() -> None:
    bus = Published(failures=8)
    await worker(bus, failing(7, lambda: Retryable("database away"), then=[raw_event()]))(encode(raw_event()))
    assert bus.letters() == []
    assert len(bus.messages) == 1


async def test_told_to_stop_while_the_world_is_away_it_leaves_the_message_for_later() -> None:
    stop = asyncio.Event()
    stop.set()
    with pytest.raises(Retryable):
        await worker(Published(), failing(9, lambda: Retryable("away")), stop)(encode(raw_event()))


async def test_what_is_no_event_goes_to_the_dead_letters() -> None:
    bus = Published()
    await worker(bus, failing(0, Exception))(Message(topic="shushuo.reports.raw", key="r9", value=b"?", headers={}))
    [letter] = bus.letters()
    assert letter.report_id == "r9"
    assert "not a CloudEvent" in letter.reason


async def test_a_message_too_large_for_a_letter_stops_nothing_and_its_letter_says_where_it_is() -> None:
    bus = RecordingBus()
    message = Message(topic="shushuo.reports.raw", key="r9", value=b"?" * 900_000, headers={"ce_id": "e1"})
    handle = failing(0, Exception)
    await Worker(service="extract", bus=bus, handle=handle, stop=asyncio.Event(), clock=lambda: NOW)(message)
    [letter] = [decode(kept).data for kept in bus.published]
    assert isinstance(letter, DeadLetter)
    assert (letter.report_id, letter.topic, letter.headers, letter.value) == ("r9", message.topic, {"ce_id": "e1"}, "")
    assert letter.reason.startswith("not a CloudEvent")
    assert "900000 bytes" in letter.reason
    assert "hand the document in again" in letter.reason


async def test_each_event_leaves_one_canonical_line() -> None:
    with structlog.testing.capture_logs() as lines:
        await worker(Published(), failing(0, Exception))(encode(raw_event()))
    [line] = [line for line in lines if line["event"] == "handled"]
    assert line["outcome"] == "done"
    assert line["duration_ms"] >= 0


async def test_what_the_handler_tells_stands_in_that_line() -> None:
    async def handle(event: Event) -> Sequence[Event]:
        tell(figures=7)
        return ()

    with structlog.testing.capture_logs() as lines:
        await worker(Published(), handle)(encode(raw_event()))
    assert [line["figures"] for line in lines] == [7]
