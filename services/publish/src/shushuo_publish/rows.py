"""An extracted report as rows of the store: pure. Ids, ``change`` and ``ordinal`` are given later, by ``handler``."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from shushuo_publish.filters import years_of
from shushuo_publish.store.models import Figure, Finding, Highlight, Rank
from shushuo_shared.report import Check, ExtractedReport
from shushuo_shared.report import Figure as ReadFigure
from shushuo_shared.report import Highlight as ReadHighlight
from shushuo_shared.report import Rank as ReadRank

T = TypeVar("T", ReadFigure, ReadRank, ReadHighlight)


@dataclass(slots=True)
class Items:
    """Everything said in one version of a report, in the order of the text."""

    figures: list[Figure] = field(default_factory=list)
    ranks: list[Rank] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def changes(self) -> set[int]:
        """The change numbers that these items stand under."""
        return {item.change for item in (*self.figures, *self.ranks, *self.highlights)}


def items_of(report: ExtractedReport, report_id: str, now: datetime) -> Items:
    """Rows of all items, ``id`` still being the one that extract gave."""
    suspects = {figure for check in report.checks if check.severity == "warning" for figure in check.figures}
    figures = [_figure(report, report_id, item, now) for item in _in_order(report.figures)]
    for row in figures:
        row.suspect = row.local_id in suspects
    return Items(
        figures=figures,
        ranks=[_rank(report, report_id, item, now) for item in _in_order(report.ranks)],
        highlights=[_highlight(report, report_id, item, now) for item in _in_order(report.highlights)],
        findings=[_finding(report_id, check, n) for n, check in enumerate(report.checks)],
    )


def packed(report: ExtractedReport) -> bytes:
    """The whole report as it is kept with its version."""
    return zlib.compress(report.model_dump_json(by_alias=True).encode(), 6)


def unpacked(payload: bytes) -> ExtractedReport:
    """The report out of a version's payload."""
    return ExtractedReport.model_validate_json(zlib.decompress(payload))


def _in_order(items: Sequence[T]) -> list[T]:
    return sorted(items, key=lambda item: (item.start, item.end, item.id))


def _common(
    report: ExtractedReport, report_id: str, item: ReadFigure | ReadRank | ReadHighlight, now: datetime
) -> dict[str, Any]:
    meta, (first, last) = report.meta, item.sentence
    return {
        "id": item.id,
        "local_id": item.id,
        "report_id": report_id,
        "change": 0,
        "ordinal": 0,
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "section": item.section,
        "sentence_start": first,
        "sentence_end": last,
        "sentence": report.text[first:last],
        "places": [place.model_dump(mode="json") for place in item.places],
        "organ": getattr(item, "organ", None) or (meta.organs[0] if len(meta.organs) == 1 else None),
        "kind": meta.kind,
        "level": meta.level,
        "region": meta.region,
        "rule": item.rule,
        "published_at": now,
        "changed_at": now,
    }


def _figure(report: ExtractedReport, report_id: str, item: ReadFigure, now: datetime) -> Figure:
    period = item.period or report.meta.period
    years = years_of(period)
    of = next((f.id for f in report.figures if item.of is not None and f.start == item.of and f.role == "metric"), None)
    return Figure(
        **_common(report, report_id, item, now),
        value=item.value,
        unit=item.unit,
        approx=item.approx,
        role=item.role,
        indicator=item.indicator,
        code=item.code,
        period=period,
        year_from=min(years, default=None),
        year_to=max(years, default=None),
        of_id=of,
        basis=item.basis,
        direction=item.direction,
        key_rank=report.key_figures.index(item.id) if item.id in report.key_figures else None,
    )


def _rank(report: ExtractedReport, report_id: str, item: ReadRank, now: datetime) -> Rank:
    of = next((f.id for f in report.figures if item.of is not None and f.start == item.of and f.role == "metric"), None)
    return Rank(
        **_common(report, report_id, item, now),
        scope=item.scope,
        position=item.position,
        indicator=item.indicator,
        of_id=of,
    )


def _highlight(report: ExtractedReport, report_id: str, item: ReadHighlight, now: datetime) -> Highlight:
    years = years_of(report.meta.period)
    return Highlight(
        **_common(report, report_id, item, now),
        title=item.title,
        types=list(item.types),
        recognition=item.level,
        issuer=item.issuer,
        year_from=min(years, default=None),
        year_to=max(years, default=None),
    )


def _finding(report_id: str, check: Check, n: int) -> Finding:
    return Finding(
        id=f"{report_id}.{n}",
        report_id=report_id,
        kind=check.kind,
        message=check.message,
        severity=check.severity,
        figures=list(check.figures),
    )
