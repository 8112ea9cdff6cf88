"""Of when a report to a session of a congress is: the year before, or, at a term's end, all of the term's years."""

import re
from collections import Counter

from shushuo_extract.engine.types import Document
from shushuo_extract.rules.meta.head import Head
from shushuo_extract.rules.meta.passages import has_figure
from shushuo_extract.rules.periods import Clock, Interval, whens, years

_SEVERAL_YEARS = re.compile("年(?<=[三四五]年)(?:来|(?<=[这近].年)|(?<=过去.年)|(?<=过去的.年))")
_NEW_TERM = re.compile("第一次会议")
_STANDING = re.compile(r"常委会|常务委员会")  # hears reports on one subject, of any length
_HANZI = {"三": 3, "四": 4, "五": 5}
_LAST_TELLING_MONTH = 6
_MAKES_REPORT = re.compile("报告|[0-9]日")
_LATE_MONTH = 11
_DECEMBER = 12


def period(doc: Document, head: Head) -> Interval | None:
    """A report to a session tells of the year before, or, at a term's end, of all its years."""
    if not head.told or not head.meeting or _STANDING.search(head.meeting):
        return None
    year, month, _ = head.told
    if year is None:
        return None
    last = year - 1 if month < _LATE_MONTH else year
    if not _NEW_TERM.search(head.meeting) and _headed_annual(head, last):
        return years(last)
    first = _first_told(doc, last, new_term=_NEW_TERM.search(head.meeting) is not None)
    if first and first.months > _DECEMBER:
        return first
    several = Counter(doc.view[match.start() - 1] for match in _SEVERAL_YEARS.finditer(doc.view, 0, 4000))
    for word, times in several.most_common():
        if _headed(head, word) or (word == "五" and times >= 2 and (first is None or _NEW_TERM.search(head.meeting))):
            return years(last - _HANZI[word] + 1, last)
    return years(last) if month <= _LAST_TELLING_MONTH or month >= _LATE_MONTH else None


def _headed_annual(head: Head, last: int) -> bool:
    """Whether the first heading that names years is of the last one (2022年工作回顾)."""
    headings = (line for _, line in head.lines if len(line) < 20 and not line.endswith("。") and "届" not in line)
    first = next((line for line in headings if re.search("[0-9三四五]年", line) and not _MAKES_REPORT.search(line)), "")
    return f"{last}年" in first


def _headed(head: Head, word: str) -> bool:
    """Whether a heading calls what follows that of the last so many years."""
    return any(f"{word}年" in line and len(line) < 20 and not line.endswith("。") for _, line in head.lines)


def _first_told(doc: Document, last: int, *, new_term: bool) -> Interval | None:
    """The years that a report's first dated figures are of, the last of them ``last``; None where they do not say."""
    for when in whens(doc.view):
        if not has_figure(doc, when):
            continue
        if when.rule.name == "period: the last <n> years" and "五" in when.match.group():
            return years(last - 4, last)
        if when.part == "since" and not new_term:
            continue
        span = when.interval(Clock(last + 1, years(last)))
        since = max(when.stated, default=last) if when.part == "since" else last
        span = years(since, last) if since < last else span
        return span if span and span.hi == (last, _DECEMBER) and when.part in ("span", "since", "year") else None
    return None
