"""Whose a table's numbers are and of when, where its header or labels name an organ or a time."""

import re
from collections.abc import Callable, Sequence

from shushuo_extract.engine.types import Tabled
from shushuo_extract.rules.organs import Owned, Ownership
from shushuo_extract.rules.periods import Clock, Interval, When, years
from shushuo_extract.rules.placing.governing import Told

_BARE_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def owner_named(told: Tabled, ownership: Ownership) -> Owned | None:
    """The organ named, if it is known, and the rule; None where the table names none."""
    return (ownership.named(*told.whose), "organ: named in the table") if told.whose else None


def period_named(told: Tabled, view: str, between: Callable[[int, int], Sequence[When]], clock: Clock) -> Told | None:
    """The interval from the first to the last time named, if all are certain, and the rule; None where none is.

    ``between`` gives the expressions of time that begin between two offsets.
    """
    if not told.whens:
        return None
    named = [_interval(view, cell, between(*cell), clock) for cell in told.whens]
    known = [one for one in named if one]
    whole = Interval(min(one.lo for one in known), max(one.hi for one in known)) if known else None
    span = _before(whole, told.years_back) if whole and len(known) == len(named) else None
    return Told(span, span.iso() if span else None, "period: named in the table")


def _before(span: Interval, back: int) -> Interval:
    """The same months so many years before."""
    return Interval((span.lo[0] - back, span.lo[1]), (span.hi[0] - back, span.hi[1]))


def _interval(view: str, cell: tuple[int, int], inside: Sequence[When], clock: Clock) -> Interval | None:
    """The interval that the words of a cell name, with the expressions that begin ``inside`` it."""
    start, end = cell
    within = [one for one in inside if one.end <= end]
    if within:
        return within[-1].interval(clock)
    bare = _BARE_YEAR.search(view, start, end)
    return years(int(bare[0])) if bare else None
