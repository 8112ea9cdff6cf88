"""Whose each figure is, and of when: from its own sentence first, then its paragraph, then the report."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from shushuo_extract.engine.types import Bound, Document, Placing, Sentence
from shushuo_extract.rules import organs
from shushuo_extract.rules.organs import Ownership
from shushuo_extract.rules.periods import Clock, Interval, When, parse, whens, years
from shushuo_extract.rules.placing.headed import Headed
from shushuo_extract.rules.placing.tables import owner_named, period_named
from shushuo_shared.report import Meta

_BASE_FIGURE = re.compile(r"(?:的|同期的?|全年的?)?(?:约|近|超)?\Z")
_LIST_OF_YEARS = re.compile(r"[、和]")
_STREAK = re.compile("连续[两二三四五六七八九十0-9]+年")
_BEGUN = re.compile(
    "[。；已共]|累计|目前|至今|以来|截至|成立|设立|启动|上线|挂牌|揭牌|组建|建立|建成|开展|部署|投入|运行|推行|试行|实施|制定|修订|会议|会上"
)
_TURNS = re.compile(
    "[^，。；、0-9]{0,4}?(?:上升|提高|提升|增加|增长|升高|下降|降低|下调|缩短|压缩|减少|减|增|升|降|扩大|精简|优化)[^，。；、0-9]{0,2}(?:至|到|为)"
)
_COMPARES = re.compile("同比|比|较|与")
_FOUNDING = re.compile("[^，。；\n]{0,16}(?:之初|成立时|设立时|成立当年)的?")
_COMPARED = "period: the last year, compared"
_OFTEN = 3
_EVENT_REACH = 60
_STREAK_REACH = 40
_LEAD = 16
_PARAGRAPH = 1500
_FAR = 1000
_RIGHT_AFTER = 6
_YEAR_OF_MONTHS = 12


class _Times:
    """The expressions of time of a text, found by where they begin."""

    def __init__(self, found: tuple[When, ...]) -> None:
        self._found = found
        self._starts = [when.start for when in found]

    def between(self, start: int, end: int) -> tuple[When, ...]:
        """Those that begin from ``start`` to ``end``, both included."""
        return self._found[bisect_left(self._starts, start) : bisect_right(self._starts, end)]

    def any_between(self, start: int, end: int) -> bool:
        """Whether there are any."""
        return bisect_left(self._starts, start) < bisect_right(self._starts, end)


def place(doc: Document, bounds: Sequence[Bound], meta: Meta) -> list[Placing]:
    """A placing for each bound; a change is placed with the metric that changed."""
    home = organs.home_of(tuple(meta.organs), meta.region)
    clock = clock_of(meta)
    times = _Times(whens(doc.view))
    ownership = organs.ownership(doc.view, home)
    setting = _Setting(doc, ownership, clock, times, Headed(doc, clock))
    own, passage = [], None
    for bound in bounds:
        sentence = doc.sentences[bound.amount.sentence]
        if passage is None or passage.start != sentence.start:
            passage = _passage(setting, sentence)
        own.append(_own(setting, passage, bound))
    own = _with_same_ends(doc, bounds, _compared_throughout(bounds, own, clock))
    return [
        placing if bound.of is None else _as_its_metric(setting, bounds[bound.of], bound, own[bound.of])
        for bound, placing in zip(bounds, own, strict=True)
    ]


class _Setting(NamedTuple):
    """What the placing of every figure of a text looks at."""

    doc: Document
    ownership: Ownership
    clock: Clock
    times: _Times
    headed: Headed


class _Passage(NamedTuple):
    """A sentence: whether words of time stand in it, and the interval of its figures that none of these governs."""

    start: int
    is_dated: bool
    span: Interval | None
    iso: str | None
    rule: str


def _passage(setting: _Setting, sentence: Sentence) -> _Passage:
    """A sentence with the interval that its paragraph, its section or the report gives it."""
    start, whole = sentence.start, setting.clock.whole
    is_dated = setting.times.any_between(start, sentence.end)
    span, rule = _carried(setting.doc, start, setting.clock, setting.times)
    if span is None:
        span, rule = setting.headed.at(start), "period: the section's"
    if span is None:
        span, rule = whole, "period: the report's"
    return _Passage(start, is_dated, span, span.iso() if span else None, rule)


def _compared_throughout(bounds: Sequence[Bound], own: Sequence[Placing], clock: Clock) -> list[Placing]:
    """The placings; where 同比 mostly compares the report's years with as many before, it does so everywhere."""
    whole = clock.whole.iso() if clock.whole else None
    linked = [own[bound.of].period == whole for bound in bounds if bound.of is not None and bound.basis == "yoy"]
    if len(linked) < _OFTEN or 2 * sum(linked) <= len(linked):
        return list(own)
    return [one._replace(period=whole) if one.rule.endswith(_COMPARED) else one for one in own]


def _with_same_ends(doc: Document, bounds: Sequence[Bound], own: Sequence[Placing]) -> list[Placing]:
    """The placings; 由A升至B without years is of the years of the pair before it (从2018年的A降至2022年的B；…)."""
    placed, ends, sentence = list(own), None, -1
    for at in range(len(bounds) - 1):
        amount, after = bounds[at].amount, bounds[at + 1]
        begins = doc.view.startswith(("从", "由"), amount.start - 1)
        tells = ends and sentence == amount.sentence if begins else own[at].period != own[at + 1].period
        if not tells or after.role != "metric" or not _TURNS.match(doc.view, amount.end, after.amount.start):
            continue
        if begins and ends:
            placed[at], placed[at + 1] = (
                one._replace(period=end) for one, end in zip(own[at : at + 2], ends, strict=True)
            )
        else:
            ends, sentence = (own[at].period, own[at + 1].period), amount.sentence
    return placed


def _as_its_metric(setting: _Setting, metric: Bound, change: Bound, placing: Placing) -> Placing:
    """The placing of a change's metric, or of the year that is told between them of the change (2022年同比下降)."""
    start, end = metric.amount.end, change.amount.start
    between = setting.times.between(start, end) if start < end <= start + _EVENT_REACH else ()
    year = _of_comparison(setting.doc, between) if between else None
    span = year.interval(setting.clock) if year else None
    return placing._replace(period=span.iso(), rule=f"{placing.rule}, of a year") if span else placing


def _of_comparison(doc: Document, told: Sequence[When]) -> When | None:
    """The year that is compared with another (2012年比2008年, 2022年同比)."""
    years_told = (when for when in told if when.part == "year" and when.opens)
    return next((when for when in years_told if _COMPARES.match(doc.view, when.end)), None)


def clock_of(meta: Meta) -> Clock:
    """What relative words of a report with this meta count from."""
    whole = parse(meta.period) if meta.period else None
    if meta.published:
        year, month = meta.published.split("-")[:2]
        return Clock(int(year), whole, (int(year), int(month)))
    if whole is None:
        return Clock()
    return Clock(whole.hi[0] + (whole.hi[1] == _YEAR_OF_MONTHS), whole)


def _own(setting: _Setting, passage: _Passage, bound: Bound) -> Placing:
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
        told, rule = _period(doc, bound, inside, clock)
        span, iso, by_period = (told, told.iso(), rule) if told else (span, iso, by_period)
    before = _turned_from(doc, bound, span) if span and doc.view[start - 1 : start] in ("从", "由") else None
    if before:
        iso, by_period = before.iso(), f"{by_period}, before the change"
    return Placing(organ.name if organ else None, iso, f"{by_organ} + {by_period}")


def _turned_from(doc: Document, bound: Bound, span: Interval) -> Interval | None:
    """The interval before, for what a change within a year or less began from (由45天降至28天)."""
    changes = bound.role == "metric" and _TURNS.match(doc.view, bound.amount.end)
    if not changes or span.months > _YEAR_OF_MONTHS:
        return None
    return Interval((span.lo[0] - 1, span.lo[1]), (span.hi[0] - 1, span.hi[1]))


def _period(doc: Document, bound: Bound, inside: tuple[When, ...], clock: Clock) -> tuple[Interval | None, str]:
    """The interval that the words before the figure in its sentence give it."""
    whole = clock.whole
    if bound.role == "change" and (year := _of_comparison(doc, inside[-2:])):
        return year.interval(clock), year.rule.name
    if bound.role == "change" and bound.of is None and whole and whole.lo[0] < whole.hi[0]:
        compared = bound.basis == "yoy" or any(when.part == "base" and when.stated for when in inside[-1:])
        spans = (span for when in inside if when.part == "span" and (span := when.interval(clock)))
        if compared and all(span.months >= _YEAR_OF_MONTHS for span in spans):
            return years(whole.hi[0]), _COMPARED
    for when in reversed(inside):
        span = _governs(doc, when, bound, clock)
        if span:
            return _begun(doc, when, span, inside, clock), when.rule.name
    return None, ""


def _begun(doc: Document, when: When, span: Interval, inside: tuple[When, ...], clock: Clock) -> Interval:
    """An interval told only by its end begins where an earlier 自…以来 says (自3月成立以来，截至12月)."""
    if when.part != "until" or doc.view.startswith("的", when.end):
        return span
    since = next((one for one in inside if (one.part == "since" or one.founds()) and one.end <= when.start), None)
    began = since.interval(clock) if since else None
    return Interval(began.lo, span.hi) if began and began.lo <= span.hi else span


def _governs(doc: Document, when: When, bound: Bound, clock: Clock) -> Interval | None:
    """The interval of an expression, if it governs the figure after it."""
    if _says_nothing(when, clock):
        return None
    if _compares(doc.view, when):
        founding = _FOUNDING.match(doc.view, when.end)
        return _of_year(when, founding.end() if founding else _year_end(doc.view, when), bound, clock)
    if _ends_before(doc, when, bound) or _is_aside(doc, when, bound):
        return None
    return when.interval(clock)


def _is_aside(doc: Document, when: When, bound: Bound) -> bool:
    """Whether the words are only part of a comparison, of a clause's own time, or of the name of a list or prize."""
    if when.part == "base":
        between = doc.view[when.end : bound.amount.start] if bound.amount.start - when.end < 6 else "…"
        return bound.role != "metric" or not _BASE_FIGURE.fullmatch(between)
    if when.part == "year" and _only_names(doc.view, when, bound.amount.start):
        return True
    return "five-year plan" in when.rule.name and not doc.view.startswith("，", when.end)


def _compares(view: str, when: When) -> bool:
    """Whether the words give only where a change began or ended (从2013年的10万件上升到2017年的21万件)."""
    if view.startswith("的", end := _year_end(view, when)):
        return when.part in ("since", "until", "year") or end > when.end
    if when.part == "since" and _FOUNDING.match(view, when.end):
        return True
    return when.part in ("year", "base") and view[max(0, when.start - 1) : when.start] in ("由", "从")


def _year_end(view: str, when: When) -> int:
    """Where the words for a year end, 初 or 底 included (2003年初)."""
    return when.end + view.startswith(("初", "底", "末"), when.end)


def _only_names(view: str, when: When, offset: int) -> bool:
    """Whether a year governs nothing: inside a clause or list, or of a part that ended (其中2022年8人；起诉31人)."""
    if not when.opens or _LIST_OF_YEARS.match(view, when.end):
        return True
    return view.endswith(("，其中", "，其中，"), 0, when.start) and view.find("；", when.end, offset) >= 0


def _says_nothing(when: When, clock: Clock) -> bool:
    """全年 in a report on several years: of the year spoken of before."""
    several = clock.whole is not None and clock.whole.months > _YEAR_OF_MONTHS
    return several and when.rule.name == "period: the whole report's"


def _ends_before(doc: Document, when: When, bound: Bound) -> bool:
    """Whether a streak of years, or what began in a month, takes the figure out of reach."""
    end = bound.amount.start
    if when.part == "event":
        of_it = doc.view.startswith("，", when.end) or doc.view.endswith("其中", 0, when.start)
        told = when.opens and of_it and end - when.end <= _EVENT_REACH
        return not told or _BEGUN.search(doc.view, when.end, end) is not None
    return _STREAK.search(doc.view, max(when.end, end - _STREAK_REACH), end) is not None


def _of_year(when: When, end: int, bound: Bound, clock: Clock) -> Interval | None:
    """The single year whose figure stands right after it, or after the words on it that end at ``end``."""
    if bound.role != "metric" or bound.amount.start - end >= _RIGHT_AFTER:
        return None
    year = clock.year(when.match["y"] or "")
    return years(year) if year else None


def _carried(doc: Document, start: int, clock: Clock, times: _Times) -> tuple[Interval | None, str]:
    """The interval that the paragraph's opening words set for all of it, in a report on several years."""
    if not clock.whole or clock.whole.months <= _YEAR_OF_MONTHS:
        return None, ""
    opening = doc.view.rfind("\n", max(0, start - _PARAGRAPH), start) + 1
    lead = times.between(opening, min(opening + _LEAD, start - 1))
    if lead and re.search("。|其中", doc.view[opening : lead[0].start]):
        return None, ""
    later = [when for when in times.between(opening + _LEAD + 1, start) if not _says_nothing(when, clock)]
    if lead and lead[0].part in ("year", "span") and lead[0].opens and not later:
        span = lead[0].interval(clock)
        return span, f"{lead[0].rule.name}, carried"
    return None, ""
