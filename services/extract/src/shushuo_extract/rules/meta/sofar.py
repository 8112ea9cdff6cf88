"""The part of a running year that a text is about if its first figures are of it (前10个月, told in November)."""

from shushuo_extract.engine.types import Document
from shushuo_extract.rules.meta.head import Head
from shushuo_extract.rules.meta.passages import has_figure, zone_of
from shushuo_extract.rules.periods import Clock, Interval, When, whens

_PARTS = ("period: <n> to <month>", "period: first <n> months", "period: <part>", "period: until <month>")
_YEAR = 12


def narrowed(doc: Document, head: Head, whole: Interval | None) -> Interval | None:
    """The report's interval, or as much of its year as was over when it was told, if that is all it counts."""
    if whole is None or head.told is None or whole.months != _YEAR or head.told[0] not in (None, whole.lo[0]):
        return whole
    counted = [when for when in whens(doc.view) if when.opens and _counts(doc, when)]
    if not counted or not _is_part(counted[0]) or any(when.part == "year" and when.stated for when in counted):
        return whole
    span = counted[0].interval(Clock(whole.lo[0], whole))
    return span if span and whole.holds(span) and span.hi[1] <= head.told[1] else whole


def _is_part(when: When) -> bool:
    return when.rule.name.startswith(_PARTS) and not when.stated


def _counts(doc: Document, when: When) -> bool:
    """Whether an expression of time governs a figure of the report's results."""
    return when.part not in ("base", "event") and zone_of(doc, when.start) == "body" and has_figure(doc, when)
