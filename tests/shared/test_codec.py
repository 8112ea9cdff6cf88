"""An event survives the way through a message, and what is no event of ours is refused with its reason."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shushuo_shared.bus import Message
from shushuo_shared.codec import Event, decode, encode, make_event
from shushuo_shared.errors import Poison
from shushuo_shared.events import RawReport, SourceRef
from shushuo_shared.topics import Lane

NOW = datetime(2026, 2, 6, 9, 30, tzinfo=UTC)


def raw_event(text: str = "审结案件12件。", lane: Lane = "live") -> Event:
    source = SourceRef(name="upload", kind="upload", address="a.txt")
    data = RawReport(report_id="r1", version="v1", source=source, text=text, fetched_at=NOW)
    return make_event("report.raw", data, service="ingest", subject="r1", parts=("1", "v1"), time=NOW, lane=lane)


def test_an_event_comes_back_as_it_was_sent() -> None:
    assert decode(encode(raw_event())) == raw_event()


def test_the_message_is_a_cloud_event_in_binary_mode() -> None:
    message = encode(raw_event())
    assert message.topic == "shushuo.reports.raw"
    assert message.key == "r1"
    assert message.headers["ce_specversion"] == "1.0"
    assert message.headers["ce_type"] == "report.raw"
    assert message.headers["content-type"] == "application/json"


def test_history_travels_on_its_own_topic() -> None:
    message = encode(raw_event(lane="backfill"))
    assert message.topic == "shushuo.reports.raw.backfill"
    assert decode(message).lane == "backfill"


def test_the_same_step_makes_the_same_event_id() -> None:
    assert raw_event().id == raw_event(text="other words").id


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda m: replace(m, headers={}), "not a CloudEvent"),
        (lambda m: replace(m, headers={**m.headers, "ce_type": "report.eaten"}), "unknown event type 'report.eaten'"),
        (lambda m: replace(m, value=b"{}"), "report_id: Field required"),
        (lambda m: replace(m, value=b"\xff\x00"), "does not fit its schema"),
        (lambda m: replace(m, headers={**m.headers, "ce_time": "yesterday"}), "no ISO 8601 time"),
    ],
    ids=["no headers", "unknown type", "empty object", "not JSON", "no time"],
)
def test_what_is_no_event_is_refused_with_its_reason(damage: object, reason: str) -> None:
    message: Message = damage(encode(raw_event()))  # type: ignore[operator]
    with pytest.raises(Poison, match=reason):
        decode(message)


def test_a_field_added_by_a_newer_release_is_ignored() -> None:
    message = encode(raw_event())
    newer = replace(message, value=message.value.replace(b"{", b'{"mood":"good",', 1))
    assert decode(newer) == raw_event()
