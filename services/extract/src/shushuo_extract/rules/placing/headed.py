"""Of when each section is that its heading says so of (二、2022年主要工作), for figures that say nothing themselves."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from shushuo_extract.engine.types import Document, Heading
from shushuo_extract.rules.periods import Clock, Interval, When

_TELLS = re.compile("工作|回顾|情况|成效|总结|数据|亮点|履职|数”?[说读]|盘点|一览|成绩|两院")
_WHOLE = re.compile("报告|白皮书|通报|会议|大会|简报|安排|打算|计划|思路|部署")
_TITLE_LENGTH = 30
_DOCUMENT_TITLE = 20


class Section(NamedTuple):
    """A part of a text and the interval that its heading gives it."""

    start: int
    until: int
    span: Interval


def sections(doc: Document, clock: Clock, times: Iterable[When]) -> list[Section]:
    """The sections whose headings say of when they are, an inner one before those around it."""
    starts = [heading.start for heading in doc.headings]
    titled: dict[int, list[When]] = {}
    for when in times:
        titled.setdefault(bisect_right(starts, when.start) - 1, []).append(when)
    found = []
    for at, inside in titled.items():
        heading = doc.headings[at] if at >= 0 else None
        if heading and _is_of_work(heading):
            end = heading.start + len(heading.title)
            span = _told((when for when in inside if when.start <= end), clock)
            found += [Section(heading.start, heading.until, span)] if span else []
    return found[::-1]


def _is_of_work(heading: Heading) -> bool:
    """Whether a heading, and not the document's title, is that of a part that tells what was done."""
    title = heading.title
    told = heading.start >= _DOCUMENT_TITLE and len(title) <= _TITLE_LENGTH and _TELLS.search(title)
    return bool(told) and _WHOLE.search(title) is None


def _told(times: Iterable[When], clock: Clock) -> Interval | None:
    spans = (when.interval(clock) for when in times if when.part in ("year", "span"))
    span = next((one for one in spans if one), None)
    late = span and clock.whole and span.hi > clock.whole.hi
    return None if late else span
