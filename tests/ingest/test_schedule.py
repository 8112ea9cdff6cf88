"""No source dies and none is hammered: the times of the next looks, on a stopped clock."""

import random
from datetime import UTC, datetime, timedelta

from shushuo_ingest.watch.schedule import after_failure, after_success, may_ask_conditionally

NOON = datetime(2025, 1, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def pause(failures: int, *, for_days: float = 0, retry_after: timedelta | None = None) -> timedelta:
    since = NOON - timedelta(days=for_days)
    chance = random.Random(7)
    given = {"failures": failures, "failing_since": since, "every": HOUR, "retry_after": retry_after}
    return after_failure(NOON, **given, chance=chance) - NOON


def test_good_source_is_looked_at_at_its_own_pace_with_jitter() -> None:
    pauses = {after_success(NOON, HOUR, random.Random(seed)) - NOON for seed in range(50)}

    assert len(pauses) > 40
    assert all(timedelta(minutes=57) <= found <= timedelta(minutes=63) for found in pauses)


def test_failing_source_is_tried_later_and_later() -> None:
    pauses = [pause(failures) for failures in range(1, 8)]

    assert pauses == sorted(pauses)
    assert pauses[0] <= timedelta(minutes=1)


def test_pause_never_exceeds_a_day_in_the_first_week() -> None:
    assert all(pause(failures, for_days=6.9) <= timedelta(days=1) for failures in range(1, 200))


def test_source_that_failed_for_a_year_is_still_tried_weekly() -> None:
    assert timedelta(days=6) < pause(400, for_days=365) <= timedelta(days=7)


def test_retry_after_is_never_undercut() -> None:
    assert pause(1, retry_after=timedelta(hours=5)) == timedelta(hours=5)


def test_every_tenth_look_is_a_full_one() -> None:
    assert [look for look in range(30) if not may_ask_conditionally(look)] == [9, 19, 29]
