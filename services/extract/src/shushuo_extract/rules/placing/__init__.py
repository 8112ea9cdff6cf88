"""Whose each figure is, and of when: from its own sentence first, then its paragraph, then the report."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shushuo_extract.engine.titled import told_below
from shushuo_extract.engine.types import Bound, Document, Placing, Sentence
from shushuo_extract.rules import organs
from shushuo_extract.rules.periods import Clock, Interval, parse, whens, years
from shushuo_extract.rules.placing.governing import (
    COMPARED,
    TURNS,
    YEAR_OF_MONTHS,
    Setting,
    Times,
    of_comparison,
    period_told,
    says_nothing,
    turned_from,
)
from shushuo_extract.rules.placing.headed import Headed
from shushuo_extract.rules.placing.tables import owner_named, period_named
from shushuo_shared.report import Meta

_ATTENDED = ("会议应出席", "会议应到", "大会应出席", "大会应到")
_OFTEN = 3
_EVENT_REACH = 60
_LEAD = 16
_PARAGRAPH = 1500
_FAR = 1000


def place(doc: Document, bounds: Sequence[Bound], meta: Meta) -> list[Placing]:
    """A placing for each bound; a change is placed with the metric that changed."""
    home = organs.home_of(tuple(meta.organs), meta.region)
    clock = clock_of(meta)
    times = Times(whens(doc.view))
    ownership = organs.ownership(doc.view, home)
    setting = Setting(doc, ownership, clock, times, Headed(doc, clock))
    own: list[Placing] = []
    passage = None
    for bound in bounds:
        sentence = doc.sentences[bound.amount.sentence]
        if passage is None or passage.start != sentence.start:
            passage = _passage(setting, sentence)
            follows = own and bounds[len(own) - 1].amount.sentence == bound.amount.sentence - 1
            if follows and not passage.is_dated and doc.view.startswith("其中，", sentence.start):
                passage = _going_on(passage, own[-1])
        own.append(_own(setting, passage, bound))
    for above, below in told_below(doc, bounds).items():
        own[above] = own[below]
    own = _with_same_ends(doc, bounds, _compared_throughout(bounds, own, clock))
    return [
        placing if bound.of is None else _as_its_metric(setting, bounds[bound.of], bound, own[bound.of])
        for bound, placing in zip(bounds, own, strict=True)
    ]


class _Passage(NamedTuple):
    """A sentence: whether words of time stand in it, and the interval of its figures that none of these governs."""

    start: int
    is_dated: bool
    span: Interval | None
    iso: str | None
    rule: str


def _passage(setting: Setting, sentence: Sentence) -> _Passage:
    """A sentence with the interval that its paragraph, its section or the report gives it."""
    start, whole = sentence.start, setting.clock.whole
    is_dated = setting.times.any_between(start, sentence.end)
    span, rule = _carried(setting.doc, start, setting.clock, setting.times)
    if setting.clock.now and setting.doc.view.startswith(_ATTENDED, start):
        span, rule = years(setting.clock.now), "period: the session's"
    if span is None:
        span, rule = setting.headed.at(start), "period: the section's"
    if span is None:
        span, rule = whole, "period: the report's"
    return _Passage(start, is_dated, span, span.iso() if span else None, rule)


def _going_on(passage: _Passage, before: Placing) -> _Passage:
    """A sentence that 其中 opens is of when the last figure of the sentence before is."""
    span = parse(before.period) if before.period else None
    return passage._replace(span=span, iso=before.period, rule="period: the sentence's before") if span else passage


def _compared_throughout(bounds: Sequence[Bound], own: Sequence[Placing], clock: Clock) -> list[Placing]:
    """The placings; where 同比 mostly compares the report's years with as many before, it does so everywhere."""
    whole = clock.whole.iso() if clock.whole else None
    linked = [own[bound.of].period == whole for bound in bounds if bound.of is not None and bound.basis == "yoy"]
    if len(linked) < _OFTEN or 2 * sum(linked) <= len(linked):
        return list(own)
    return [one._replace(period=whole) if one.rule.endswith(COMPARED) else one for one in own]


def _with_same_ends(doc: Document, bounds: Sequence[Bound], own: Sequence[Placing]) -> list[Placing]:
    """The placings; 由A升至B without years is of the years of the pair before it (从2018年的A降至2022年的B；…)."""
    placed, ends, sentence = list(own), None, -1
    for at in range(len(bounds) - 1):
        amount, after = bounds[at].amount, bounds[at + 1]
        begins = doc.view.startswith(("从", "由"), amount.start - 1)
        tells = ends and sentence == amount.sentence if begins else own[at].period != own[at + 1].period
        if not tells or after.role != "metric" or not TURNS.match(doc.view, amount.end, after.amount.start):
            continue
        if begins and ends:
            placed[at], placed[at + 1] = (
                one._replace(period=end) for one, end in zip(own[at : at + 2], ends, strict=True)
            )
        else:
            ends, sentence = (own[at].period, own[at + 1].period), amount.sentence
    return placed


def _as_its_metric(setting: Setting, metric: Bound, change: Bound, placing: Placing) -> Placing:
    """The placing of a change's metric, or of the year that is told between them of the change (2022年同比下降)."""
    start, end = metric.amount.end, change.amount.start
    between = setting.times.between(start, end) if start < end <= start + _EVENT_REACH else ()
    year = of_comparison(setting.doc, between) if between else None
    span = year.interval(setting.clock) if year else None
    return placing._replace(period=span.iso(), rule=f"{placing.rule}, of a year") if span else placing


def clock_of(meta: Meta) -> Clock:
    """What relative words of a report with this meta count from."""
    whole = parse(meta.period) if meta.period else None
    if meta.published:
        year, month = meta.published.split("-")[:2]
        return Clock(int(year), whole, (int(year), int(month)))
    if whole is None:
        return Clock()
    return Clock(whole.hi[0] + (whole.hi[1] == YEAR_OF_MONTHS), whole)


def _own(setting: Setting, passage: _Passage, bound: Bound) -> Placing:
    """The placing by the figure's own surroundings."""
    doc, ownership, clock, times, _ = setting
    start = bound.amount.start
    first, is_dated, span, iso, by_period = passage
    if cell := bound.amount.tabled:
        organ, by_organ = owner_named(cell, ownership) or ownership.owner(first, first)
        iso, by_period = period_named(cell, doc.view, times.between, clock) or (iso, by_period)
        return Placing(organ.name if organ else None, iso, f"{by_organ} + {by_period}")
    organ, by_organ = ownership.owner(first, start)
    if is_dated or bound.role == "change":
        inside = times.between(max(first, start - _FAR), start) if is_dated else ()
        told, rule = period_told(setting, bound, inside)
        span, iso, by_period = (told, told.iso(), rule) if told else (span, iso, by_period)
    before = turned_from(doc, bound, span) if span and doc.view[start - 1 : start] in ("从", "由") else None
    if before:
        iso, by_period = before.iso(), f"{by_period}, before the change"
    return Placing(organ.name if organ else None, iso, f"{by_organ} + {by_period}")


def _carried(doc: Document, start: int, clock: Clock, times: Times) -> tuple[Interval | None, str]:
    """The interval that the paragraph's opening words set for all of it, in a report on several years."""
    if not clock.whole or clock.whole.months <= YEAR_OF_MONTHS:
        return None, ""
    opening = doc.view.rfind("\n", max(0, start - _PARAGRAPH), start) + 1
    lead = times.between(opening, min(opening + _LEAD, start - 1))
    if lead and re.search("。|其中", doc.view[opening : lead[0].start]):
        return None, ""
    later = [when for when in times.between(opening + _LEAD + 1, start) if not says_nothing(when, clock)]
    if lead and lead[0].part in ("year", "span") and lead[0].opens and not later:
        span = lead[0].interval(clock)
        return span, f"{lead[0].rule.name}, carried"
    return None, ""
