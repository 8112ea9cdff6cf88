"""Silence is an alarm: overdue, zero, a drop by half, nothing new for too long."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shushuo_ingest.sources_file import read_sources
from shushuo_ingest.watch.alarms import Known, alarms
from shushuo_ingest.watch.tables import SourceState

NOON = datetime(2025, 1, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LIST = """
[[source]]
name = "a"
kind = "list"
url = "https://a.cn/"
items = "li"
expect_every = "30d"
expect_count = [5, 40]
"""
(SOURCE,) = read_sources(LIST).sources


def known(**given: Any) -> Known:
    """A source in good health, but for what is given."""
    told = {name: given.pop(name, None) for name in ("newest", "documents_failing_since")}
    healthy = {"name": "a", "since": NOON - 90 * DAY, "next_look": NOON, "last_good": NOON, "counts": "20,20,20"}
    return Known(
        state=SourceState(**{**healthy, **given}),
        since=NOON,
        newest=told["newest"] or NOON,
        failing_since=told["documents_failing_since"],
    )


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({}, set()),
        ({"last_good": NOON - timedelta(hours=4)}, {"overdue"}),
        ({"newest": NOON - 31 * DAY}, {"silent"}),
        ({"documents_failing_since": NOON - 2 * DAY}, {"stuck"}),
        ({"counts": "20,20,20,0"}, {"zero", "drop"}),
        ({"counts": "20,20,20,9"}, {"drop"}),
        ({"counts": "6,6,6,4"}, {"count"}),
        ({"counts": "30,30,41"}, {"count"}),
        ({"failures": 3, "failing_since": NOON, "reason": "answered 500"}, {"failing"}),
        ({"failures": 2, "failing_since": NOON}, set()),
    ],
)
def test_what_is_wrong_is_an_alarm(given: dict[str, Any], kinds: set[str]) -> None:
    found = alarms(SOURCE, known(**given), now=NOON)

    assert {alarm.kind for alarm in found} == kinds


def test_alarm_says_since_when_and_what_was_expected() -> None:
    (alarm,) = alarms(SOURCE, known(newest=NOON - 31 * DAY), now=NOON)

    assert alarm.message == "nothing new since 2024-12-20 12:00 UTC; expected at least every 30d"


def test_source_that_was_never_looked_at_becomes_overdue() -> None:
    found = alarms(SOURCE, Known(state=None, since=NOON - timedelta(hours=4)), now=NOON)

    assert [alarm.kind for alarm in found] == ["overdue"]


def test_source_that_never_gave_anything_is_silent_however_often_ingest_was_started_anew() -> None:
    state = SourceState(name="a", since=NOON - 31 * DAY, next_look=NOON, last_good=NOON)

    assert [alarm.kind for alarm in alarms(SOURCE, Known(state=state, since=NOON), now=NOON)] == ["silent"]
