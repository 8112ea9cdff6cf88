"""Of when each section is that its heading says so of (二、2022年主要工作), for figures that say nothing themselves."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from shushuo_extract.engine.types import Document, Heading
from shushuo_extract.rules.periods import Clock, Interval, When, whens

_TELLS = re.compile("工作|回顾|情况|成效|总结|数据|亮点|履职")
_WHOLE = re.compile("报告|白皮书|通报|会议|大会|简报|安排|打算|计划|思路|部署")
_TITLE_LENGTH = 30
_DOCUMENT_TITLE = 20


class Headed:
    """The intervals that a text's headings give their sections."""

    def __init__(self, doc: Document, clock: Clock) -> None:
        times = whens(doc.view)
        starts = [when.start for when in times]
        found = []
        for heading in doc.headings:
            if heading.start >= _DOCUMENT_TITLE and len(heading.title) <= _TITLE_LENGTH and _is_of_work(heading):
                first, end = bisect_right(starts, heading.start - 1), heading.start + len(heading.title)
                span = _told(times[first : bisect_right(starts, end)], clock)
                found += [(heading.start, heading.until, span)] if span else []
        self._found = found

    def at(self, offset: int) -> Interval | None:
        """The interval of the innermost such section around an offset."""
        around = (span for start, until, span in reversed(self._found) if start <= offset < until)
        return next(around, None) if self._found else None


def _is_of_work(heading: Heading) -> bool:
    return _TELLS.search(heading.title) is not None and _WHOLE.search(heading.title) is None


def _told(times: Iterable[When], clock: Clock) -> Interval | None:
    spans = (when.interval(clock) for when in times if when.part in ("year", "span"))
    span = next((one for one in spans if one), None)
    late = span and clock.whole and span.hi > clock.whole.hi
    return None if late else span
