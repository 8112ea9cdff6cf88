"""Silence is an alarm: what is wrong with a source, from its state alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from shushuo_ingest.sources import Source
from shushuo_ingest.watch.tables import SourceState

FAILURES = 3
GRACE = timedelta(minutes=15)
KEPT_COUNTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing that is wrong (failing, overdue, silent, zero, count, drop), and what an operator should know of it."""

    kind: str
    message: str


def counts_of(state: SourceState) -> list[int]:
    """How many entries the last looks listed, oldest first."""
    return [int(count) for count in state.counts.split(",") if count]


def with_count(state: SourceState, count: int) -> str:
    """The counts with one more, the oldest forgotten."""
    return ",".join(str(kept) for kept in [*counts_of(state), count][-KEPT_COUNTS:])


def alarms(source: Source, state: SourceState | None, *, now: datetime, since: datetime) -> tuple[Alarm, ...]:
    """Everything that is wrong with the source; ``since`` is when watching began."""
    found = (_failing(state), _overdue(source, state, now, since), _silent(source, state, now, since))
    return tuple(alarm for alarm in (*found, _count(source, state), _drop(state)) if alarm)


def _failing(state: SourceState | None) -> Alarm | None:
    if state is None or state.failures < FAILURES:
        return None
    return Alarm(
        kind="failing", message=f"{state.failures} looks failed since {state.failing_since:%F %R}: {state.reason}"
    )


def _overdue(source: Source, state: SourceState | None, now: datetime, since: datetime) -> Alarm | None:
    last = max(since, state.last_good) if state and state.last_good else since
    if now - last <= source.every * 3 + GRACE:
        return None
    return Alarm(kind="overdue", message=f"no good look since {last:%F %R}; one is due every {source.every}")


def _silent(source: Source, state: SourceState | None, now: datetime, since: datetime) -> Alarm | None:
    last = state.last_new if state and state.last_new else since
    if source.expect_every is None or now - last <= source.expect_every:
        return None
    return Alarm(
        kind="silent", message=f"nothing new since {last:%F %R}; expected at least every {source.expect_every}"
    )


def _count(source: Source, state: SourceState | None) -> Alarm | None:
    counts = counts_of(state) if state else []
    if counts and not counts[-1] and not source.may_be_empty:
        return Alarm(kind="zero", message="nothing listed")
    if source.expect_count is None or not counts:
        return None
    least, most = source.expect_count
    if least <= counts[-1] <= most:
        return None
    return Alarm(kind="count", message=f"{counts[-1]} entries listed; expected {least} to {most}")


def _drop(state: SourceState | None) -> Alarm | None:
    counts = counts_of(state) if state else []
    usual = median(counts[:-1]) if len(counts) > 1 else 0
    if usual < 4 or counts[-1] > usual / 2:
        return None
    return Alarm(kind="drop", message=f"{counts[-1]} entries listed; usually {usual:.0f}")
