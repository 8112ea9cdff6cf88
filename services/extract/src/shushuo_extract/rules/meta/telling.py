"""From which year the relative words of a report count: the one that it was told in."""

import re

from shushuo_extract.engine.types import Document
from shushuo_extract.rules.meta import announced
from shushuo_extract.rules.meta.head import Head
from shushuo_extract.rules.meta.passages import has_figure, zone_of
from shushuo_extract.rules.meta.told import Day
from shushuo_extract.rules.periods import Clock, When, whens

_CONGRESS = re.compile(r"(十[一二三四五])届(?:全国人大|全国人民代表大会)第?([一二三四五])次会议")
_HANZI_TERMS = {"十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15}
_HANZI_SESSIONS = "一二三四五"
_FEBRUARY = 2
_DECEMBER = 12
_LATE_MONTH = 11


def year_of_telling(doc: Document, head: Head) -> int | None:
    """The year the text counts from: the one it is dated, else what its explicit and relative years settle."""
    if head.told and head.told[0]:
        return head.told[0]
    congress = _CONGRESS.search(doc.view)
    if congress:  # the nth term's sessions are yearly, from 2018 for the thirteenth
        return 2018 + 5 * (_HANZI_TERMS[congress[1]] - 13) + _HANZI_SESSIONS.index(congress[2])
    told_of = (when for when in whens(doc.view) if when.stated and when.part != "base")
    stated = [(when, max(when.stated)) for when in told_of if zone_of(doc, when.start) == "body"]
    if not stated:
        return None
    last = max(year for _, year in stated)
    if {when.part for when, _ in stated} == {"since"} and (count := counted_years(doc)):
        return min(year for _, year in stated) + count - (head.told is not None and head.told[1] >= _LATE_MONTH)
    late = head.told and any(year == last and _after(when, head.told) for when, year in stated)
    plan = any("five-year plan" in when.rule.name for when, _ in stated)
    midway = any(year == last and (_midway(when, head) or _convened(doc, when)) for when, year in stated)
    running = _ongoing(doc, stated, last, head.told) or _to_date(doc, stated) or _is_this_year(doc, stated, last)
    return last if (plan or midway or running) and not late else last + 1


def _after(when: When, told: Day) -> bool:
    """Whether the words name months not over yet on such a day of that year (截至2020年11月底, told in January)."""
    span = when.interval(Clock()) if when.part in ("span", "until") else None
    return span is not None and _DECEMBER > span.hi[1] > told[1]


def counted_years(doc: Document) -> int:
    """How many years, two at least, the text says it looks back on (五年来)."""
    recent = next((when for when in whens(doc.view) if is_recent(when)), None)
    span = recent.interval(Clock(2001)) if recent else None
    return span.months // _DECEMBER if span and span.months > _DECEMBER else 0


def is_recent(when: When, first: str = "") -> bool:
    """Whether the words, beginning with the first ones, count years back (五年来, 近三年来)."""
    return when.rule.name == "period: the last <n> years" and when.match.group().lstrip("最").startswith(first)


def _midway(when: When, head: Head) -> bool:
    """Whether the words name a part of a year told in that year: 1—6月, or one month in the title of its report."""
    if when.part not in ("span", "until") and not announced.is_titled(when, head):
        return False
    span = when.interval(Clock())
    told_in_it = not (head.told and span and head.told[1] < span.hi[1])  # 2024年1至11月, told on 1月9日
    return span is not None and span.hi[1] < _DECEMBER and told_in_it


def _convened(doc: Document, when: When) -> bool:
    """Whether the words name the meeting at which the text was told (2011年年中工作会议上)."""
    return when.rule.name == "period: at a meeting of <year>" and not doc.view.startswith(("初", "底", "末"), when.end)


def _ongoing(doc: Document, stated: list[tuple[When, int]], last: int, told: Day | None) -> bool:
    """Whether the last year named is running on the day of telling: only 以来 is said of it, and no 去年."""
    parts = {when.part for when, year in stated if year == last}
    if told is None or told[1] <= _FEBRUARY or parts != {"since"}:
        return False
    return not any(when.relative and when.match["y"] == "去" and has_figure(doc, when) for when in whens(doc.view))


def _to_date(doc: Document, stated: list[tuple[When, int]]) -> bool:
    """Whether the only year named is running: 2024年以来 is said of it, and a month without a year ends the count."""
    if len({year for _, year in stated}) > 1 or any(when.part != "since" or when.match["m"] for when, _ in stated):
        return False
    return any(when.rule.name == "period: until <month>" for when in whens(doc.view))


def _is_this_year(doc: Document, stated: list[tuple[When, int]], last: int) -> bool:
    """Whether the figures are of 今年, which the last year named is: none is told of that year or of 去年."""
    if {when.part for when, year in stated if year == last} != {"year"}:
        return False
    told = [when for when in whens(doc.view) if when.names_year and when.part not in ("base", "event")]
    if not any(when.match["y"] == "今" for when in told):
        return False
    counted = [when for when in told if has_figure(doc, when)]
    if any(when.match["y"] == "去" or last in when.stated for when in counted):
        return False
    return any(when.match["y"] == "今" for when in counted)
