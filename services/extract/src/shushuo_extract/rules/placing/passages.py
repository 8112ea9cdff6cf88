"""Of when a sentence is whose figures do not say so: as its paragraph opens, its section is headed or the report is."""

import re
from bisect import bisect_right
from typing import NamedTuple

from shushuo_extract.engine.types import Document, Placing
from shushuo_extract.rules.periods import Clock, parse, years
from shushuo_extract.rules.placing.governing import YEAR_OF_MONTHS, Times, Told, says_nothing
from shushuo_extract.rules.placing.headed import sections

_ATTENDED = ("会议应出席", "会议应到", "大会应出席", "大会应到")
_MEETING = frozenset(words[0] for words in _ATTENDED)
_LEAD = 16
_PARAGRAPH = 1500
_LATE = re.compile("。|其中")


class Passage(NamedTuple):
    """A sentence: whether words of time stand in it, and of when its figures are that none of these governs."""

    start: int
    is_dated: bool
    told: Told

    def going_on(self, before: Placing) -> "Passage":
        """A sentence that 其中 opens, which is of when the last figure of the sentence before is."""
        span = parse(before.period) if before.period else None
        return self._replace(told=Told(span, before.period, "period: the sentence's before")) if span else self


class Passages:
    """The sentences of a text with the interval that their paragraph, their section or the report gives them."""

    def __init__(self, doc: Document, clock: Clock, times: Times) -> None:
        self._view, self._clock, self._times, self._sentences = doc.view, clock, times, doc.sentences
        before = ((bisect_right(doc.starts, when.start) - 1, when) for when in times.all)
        self._dated = {at for at, when in before if when.start <= doc.sentences[at].end}
        whole = clock.whole
        self._report = Told(whole, whole.iso() if whole else None, "period: the report's")
        session = years(clock.now) if clock.now else None
        self._session = Told(session, session.iso(), "period: the session's") if session else None
        self._several = whole is not None and whole.months > YEAR_OF_MONTHS
        self._sections = [
            (start, until, Told(span, span.iso(), "period: the section's"))
            for start, until, span in sections(doc, clock, times.all)
        ]

    def of(self, at: int) -> Passage:
        """The sentence of that index as a passage of the text."""
        start = self._sentences[at].start
        told = self._carried(start) if self._several else None
        if self._session and self._view[start] in _MEETING and self._view.startswith(_ATTENDED, start):
            told = self._session
        if told is None:
            told = self._headed(start) if self._sections else self._report
        return Passage(start, at in self._dated, told)

    def _headed(self, offset: int) -> Told:
        """What the innermost section around an offset that is headed by a time tells, or the report."""
        for start, until, told in self._sections:
            if start <= offset < until:
                return told
        return self._report

    def _carried(self, start: int) -> Told | None:
        """The interval that the paragraph's opening words set for all of it, in a report on several years."""
        opening = self._view.rfind("\n", max(0, start - _PARAGRAPH), start) + 1
        lead = self._times.between(opening, min(opening + _LEAD, start - 1))
        if not lead or lead[0].part not in ("year", "span") or not lead[0].opens:
            return None
        if _LATE.search(self._view, opening, lead[0].start):
            return None
        later = self._times.between(opening + _LEAD + 1, start)
        told = self._times.told(lead[0]) if all(says_nothing(when, self._clock) for when in later) else None
        return told._replace(rule=f"{told.rule}, carried") if told else None
