"""Which words of time before a figure govern it, and of when they say it is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from shushuo_extract.engine.types import Bound, Document
from shushuo_extract.rules.organs import Ownership
from shushuo_extract.rules.periods import Clock, Interval, When, years
from shushuo_extract.rules.periods.moved import MOVED_TO

_BASE_FIGURE = re.compile(r"(?:的|同期的?|全年的?)?(?:约|近|超)?\Z")
_LIST_OF_YEARS = re.compile(r"[、和]")
_STREAK = re.compile("连续[两二三四五六七八九十0-9]+年")
_BEGUN = re.compile(
    "[。；]|已(?![久故婚满年退逾经])|共(?!计)|累计|目前|至今|以来|截至|成立|设立|启动|上线|挂牌|揭牌|组建|建立|建成|开展|部署|投入(?:运行|使用|运营)|运行|推行|试行|实施|制定|修订|会议|会上|通报|发布|公布|召开|举行|报告|获悉|了解到|介绍|披露|透露|记者"
)
_STORY = re.compile(
    "，[一-龥]{2,16}(?:法院|检察院)(?:立案|受理|接到|收到|发现|审理|办理|调查)[^，。；]{0,12}[后中时]，"
)
TURNS = re.compile(
    "[^，。；、0-9]{0,4}?(?:上升|提高|提升|增加|增长|升高|下降|降低|下调|缩短|压缩|减少|减|增|升|降|扩大|精简|优化)[^，。；、0-9]{0,2}(?:至|到|为)"
)
_COMPARES = re.compile("同比|比|较|与")
_SUMS_UP = re.compile("累计|先后|总共")
_RUNNING = re.compile(
    "[。，；\n]该?(?:法|办法|条例|制度|机制|平台|系统)?(?:自)?(?:施行|实施|成立|设立|上线|运行|启动|推行|挂牌|启用)以来，?\\Z"
)
_RUNNING_REACH = 12
_CAMPAIGN = re.compile(
    "，?[^，。；\n]{0,32}?(?:启动|部署|开展|组织|打响|推开|集中)[^，。；\n]{0,40}?(?:行动|活动|整治|斗争|攻坚|试点)"
)
_OF_CAMPAIGN = re.compile(
    "，(?:该|此次|这次|专项|集中)?(?:专项|集中|整治|清理)?(?:行动|活动|斗争|工作)?(?:中|期间)?，?(?:已经?|共|累计|全国)"
)
_FOUNDING = re.compile("[^，。；\n]{0,16}(?:之初|成立时|设立时|成立当年)的?")
_MOVED_TO = re.compile(MOVED_TO)
_IS = re.compile("的(?!比)[^，。；、0-9]{1,16}(?:为|是|仅|只有|达到?|有)[近约超仅]?\\Z")  # 2017年的监督案件为3352件
UNTIL_MONTH = "period: until <month>"
COMPARED = "period: the last year, compared"
_EVENT_REACH, _EVENT_CLAUSE, _STORY_REACH = 60, 24, 160
_FOUNDING_REACH = 160
_LEAD = 10
_STREAK_REACH = 40
_RIGHT_AFTER = 6
_IS_REACH = 22
YEAR_OF_MONTHS = 12
_YEAR_ENDS = frozenset("初底末")


class Told(NamedTuple):
    """An interval, how it is written, and the rule that tells it; neither where a report settles none."""

    span: Interval | None
    iso: str | None
    rule: str


class Times:
    """The expressions of time of a text, found by where they begin, and what they mean seen from ``clock``."""

    def __init__(self, found: tuple[When, ...], clock: Clock) -> None:
        self.all = found
        self._clock = clock
        self._starts = [when.start for when in found]
        self._told: dict[int, Told | None] = {}

    def between(self, start: int, end: int) -> tuple[When, ...]:
        """Those that begin from ``start`` to ``end``, both included."""
        return self.all[bisect_left(self._starts, start) : bisect_right(self._starts, end)]

    def told(self, when: When) -> Told | None:
        """What one of them tells of the figures it governs; None where it settles nothing."""
        if when.start not in self._told:
            span = self._so_far(when, when.interval(self._clock))
            self._told[when.start] = Told(span, span.iso(), when.rule.name) if span else None
        return self._told[when.start]

    def _so_far(self, when: When, span: Interval | None) -> Interval | None:
        """The interval, 今年 being as much of the running year as the report is about."""
        whole = self._clock.whole
        running = whole and span and when.part == "year" and span.holds(whole) and whole.lo[0] == whole.hi[0]
        return whole if running and when.names_year and when.match["y"] == "今" else span


class Setting(NamedTuple):
    """What the placing of every figure of a text looks at."""

    doc: Document
    ownership: Ownership
    clock: Clock
    times: Times


def turned_from(doc: Document, bound: Bound, span: Interval, inside: Sequence[When]) -> Interval | None:
    """The interval before, for what a change within a year or less began from (由45天降至28天).

    Where the sentence has compared two years it is the earlier of them (2009年8件，2013年降为5件；占比由3%降到1%).
    """
    changes = bound.role == "metric" and TURNS.match(doc.view, bound.amount.end)
    if not changes or span.lo[0] != span.hi[0]:
        return None
    told = [one for one in inside if one.part == "year" and len(one.stated) == 1]
    if len(told) == len(inside) > 1 and _MOVED_TO.match(doc.view, told[-1].end) and told[-2].stated < told[-1].stated:
        return years(*told[-2].stated)
    return Interval((span.lo[0] - 1, span.lo[1]), (span.hi[0] - 1, span.hi[1]))


def period_told(setting: Setting, bound: Bound, inside: tuple[When, ...]) -> Told | None:
    """The interval that the words before the figure in its sentence give it."""
    doc, clock = setting.doc, setting.clock
    whole = clock.whole
    if bound.role == "change" and (year := of_comparison(doc, inside[-2:])):
        return setting.times.told(year)
    if bound.role == "change" and bound.of is None and whole and whole.lo[0] < whole.hi[0]:
        compared = bound.basis == "yoy" or any(when.part == "base" and when.stated for when in inside[-1:])
        spans = (span for when in inside if when.part == "span" and (span := when.interval(clock)))
        if compared and all(span.months >= YEAR_OF_MONTHS for span in spans):
            own = next((span for when in inside if when.part == "year" and (span := when.interval(clock))), None)
            span, rule = (own, "period: in <year>") if own else (years(whole.hi[0]), COMPARED)
            return Told(span, span.iso(), rule)
    for when in reversed(inside):
        told = _governs(setting, when, bound)
        if told:
            if when.part == "year" and when.relative and (until := _until(setting, told, inside)):
                return until
            return _begun(setting, when, told, inside, bound.amount.start) if when.part == "until" else told
    return None


def _until(setting: Setting, year: Told, inside: tuple[When, ...]) -> Told | None:
    """How much of 今年 is meant where the sentence has said until when (截至9月底，公安机关今年已破获)."""
    said = next((when for when in inside if when.part == "until" and when.opens), None)
    told = setting.times.told(said) if said else None
    if said and told and year.span and said.rule.name == UNTIL_MONTH:  # 截至8月底，今年已 is of this year
        span = said.interval(Clock(year.span.hi[0]))
        told = Told(span, span.iso(), told.rule) if span else told
    return told if told and told.span and year.span and year.span.holds(told.span) else None


def _begun(setting: Setting, when: When, told: Told, inside: tuple[When, ...], offset: int) -> Told:
    """An interval told only by its end begins where an earlier 自…以来 says (自3月成立以来，截至12月)."""
    if setting.doc.view.startswith("的", when.end):
        return told
    since = next((one for one in inside if (one.part == "since" or one.founds()) and one.end <= when.start), None)
    since = since or _campaign(setting, when, inside) or _founding(setting, when, offset)
    began = since.interval(setting.clock) if since else None
    if began is None or told.span is None or began.lo > told.span.hi:
        return told
    span = Interval(began.lo, told.span.hi)
    return Told(span, span.iso(), told.rule)


def _campaign(setting: Setting, until: When, inside: tuple[When, ...]) -> When | None:
    """The month in which the campaign began that is told of 到10月底, in the sentence or before it and named again."""
    view = setting.doc.view
    if until.stated or not _OF_CAMPAIGN.match(view, until.end):
        return None
    named = "行动" in view[until.end : until.end + _LEAD]
    near = setting.times.between(until.start - _FOUNDING_REACH, until.start - 1) if named else inside
    months = (one for one in reversed(near) if one.part == "event" and one.end <= until.start)
    return next((one for one in months if _CAMPAIGN.match(view, one.end)), None)


def _founding(setting: Setting, when: When, offset: int) -> When | None:
    """Since when 截至…累计 counts, where the sentence before told of the founding (从1984年设立之初的18件)."""
    view = setting.doc.view
    running = _RUNNING.search(view, max(0, when.start - _RUNNING_REACH), when.start)
    if not running and (not when.opens or not _SUMS_UP.search(view, when.end, offset)):
        return None
    near = setting.times.between(when.start - _FOUNDING_REACH, when.start - 1)
    told = (one for one in near if one.stated or (running and one.relative))
    return next((one for one in told if one.founds() or _FOUNDING.match(view, one.end)), None)


def _governs(setting: Setting, when: When, bound: Bound) -> Told | None:
    """What an expression tells of the figure after it, if it governs it."""
    doc, clock = setting.doc, setting.clock
    if says_nothing(when, clock):
        return None
    if _compares(doc.view, when):
        founding = _FOUNDING.match(doc.view, when.end)
        span = _of_year(when, founding.end() if founding else _year_end(doc.view, when), bound, clock)
        return Told(span, span.iso(), when.rule.name) if span else None
    own = when.part == "since" and not when.opens  # 法答网自7月上线以来…；案例库…
    if own and doc.view.find("；", when.end, bound.amount.start) >= 0:
        return None
    if _ends_before(doc, when, bound) or _is_aside(doc, when, bound):
        return None
    return setting.times.told(when)


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
    end = _year_end(view, when)
    if view[end : end + 1] == "的":
        return when.part in ("since", "until", "year") or end > when.end
    if when.part == "since" and _FOUNDING.match(view, when.end):
        return True
    return when.part in ("year", "base") and view[max(0, when.start - 1) : when.start] in ("由", "从")


def _year_end(view: str, when: When) -> int:
    """Where the words for a year end, 初 or 底 included (2003年初)."""
    return when.end + (view[when.end : when.end + 1] in _YEAR_ENDS)


def _only_names(view: str, when: When, offset: int) -> bool:
    """Whether a year governs nothing: inside a clause or list, or of a part that ended (其中2022年8人；起诉31人)."""
    if not when.opens or _LIST_OF_YEARS.match(view, when.end):
        return True
    return view.endswith(("，其中", "，其中，"), 0, when.start) and view.find("；", when.end, offset) >= 0


def says_nothing(when: When, clock: Clock) -> bool:
    """全年 in a report on several years: of the year spoken of before."""
    whole = clock.whole if when.rule.name == "period: the whole report's" else None
    return whole is not None and whole.months > YEAR_OF_MONTHS


def _ends_before(doc: Document, when: When, bound: Bound) -> bool:
    """Whether a streak of years, or what began in a month, takes the figure out of reach."""
    end = bound.amount.start
    if when.part == "event":
        of_it = doc.view.startswith("，", _year_end(doc.view, when)) or doc.view.endswith("其中", 0, when.start)
        of_it = of_it or (
            bool(when.stated) and end - when.end <= _EVENT_CLAUSE and doc.view.find("，", when.end, end) < 0
        )
        reach = _STORY_REACH if _STORY.match(doc.view, when.end) else _EVENT_REACH
        told = when.opens and of_it and end - when.end <= reach
        return not told or _BEGUN.search(doc.view, when.end, end) is not None
    return _STREAK.search(doc.view, max(when.end, end - _STREAK_REACH), end) is not None


def _of_year(when: When, end: int, bound: Bound, clock: Clock) -> Interval | None:
    """The single year whose figure stands right after it, or after the words on it that end at ``end``."""
    if bound.role != "metric":
        return None
    view, offset = when.match.string, bound.amount.start
    if offset - end >= _RIGHT_AFTER and not (when.opens and offset - end <= _IS_REACH and _IS.match(view, end, offset)):
        return None
    if not when.names_year:
        return when.interval(clock)  # 去年同期的结案率
    year = clock.year(when.match["y"] or "")
    return years(year) if year else None


def of_comparison(doc: Document, told: Sequence[When]) -> When | None:
    """The year that is compared with another (2012年比2008年, 2022年同比)."""
    years_told = (when for when in told if when.part == "year" and when.opens)
    return next((when for when in years_told if _COMPARES.match(doc.view, when.end)), None)
