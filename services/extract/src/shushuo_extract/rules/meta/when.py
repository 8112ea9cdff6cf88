"""Of when a report speaks, and when it was told."""

import re
from bisect import bisect_right
from collections import Counter

from shushuo_extract.engine.types import Document
from shushuo_extract.rules.meta import announced, session
from shushuo_extract.rules.meta.head import Head
from shushuo_extract.rules.meta.passages import FIGURE, has_figure, sentence_of, zone_of
from shushuo_extract.rules.meta.telling import counted_years, is_recent
from shushuo_extract.rules.meta.told import HEAD, Day
from shushuo_extract.rules.organs.acting import subjects
from shushuo_extract.rules.periods import Clock, Interval, When, whens, years
from shushuo_extract.rules.periods.moved import MOVED_TO

_REVIEW = re.compile(r"20(?:(?<=回顾20)|(?<=总结20)|(?<=回顾了20)|(?<=总结了20))([0-9]{2})年")
_REVIEWED = re.compile(
    r"(20[0-9]{2})年度?的?(?:主要|法院|检察|全市|全省|全县)?工作的?(?:回顾|总结|情况|开展情况)?(?=\n|\Z)"
)
_LINE_LEAD = re.compile(r"(?:\A|\n)[^\n。，]{0,12}\Z")
_REVIEW_WITHIN = 4000
_LAST_YEAR = re.compile("(?<![比较同与])去年(?!同期)")  # told as over, not compared with
_WITHIN = re.compile(r"其中，?\Z")  # a year told as part of the years before it
_MOVED_TO = re.compile(MOVED_TO)
_TURN_OF_YEAR = re.compile("伊始|开局|新年|初|[^，。]{0,4}(?:春节|元旦)")
_DECEMBER = 12
_EVENT_REACH = 120
_FOUNDING_REACH = 240
_SHARE = 4
_NEAR_HEAD = 400
_YEARLESS = ("period: <n> to <month>", "period: first <n> months", "period: <part>")
_LATE_MONTH = 11
_LATELY = 2  # months


def period(doc: Document, head: Head, now: int | None, *, nationwide: bool) -> Interval | None:
    """The interval the report as a whole is about, or None where the text does not settle it.

    In a ``nationwide`` one a local organ's years settle nothing.
    """
    return (
        announced.titled_span(doc, head)
        or announced.annual_title(head)
        or session.period(doc, head)
        or _reviewed(doc)
        or announced.titled_year(head, head.told)
        or announced.announced(doc, head.told)
        or announced.bare_year(head)
        or _with_the_next(doc, _by_opening(doc, now, _dated(head), nationwide=nationwide))
        or _by_mass(doc, head, now)
        or _by_event(doc, now)
        or announced.sole_year(doc)
    )


def _reviewed(doc: Document) -> Interval | None:
    """The year that the text says it looks back on."""
    for match in _REVIEWED.finditer(doc.view, 0, _REVIEW_WITHIN):
        if _LINE_LEAD.search(doc.view, max(0, match.start() - 13), match.start()):
            return years(int(match[1]))
    told = _REVIEW.search(doc.view, 0, _REVIEW_WITHIN)
    return years(2000 + int(told[1])) if told else None


def _dated(head: Head) -> bool:
    """Whether the text gives the year it was told in, by which 今年 and 去年 are as good as a number."""
    return head.told is not None and head.told[0] is not None


def _by_opening(doc: Document, now: int | None, dated: bool, *, nationwide: bool) -> Interval | None:
    """The year or years of the first sentence that says what an organ did in it; a part of one only told first."""
    passed = ("body", "named", "that") if nationwide else ("body",)
    organs = [one for one in subjects(doc.view) if one.shape not in passed]
    acting = [one.start for one in organs]
    after = {one.end for one in organs}  # X法院2012年受理
    part: Interval | None = None
    bare: Interval | None = None  # told without a figure: the year's, unless a later one has figures
    counted = False
    found = whens(doc.view)
    for at, when in enumerate(found):
        if bare and now and (since := _years_after(doc, bare, when)) and since.hi[0] in (now, now - 1):
            return since
        opens = when.opens and when.part in ("year", "span", "since")
        named = opens and (when.stated or is_recent(when, "近") or (dated and when.relative))
        if not named or zone_of(doc, when.start) != "body" or _yields(doc, found[at + 1 : at + 2], when):
            continue
        if _WITHIN.search(doc.view, max(0, when.start - 3), when.start):
            continue
        span = when.interval(Clock(now)) if when.part != "since" else None
        follows = acting[bisect_right(acting, when.end - 1) :][:1]
        if span and ((follows and follows[0] - when.end <= 3) or (when.start in after and has_figure(doc, when))):
            if span.months >= _DECEMBER and has_figure(doc, when):
                return max(span, bare) if bare else span
            if span.months >= _DECEMBER:
                bare = bare or span
                continue
            part = part if part or counted else span
        counted = counted or has_figure(doc, when)
        if when.part == "since" and counted:
            return bare  # what began then and what one year saw are weighed against each other
    return (None if bare and now == bare.hi[0] and not dated else bare) or part


def _years_after(doc: Document, first: Interval, when: When) -> Interval | None:
    """The years that 三年来 with figures counts on from the year before it that only tells of a beginning."""
    span = when.interval(Clock(2001)) if is_recent(when) and has_figure(doc, when) else None
    return years(first.lo[0], first.lo[0] + span.months // _DECEMBER - 1) if span and span.months > _DECEMBER else None


def _yields(doc: Document, following: tuple[When, ...], when: When) -> bool:
    """Whether its sentence is about the year named next (2023年伊始，…：2022年受理; 2009年3人，2013年降为2人)."""
    later = next((one for one in following if one.part in ("year", "span") and one.stated), None)
    sentence = sentence_of(doc, when.start)
    if later is None or sentence is None or later.start >= sentence.end:
        return False
    if _MOVED_TO.match(doc.view, later.end):
        return True
    turns = _TURN_OF_YEAR.match(doc.view, when.end) is not None
    return turns and FIGURE.search(doc.view, when.end, later.start) is None


def _with_the_next(doc: Document, first: Interval | None) -> Interval | None:
    """The years from the one that a text opens with, where it tells one by one of as many as it announces (近三年)."""
    count = counted_years(doc) if first and first.months == _DECEMBER else 0
    if not first or not count:
        return first
    told_of = {year for when in whens(doc.view) if when.part == "year" and when.opens for year in when.stated}
    every = range(first.lo[0], first.lo[0] + count)
    return years(every[0], every[-1]) if told_of.issuperset(every) else first


def _by_event(doc: Document, now: int | None) -> Interval | None:
    """The month that the first sentence of an organ's acts opens with, where no longer interval is told."""
    acting = [one.start for one in subjects(doc.view)]
    for when in whens(doc.view):
        follows = acting[bisect_right(acting, when.end - 1) :][:1]
        opening = when.part == "event" and when.opens and when.stated
        if opening and follows and follows[0] - when.end <= 3 and has_figure(doc, when):
            return when.interval(Clock(now))
    return None


def _by_mass(doc: Document, head: Head, now: int | None) -> Interval | None:
    """The stated interval that holds the most figures, an event that began the count included."""
    mass: Counter[Interval] = Counter()
    outer: Interval | None = None
    frames: set[Interval] = set()  # a later 去年11月起 is of its own figures only, however long it lasts
    closed: set[Interval] = set()  # those of which the text itself says when they ended
    found = whens(doc.view)
    for at, when in enumerate(found):
        sentence = sentence_of(doc, when.start)
        if sentence is None or sentence.zone != "body":
            continue
        following = found[at + 1].start if at + 1 < len(found) else sentence.end
        figures = len(FIGURE.findall(doc.view, when.end, min(following, sentence.end)))
        span = _stated(when, found[max(0, at - 3) : at], Clock(now), head.told) if figures else None
        if span and outer and outer.holds(span) and _WITHIN.search(doc.view, max(0, when.start - 3), when.start):
            span = outer
        if span:
            if when.part != "since" or not mass:
                frames.add(span)
            if when.part != "since":
                closed.add(span)
            mass[span] += figures
            outer = span
    if not mass:
        return _by_first(doc, now)
    held = {
        span: sum(count for other, count in mass.items() if span == other or (span in frames and span.holds(other)))
        for span in mass
    }
    most = max(mass.values())
    carries = [span for span in held if mass[span] * _SHARE >= most]  # one figure since long ago frames no report
    widest = max(carries, key=lambda span: (held[span], -span.months))
    return widest if widest in closed else _closed(widest, [span for span in carries if span in closed])


def _closed(running: Interval, told: list[Interval]) -> Interval:
    """What is still running, up to the end that its figures are given for (2025年以来…；1—5月, told in June)."""
    ends = (one for one in told if one.lo == running.lo and 0 < running.months - one.months <= _LATELY)
    return max(ends, key=lambda one: one.hi, default=running)


def _by_first(doc: Document, now: int | None) -> Interval | None:
    """The first span stated near the head of a text that gives its figures without any."""
    for when in whens(doc.view):
        if when.start > _NEAR_HEAD:
            return None
        span = when.interval(Clock(now)) if when.part in ("span", "until") else None
        if span:
            return span
    return None


def _stated(when: When, before: tuple[When, ...], clock: Clock, told: Day | None) -> Interval | None:
    """The interval of a governing expression; one that only says until when takes its start from an earlier event."""
    if when.part == "since":
        return _since(when, clock, told)
    if when.part in ("base", "event") or (when.part == "year" and not when.opens):
        return None
    span = _not_ahead(when, when.interval(clock), told)
    return _begun(when, span, before, clock) if span and when.part == "until" else span


def _since(when: When, clock: Clock, told: Day | None) -> Interval | None:
    """From a beginning to the day of telling; undated, to the end of the last year the text names."""
    if told and (year := told[0] or clock.now):
        return when.interval(Clock(clock.now, Interval((year, 1), (year, told[1]))))
    undated = clock.now and when.stated
    return when.interval(Clock(clock.now, years(clock.now - 1))) if clock.now and undated else None


def _not_ahead(when: When, span: Interval | None, told: Day | None) -> Interval | None:
    """An interval without a year of its own, which cannot end after the day of telling (1至11月, told in January)."""
    ahead = span and told and told[0] and not when.stated and span.hi > (told[0], told[1])
    if not span or not ahead or not when.rule.name.startswith(_YEARLESS):
        return span
    return Interval((span.lo[0] - 1, span.lo[1]), (span.hi[0] - 1, span.hi[1]))


def _begun(when: When, span: Interval, before: tuple[When, ...], clock: Clock) -> Interval:
    """The interval up to an end, begun by an earlier 自…以来 or by an event of the year before."""
    near = [one for one in before if 0 < when.start - one.end < _EVENT_REACH]
    since = next((one for one in reversed(near) if one.part == "since"), None)
    began = since.interval(Clock(clock.now, Interval((1979, 1), span.hi))) if since else None
    if began and began.lo <= span.hi:
        return Interval(began.lo, span.hi)
    founding = next((one for one in reversed(before) if one.founds() and when.start - one.end < _FOUNDING_REACH), None)
    founded = founding.interval(clock) if founding and when.rule.name == "period: until <month> of <year>" else None
    if founded and founded.lo <= span.hi:
        return Interval(founded.lo, span.hi)
    events = [one for one in near if one.part == "event"]
    begun = events[-1].interval(clock) if events and span.hi[1] < _DECEMBER else None
    return Interval(begun.lo, span.hi) if begun and begun.lo[0] == span.lo[0] - 1 else span


def _is_over(view: str, whole: Interval) -> bool:
    """Whether a text told late in a year tells of that interval as of years gone by."""
    if re.search(rf"截[至止]到?{whole.hi[0]}年(?:[底末]|12月)", view):
        return True
    return whole.months > _DECEMBER and _LAST_YEAR.search(view, 0, HEAD) is not None


def published(view: str, told: Day | None, whole: Interval | None, now: int | None) -> str | None:
    """The day, or month, of the report in ISO form; without a year in the text, the first such after its period."""
    if told is None:
        return None
    year, month, day = told
    if year is None:
        if whole is None:
            return None
        late = month >= _LATE_MONTH and not _is_over(view, whole)
        same_year = (whole.hi[0], month) > whole.hi or late or now == whole.hi[0]
        year = whole.hi[0] if same_year else whole.hi[0] + 1
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"
