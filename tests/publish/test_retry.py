"""The published retry table, and what each answer means, by a clock that is an argument."""

from datetime import UTC, datetime, timedelta

import pytest

from shushuo_publish.webhooks import retry
from shushuo_publish.webhooks.retry import Answer, next_attempt, rest, should_pause

NOON = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
TABLE = ["0:00:05", "0:05:00", "0:30:00", "2:00:00", "5:00:00", "10:00:00", "14:00:00", "20:00:00", "1 day, 0:00:00"]


def answer(status: int | None, retry_after: str | None = None) -> Answer:
    return Answer(at=NOON, duration_ms=5, status=status, retry_after=retry_after)


def test_the_pauses_are_those_of_the_published_table() -> None:
    pauses = [next_attempt(made, NOON, 0.0) - NOON for made in range(1, 10)]  # type: ignore[operator]
    assert list(map(str, pauses)) == TABLE
    assert next_attempt(10, NOON, 0.0) is None


def test_the_table_in_the_documentation_is_the_one_that_runs() -> None:
    rows = [line.split("|")[2].strip() for line in (retry.__doc__ or "").splitlines() if line.startswith("| ")]
    assert rows[2:12] == ["at once", "5 s", "5 min", "30 min", "2 h", "5 h", "10 h", "14 h", "20 h", "24 h"]


@pytest.mark.parametrize("dice", [0.0, 0.5, 0.999])
def test_attempts_go_on_for_at_least_72_hours_whatever_the_dice_say(dice: float) -> None:
    at, made = NOON, 1
    while (following := next_attempt(made, at, dice)) is not None:
        assert following > at
        at, made = following, made + 1
    assert made == 10
    assert timedelta(hours=72) <= at - NOON <= timedelta(hours=91)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ((429, "120"), 120),
        ((503, "Tue, 20 Jan 2026 12:10:00 GMT"), 600),
        ((429, None), 60),
        ((502, None), 60),
        ((504, None), 60),
        ((500, "300"), 300),
        ((429, "1"), 60),
        ((429, "99999999999"), 86400),
        ((503, "Tue, 20 Jan 2026 11:00:00 GMT"), 60),
        ((503, "soon"), 60),
    ],
)
def test_a_receiver_that_asks_for_rest_gets_it(given: tuple[int, str | None], seconds: int) -> None:
    assert rest(answer(*given)) == NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize("status", [None, 301, 400, 404, 500])
def test_other_failures_do_not_silence_the_endpoint(status: int | None) -> None:
    assert rest(answer(status)) is None


@pytest.mark.parametrize(
    ("status", "ok"), [(200, True), (204, True), (299, True), (199, False), (301, False), (410, False), (None, False)]
)
def test_only_2xx_is_success(status: int | None, ok: bool) -> None:
    assert answer(status).ok is ok


def test_an_endpoint_is_paused_only_after_many_events_and_a_day() -> None:
    day = timedelta(hours=24)
    assert should_pause(failing_since=NOON - day, last_success_at=None, failed=10, now=NOON)
    assert not should_pause(failing_since=NOON - day, last_success_at=None, failed=9, now=NOON)
    assert not should_pause(failing_since=NOON - day / 2, last_success_at=None, failed=500, now=NOON)
    assert not should_pause(failing_since=None, last_success_at=NOON, failed=0, now=NOON)
