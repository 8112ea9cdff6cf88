"""Whose each figure is, and of when: from its own sentence first, then its paragraph, then the report."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from shushuo_extract.engine.titled import told_below
from shushuo_extract.engine.types import Bound, Document, Placing
from shushuo_extract.rules import organs
from shushuo_extract.rules.organs import Owned
from shushuo_extract.rules.periods import Clock, Interval, When, parse, whens
from shushuo_extract.rules.placing.governing import (
    COMPARED,
    TURNS,
    YEAR_OF_MONTHS,
    Setting,
    Times,
    Told,
    of_comparison,
    period_told,
    turned_from,
)
from shushuo_extract.rules.placing.passages import Passage, Passages
from shushuo_extract.rules.placing.tables import owner_named, period_named
from shushuo_shared.report import Meta

_OFTEN = 3
_EVENT_REACH = 60
_FAR = 1000
_LAST_MONTHS = 10


def place(doc: Document, bounds: Sequence[Bound], meta: Meta) -> list[Placing]:
    """A placing for each bound; a change is placed with the metric that changed."""
    home = organs.home_of(tuple(meta.organs), meta.region)
    found = whens(doc.view)
    clock = clock_of(meta, found)
    times = Times(found, clock)
    ownership = organs.ownership(doc.view, home)
    setting = Setting(doc, ownership, clock, times)
    passages, shared = Passages(doc, clock, times), _Shared()
    own: list[Placing] = []
    passage, last = None, -1
    for bound in bounds:
        at = bound.amount.sentence
        if passage is None or at != last:
            passage = passages.of(at)
            if at == last + 1 and own and not passage.is_dated and doc.view.startswith("其中，", passage.start):
                passage = passage.going_on(own[-1])
            last = at
        own.append(shared.of(*_own(setting, passage, bound)))
    for above, below in told_below(doc, bounds).items():
        own[above] = own[below]
    own = _with_same_ends(doc, bounds, _compared_throughout(bounds, own, clock))
    return [
        placing if bound.of is None else _as_its_metric(setting, bounds[bound.of], bound, own[bound.of])
        for bound, placing in zip(bounds, own, strict=True)
    ]


class _Shared:
    """The placing that figures one after another share which are of the same organ and interval."""

    def __init__(self) -> None:
        self._owned: Owned | None = None
        self._told: Told | None = None
        self._placing = Placing(None, None)

    def of(self, owned: Owned, told: Told) -> Placing:
        """The placing of an organ's figure of an interval."""
        if owned is not self._owned or told is not self._told:
            (organ, by_organ), (_, iso, by_period) = self._owned, self._told = owned, told
            self._placing = Placing(organ.name if organ else None, iso, f"{by_organ} + {by_period}")
        return self._placing


def _compared_throughout(bounds: Sequence[Bound], own: Sequence[Placing], clock: Clock) -> list[Placing]:
    """The placings; where 同比 mostly compares the report's years with as many before, it does so everywhere."""
    whole = clock.whole.iso() if clock.whole else None
    linked = [own[bound.of].period == whole for bound in bounds if bound.of is not None and bound.basis == "yoy"]
    if len(linked) < _OFTEN or 2 * sum(linked) <= len(linked):
        return list(own)
    return [replace(one, period=whole) if one.rule.endswith(COMPARED) else one for one in own]


def _with_same_ends(doc: Document, bounds: Sequence[Bound], own: Sequence[Placing]) -> list[Placing]:
    """The placings; 由A升至B without years is of the years of the pair before it (从2018年的A降至2022年的B；…)."""
    placed, ends, sentence = list(own), None, -1
    for at, (one, other) in enumerate(pairwise(own)):
        if not ends and one.period == other.period:
            continue
        amount, after = bounds[at].amount, bounds[at + 1]
        begins = doc.view.startswith(("从", "由"), amount.start - 1)
        tells = sentence == amount.sentence if begins and ends else not begins and one.period != other.period
        if not tells or after.role != "metric" or not TURNS.match(doc.view, amount.end, after.amount.start):
            continue
        if begins and ends:
            placed[at], placed[at + 1] = replace(one, period=ends[0]), replace(other, period=ends[1])
        else:
            ends, sentence = (one.period, other.period), amount.sentence
    return placed


def _as_its_metric(setting: Setting, metric: Bound, change: Bound, placing: Placing) -> Placing:
    """The placing of a change's metric, or of the year that is told between them of the change (2022年同比下降)."""
    start, end = metric.amount.end, change.amount.start
    between = setting.times.between(start, end) if start < end <= start + _EVENT_REACH else ()
    year = of_comparison(setting.doc, between) if between else None
    span = year.interval(setting.clock) if year else None
    return replace(placing, period=span.iso(), rule=f"{placing.rule}, of a year") if span else placing


def clock_of(meta: Meta, told: Sequence[When]) -> Clock:
    """What relative words of a report with this meta, and with these words of time, count from."""
    whole = parse(meta.period) if meta.period else None
    if meta.published:
        year, month = meta.published.split("-")[:2]
        return Clock(int(year), whole, (int(year), int(month)))
    if whole is None:
        return Clock()
    is_over = whole.hi[1] == YEAR_OF_MONTHS and not any(_nearly_ends(when, whole) for when in told)
    return Clock(whole.hi[0] + is_over, whole)


def _nearly_ends(when: When, whole: Interval) -> bool:
    """Whether words count the months of 今年 to its last ones: so is a year told that a report of it looks back on."""
    if when.part != "span" or not when.relative or when.match["y"] != "今":
        return False
    span = when.interval(Clock(whole.hi[0]))
    return span is not None and span.hi[1] >= _LAST_MONTHS


def _own(setting: Setting, passage: Passage, bound: Bound) -> tuple[Owned, Told]:
    """Whose the figure is and of when, by its own surroundings."""
    doc, ownership, clock, times = setting
    start = bound.amount.start
    first, is_dated, told = passage
    if cell := bound.amount.tabled:
        owned = owner_named(cell, ownership) or ownership.owner(first, first)
        return owned, period_named(cell, doc.view, times.between, clock) or told
    inside = times.between(max(first, start - _FAR), start) if is_dated else ()
    if is_dated or bound.role == "change":
        told = period_told(setting, bound, inside) or told
    before = (
        turned_from(doc, bound, told.span, inside)
        if told.span and doc.view[start - 1 : start] in ("从", "由")
        else None
    )
    if before:
        told = Told(before, before.iso(), f"{told.rule}, before the change")
    return ownership.owner(first, start), told
