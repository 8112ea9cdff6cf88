"""The interval that a report announces itself: in its title, or where it says what it tells the press of."""

import re
from collections.abc import Iterator

from shushuo_extract.engine.types import Document
from shushuo_extract.rules.meta.head import Head
from shushuo_extract.rules.meta.told import HEAD, Day
from shushuo_extract.rules.periods import Clock, Interval, When, whens, years

_TITLE_LINES = 4
_TITLE_LENGTH = 50
_ANNUAL_TITLE = re.compile(r"(20[0-9]{2})年度|白皮书（(20[0-9]{2})）")
_YEARS_IN_TITLE = re.compile(r"(20[0-9]{2})年?(?:至|到|[—─―]{1,2}|-|~)(20[0-9]{2})(?![0-9])")
_MONTHLY = re.compile(r"情况|数据|成绩|通报|态势|月报|简报|战报")
_BARE_YEAR = re.compile(r"(?<![0-9.〔\[（(—~至到-])(20[0-9]{2})(?![0-9年.）)\]〕—~至到：/-])")
_COMING = re.compile(r"(?:你好|迎接|展望|开启|奋进|再出发)[^0-9]{0,3}\Z")
_ANNOUNCED_IN = 800
_CLAUSE = 24
_EARLY_MONTHS = 4
_YEAR = r"(20[0-9]{2})年(?!至|到|-|—|~|[0-9]{1,2}月|以来|度?(?:计划|规划))"
_SUMMARY = (
    "成绩单|答卷|综述|数据|数读|数说|数字|白皮书|回眸|回顾|盘点|亮点|总结|述评|通报|概况|情况|年报|工作"
    "|巡礼|大事记|成效|受理|审结"
)
_TITLED = re.compile(rf"{_YEAR}[^，。；\n]{{0,14}}?(?:{_SUMMARY})")
_ANNUAL = re.compile(rf"{_YEAR}[^，。；\n]{{0,6}}工作报告")
_NO_REPORT = re.compile("规划|计划|纲要|方案|要点|打算|安排|展望|[。；]")
_PLANS = re.compile("规划|计划|纲要|方案|[。；]")
_TELLS = re.compile(r"(?:通报|介绍|发布|公布)了?[^，。；\n]{0,12}\Z")
_TOLD_OF = re.compile(r"[^，。；\n]{0,28}?(?:情况|白皮书|数据|工作(?=报告|[，。])|成效|成绩)")
_COUNTED = re.compile(r"[^。\n]{0,60}?[0-9][余多万亿]{0,2}(?:件|人|元|%|个|份|次|名)")
_IN_BRACKETS = re.compile(r"（(20[0-9]{2})年?(?:至|到|[—─―]{1,2}|-|~)(20[0-9]{2})年?）")
_ONE_IN_BRACKETS = re.compile(r"(?:发布|公布|推出)[^。；\n]{0,24}《[^》\n]{2,24}白皮书（(20[0-9]{2})年?度?）》")
_BEFORE_BRACKETS = re.compile(r"(?:《[^》\n]{2,30}|[年来])\Z")
_NAME_REACH = 31


def _titles(head: Head) -> Iterator[tuple[int, str]]:
    """The lines of the head that can be titles of a report on what was, with their offsets."""
    for at, line in head.lines[:_TITLE_LINES]:
        if len(line) < _TITLE_LENGTH:
            yield at, line


def titled_span(doc: Document, head: Head) -> Interval | None:
    """The span of years, part of a year, or month, that a title gives (白皮书（2019—2023）, 2024年上半年)."""
    told = [when for when in whens(doc.view) if when.start < HEAD]
    for at, line in _titles(head):
        if _PLANS.search(line):
            continue
        match = _YEARS_IN_TITLE.search(line)
        if match and int(match[1]) < int(match[2]):
            return years(int(match[1]), int(match[2]))
        for when in (one for one in told if at <= one.start < at + len(line)):
            if when.part == "span" and when.stated:
                return when.interval(Clock())
            if is_titled(when, head):
                return _month(when, head.told)
    return None


def is_titled(when: When, head: Head) -> bool:
    """Whether the words name a month, and no day, in the title of a monthly report."""
    named = when.part == "event" and when.match.group().endswith(("月", "份")) and when.start < _ANNOUNCED_IN
    lines = (line for at, line in _titles(head) if at <= when.start < at + len(line)) if named else ()
    return any(_MONTHLY.search(line) for line in lines)


def _month(when: When, told: Day | None) -> Interval | None:
    """The month named; without a year, the last such before the day of telling."""
    span = when.interval(Clock(told[0] if told else None))
    if span and told and told[0] and not when.stated and span.hi > (told[0], told[1]):
        return Interval((span.lo[0] - 1, span.lo[1]), (span.hi[0] - 1, span.hi[1]))
    return span


def annual_title(head: Head) -> Interval | None:
    """The year of an annual report's title (2023年度, 白皮书（2023）)."""
    found = (_ANNUAL_TITLE.search(line) for _, line in _titles(head))
    return next((years(int(match[1] or match[2])) for match in found if match), None)


def bare_year(head: Head) -> Interval | None:
    """The year that a title gives as a mere number (数说法院2023); of two, the one over (再见2022，你好2023)."""
    for _, line in _titles(head):
        named = {int(match[1]) for match in _BARE_YEAR.finditer(line) if not _COMING.search(line, 0, match.start())}
        if named and not _NO_REPORT.search(line) and max(named) - min(named) <= 1:
            return years(min(named))
    return None


def titled_year(head: Head, told: Day | None) -> Interval | None:
    """The year in the title of a summary; a work report told early in that year is on the year before."""
    for _, line in _titles(head):
        match = None if _NO_REPORT.search(line) else _TITLED.search(line)
        if match:
            year = int(match[1])
            early = told is not None and told[0] == year and told[1] <= _EARLY_MONTHS
            return years(year - 1 if early and _ANNUAL.search(line) else year)
    return None


def announced(doc: Document, told: Day | None) -> Interval | None:
    """The span or year that the opening says the press was told of (通报2023年工作情况, 《白皮书（2019—2023）》)."""
    for pair in _IN_BRACKETS.finditer(doc.view, 0, _ANNOUNCED_IN):
        named = _BEFORE_BRACKETS.search(doc.view, max(0, pair.start() - _NAME_REACH), pair.start())
        if named and int(pair[1]) < int(pair[2]) and not _NO_REPORT.search(named.group()):
            return years(int(pair[1]), int(pair[2]))
    clock = Clock(told[0] if told else None)
    paper = _ONE_IN_BRACKETS.search(doc.view, 0, _ANNOUNCED_IN)
    if paper and not any(max(when.stated, default=0) > int(paper[1]) for when in _early(doc, clock)):
        return years(int(paper[1]))
    return next((span for when in _early(doc, clock) if (span := _told_of(doc, when, clock))), None)


def _early(doc: Document, clock: Clock) -> Iterator[When]:
    """The expressions near the head that say a year or a span of their own, or 今年 in a text that is dated."""
    for when in whens(doc.view):
        if when.start > _ANNOUNCED_IN:
            return
        if when.part in ("span", "year") and (when.stated or (clock.now and when.relative)):
            yield when


def _told_of(doc: Document, when: When, clock: Clock) -> Interval | None:
    before, after = max(0, when.start - _CLAUSE), min(len(doc.view), when.end + 2 * _CLAUSE)
    told = _TELLS.search(doc.view, before, when.start)
    object_ = _TOLD_OF.match(doc.view, when.end, after)
    if not told or not object_ or _NO_REPORT.search(object_.group()):
        return None
    return when.interval(clock)


def _counts(doc: Document, when: When) -> bool:
    return when.part == "year" and when.opens and _COUNTED.match(doc.view, when.end) is not None


def sole_year(doc: Document) -> Interval | None:
    """The one year that a text names at all, where it settles its period in no other way."""
    told = [when for when in whens(doc.view) if when.part in ("year", "event", "since", "until")]
    for named in ([when for when in told if _counts(doc, when)], told):
        found = {year for when in named for year in when.stated}
        if found:
            return years(found.pop()) if len(found) == 1 else None
    return None
