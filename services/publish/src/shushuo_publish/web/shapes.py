"""What the API answers with, field by field; the OpenAPI document is made from these models."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shushuo_publish.cards import FigureCard, HighlightCard, Links, ReportCard, china_time
from shushuo_publish.feeds.items import clean
from shushuo_publish.reading.organs import Organ
from shushuo_shared.report import Spot

_ID = "r1f0c2b7a9d3e5f60718"
_NAME = "临江县人民法院"
_SPOT = {"page": 3, "box": [90.0, 120.5, 310.2, 134.5], "sheet": [595.0, 842.0], "element": None}


class Shape(BaseModel):
    """Immutable."""

    model_config = ConfigDict(frozen=True)


class Proof(Shape):
    """Where a statement stands: the sentence, its report and version, offsets into that version's text, its address
    here, and its places in the original.
    """

    report_id: str = Field(examples=[_ID])
    version: str
    start: int
    end: int
    sentence: str = Field(examples=["全年新收刑事案件685件，同比上升4.9%。"])
    url: str
    places: list[Spot] = Field(
        description="在原件中的位置：PDF、图片为页码与方框，网页、Word 为元素；原件为纯文本时为空", examples=[[_SPOT]]
    )


class StatedChange(Shape):
    """A difference that the report states of a figure."""

    text: str = Field(examples=["4.9%"])
    basis: str | None = Field(examples=["yoy"])
    direction: str | None = Field(examples=["up"])


class FigureShape(Shape):
    """One figure: ``value`` is a decimal string with 万 and 亿 applied, ``text`` the report's own writing of it."""

    id: str
    text: str = Field(examples=["685件"])
    value: str = Field(examples=["685"])
    unit: str = Field(examples=["件"])
    approx: str = Field(examples=["exact"])
    role: str = Field(examples=["metric"])
    indicator: str = Field(examples=["新收刑事案件"])
    code: str | None = Field(examples=["criminal.accepted"])
    period: str | None = Field(examples=["2025"])
    organ: str | None = Field(examples=[_NAME])
    changes: list[StatedChange]
    suspect: bool = Field(description="校核对它存疑")
    published_at: datetime
    changed_at: datetime
    proof: Proof


class HighlightShape(Shape):
    """One highlight in the report's own words."""

    id: str
    title: str
    text: str
    types: list[str] = Field(examples=[["typical_case"]])
    level: str | None = Field(examples=["national"])
    issuer: str | None
    organ: str | None = Field(examples=[_NAME])
    published_at: datetime
    changed_at: datetime
    proof: Proof


class ReportShape(Shape):
    """One report in brief."""

    report_id: str = Field(examples=[_ID])
    version: str
    sequence: int = Field(description="第几次变化，从 1 起")
    state: str = Field(examples=["present"])
    copy_of: str | None = Field(examples=[None], description="因与这份报告相同而撤回；其余为空")
    title: str
    headline: str
    organs: list[str] = Field(examples=[[_NAME]])
    kind: str | None = Field(examples=["court"])
    level: str | None = Field(examples=["basic"])
    region: str | None = Field(examples=["云省/云溪市/临江县"])
    period: str | None = Field(examples=["2025"])
    reported_on: str | None
    published_at: datetime
    changed_at: datetime
    original: str | None
    url: str
    figure_count: int
    warnings: int
    key_figures: list[FigureShape]
    highlights: list[HighlightShape]


class OrganShape(Shape):
    """An organ and its report that changed last."""

    name: str = Field(examples=[_NAME])
    kind: str | None
    level: str | None
    region: str | None
    reports: int
    newest_report_id: str
    newest_title: str
    changed_at: datetime


class Reports(Shape):
    """A stretch of reports, newest change first; ``next`` is the address of the one after it."""

    items: list[ReportShape]
    next: str | None


class Figures(Shape):
    """A stretch of figures."""

    items: list[FigureShape]
    next: str | None


class Highlights(Shape):
    """A stretch of highlights."""

    items: list[HighlightShape]
    next: str | None


class Organs(Shape):
    """A stretch of organs."""

    items: list[OrganShape]
    next: str | None


def proof_of(card: ReportCard, item: FigureCard | HighlightCard, links: Links) -> Proof:
    """The proof of a figure or highlight."""
    return Proof(
        report_id=card.report_id,
        version=card.version,
        start=item.start,
        end=item.end,
        sentence=clean(item.sentence),
        url=links.report(card.report_id, item.key),
        places=list(item.places),
    )


def figure_shape(card: ReportCard, figure: FigureCard, links: Links) -> FigureShape:
    """A figure as the API tells it."""
    return FigureShape(
        id=figure.key,
        text=clean(figure.text),
        value=figure.value,
        unit=figure.unit,
        approx=figure.approx,
        role=figure.role,
        indicator=clean(figure.indicator),
        code=figure.code,
        period=figure.period,
        organ=figure.organ,
        changes=[StatedChange(text=c.text, basis=c.basis, direction=c.direction) for c in figure.changes],
        suspect=figure.suspect,
        published_at=china_time(figure.published_at),
        changed_at=china_time(figure.changed_at),
        proof=proof_of(card, figure, links),
    )


def highlight_shape(card: ReportCard, highlight: HighlightCard, links: Links) -> HighlightShape:
    """A highlight as the API tells it."""
    return HighlightShape(
        id=highlight.key,
        title=clean(highlight.title),
        text=clean(highlight.text),
        types=list(highlight.types),
        level=highlight.level,
        issuer=highlight.issuer,
        organ=highlight.organ,
        published_at=china_time(highlight.published_at),
        changed_at=china_time(highlight.changed_at),
        proof=proof_of(card, highlight, links),
    )


def report_shape(card: ReportCard, links: Links) -> ReportShape:
    """A report in brief as the API tells it."""
    return ReportShape(
        **envelope(card, links),
        key_figures=[figure_shape(card, figure, links) for figure in card.key_figures],
        highlights=[highlight_shape(card, highlight, links) for highlight in card.highlights],
    )


def envelope(card: ReportCard, links: Links) -> dict[str, Any]:
    """What is published about a report besides what was read from it."""
    return {
        "report_id": card.report_id,
        "version": card.version,
        "sequence": card.sequence,
        "state": "withdrawn" if card.withdrawn else "present",
        "copy_of": card.copy_of,
        "title": clean(card.title),
        "headline": clean(card.headline),
        "organs": list(card.organs),
        "kind": card.kind,
        "level": card.level,
        "region": card.region,
        "period": card.period,
        "reported_on": card.reported_on,
        "published_at": china_time(card.published_at),
        "changed_at": china_time(card.changed_at),
        "original": card.source_url,
        "url": links.report(card.report_id),
        "figure_count": card.figure_count,
        "warnings": card.warnings,
    }


def organ_shape(organ: Organ) -> OrganShape:
    """An organ as the API tells it."""
    newest = organ.newest
    return OrganShape(
        name=organ.name,
        kind=newest.kind,
        level=newest.level,
        region=newest.region,
        reports=organ.reports,
        newest_report_id=newest.report_id,
        newest_title=newest.title,
        changed_at=china_time(newest.changed_at),
    )
