"""Silence is an alarm: what is wrong with a source, from what is known of it alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from shushuo_ingest.sources import Source
from shushuo_ingest.sources.durations import spell_duration
from shushuo_ingest.watch.tables import SourceState

FAILURES = 3
GRACE = timedelta(minutes=15)
KEPT_COUNTS = 10
STUCK = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing that is wrong (failing, overdue, silent, stuck, zero, count, drop), and what to know of it."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A source's state, since when it is watched, its newest report, and since when a document cannot be had."""

    state: SourceState | None
    since: datetime
    newest: datetime | None = None
    failing_since: datetime | None = None


def counts_of(state: SourceState) -> list[int]:
    """How many entries the last looks listed, oldest first."""
    return [int(count) for count in state.counts.split(",") if count]


def with_count(state: SourceState, count: int) -> str:
    """The counts with one more, the oldest forgotten."""
    return ",".join(str(kept) for kept in [*counts_of(state), count][-KEPT_COUNTS:])


def alarms(source: Source, known: Known, *, now: datetime) -> tuple[Alarm, ...]:
    """Everything that is wrong with the source."""
    state = known.state
    counts = counts_of(state) if state else []
    found = (_failing(state), _overdue(source, known, now), _silent(source, known, now), _stuck(source, known, now))
    return tuple(alarm for alarm in (*found, _count(source, counts), _drop(counts)) if alarm)


def _failing(state: SourceState | None) -> Alarm | None:
    if state is None or state.failures < FAILURES or state.failing_since is None:
        return None
    message = f"{state.failures} looks failed since {_spell(state.failing_since)}: {state.reason}"
    return Alarm(kind="failing", message=message)


def _overdue(source: Source, known: Known, now: datetime) -> Alarm | None:
    last = known.state.last_good or known.state.since if known.state else known.since
    if now - last <= source.every * 3 + GRACE:
        return None
    every = spell_duration(source.every)
    return Alarm(kind="overdue", message=f"no good look since {_spell(last)}; one is due every {every}")


def _silent(source: Source, known: Known, now: datetime) -> Alarm | None:
    last = known.newest or (known.state.since if known.state else known.since)
    if source.expect_every is None or now - last <= source.expect_every:
        return None
    every = spell_duration(source.expect_every)
    return Alarm(kind="silent", message=f"nothing new since {_spell(last)}; expected at least every {every}")


def _stuck(source: Source, known: Known, now: datetime) -> Alarm | None:
    if known.failing_since is None or now - known.failing_since <= STUCK:
        return None
    why = f"why: shushuo sources poll {source.name}"
    return Alarm(kind="stuck", message=f"documents cannot be had since {_spell(known.failing_since)}; {why}")


def _count(source: Source, counts: list[int]) -> Alarm | None:
    if counts and not counts[-1] and not source.may_be_empty:
        return Alarm(kind="zero", message="nothing listed")
    if source.expect_count is None or not counts:
        return None
    least, most = source.expect_count
    if least <= counts[-1] <= most:
        return None
    return Alarm(kind="count", message=f"{counts[-1]} entries listed; expected {least} to {most}")


def _drop(counts: list[int]) -> Alarm | None:
    usual = median(counts[:-1]) if len(counts) > 1 else 0
    if usual < 4 or counts[-1] > usual / 2:
        return None
    return Alarm(kind="drop", message=f"{counts[-1]} entries listed; usually {usual:.0f}")


def _spell(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%F %R} UTC"
