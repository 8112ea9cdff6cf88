"""A report's page as plain values: its marked text and the lists beside it, each item under its address; pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from shushuo_publish.cards import Change, ReportCard
from shushuo_publish.feeds.items import clean
from shushuo_publish.reading.whole import Edition, Whole
from shushuo_publish.web.annotate import Mark, Paragraph, paragraphs
from shushuo_publish.web.edition_view import EditionView, edition_view
from shushuo_publish.web.place_view import Where, where
from shushuo_shared.report import ExtractedReport, Figure, Highlight, Rank

DEEPEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure in the list: its stated changes beside it, whose it is where that needs saying."""

    key: str
    text: str
    indicator: str
    code: str | None
    whose: str
    suspect: bool
    moves: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one section."""

    title: str
    figures: list[Row]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, with the figures it is about as (address, text)."""

    severity: str
    message: str
    figures: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """Everything the page shows; ``doubts`` gives for a figure's address the number of the finding that doubts it,
    ``places`` for an item's address where it stands in the original.
    """

    card: ReportCard
    canonical: str
    original: str | None
    compare_with: str = ""
    presenter: str = ""
    meeting: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    ranks: list[dict[str, str]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    figure_count: int = 0
    checks: list[Finding] = field(default_factory=list)
    doubts: dict[str, int] = field(default_factory=dict)
    places: dict[str, Where] = field(default_factory=dict)
    terms: list[Any] = field(default_factory=list)
    versions: list[EditionView] = field(default_factory=list)


def report_view(found: Whole, canonical: str) -> ReportView:
    """The page of a report; a withdrawn one shows only its history."""
    versions = [edition_view(edition, first=_is_first(edition, found.editions)) for edition in found.editions]
    original = original_of(found.card)
    read = found.read
    if read is None:
        return ReportView(card=found.card, canonical=canonical, original=original, versions=versions)
    items: list[Figure | Rank | Highlight] = [*read.figures, *read.ranks, *read.highlights]
    keys = {item.id: found.keys.get(item.id, item.id) for item in items}
    checks = [_finding(read, keys, check) for check in read.checks]
    return ReportView(
        card=found.card,
        canonical=canonical,
        original=original,
        compare_with=_compare_with(found.card),
        presenter=read.meta.presenter or "",
        meeting=read.meta.meeting or "",
        paragraphs=paragraphs(_clean_in_place(read.text), _marks(read, keys), _headings(read)),
        ranks=[{"key": keys[r.id], "indicator": clean(r.indicator), "text": clean(r.text)} for r in read.ranks],
        groups=_groups(read, keys),
        figure_count=len(read.figures),
        checks=checks,
        doubts={key: n for n, c in enumerate(checks, 1) if c.severity == "warning" for key, _ in c.figures},
        places={keys[item.id]: at for item in items if (at := where(item, read.text, original)) is not None},
        terms=list(read.terms),
        versions=versions,
    )


def original_of(card: ReportCard) -> str | None:
    """The address of the original; None when it has none that a browser opens."""
    source = card.source_url or ""
    return source if source.startswith(("http://", "https://")) else None


def _compare_with(card: ReportCard) -> str:
    """What narrows a comparison to organs like this one, as more of a query string."""
    year = card.period if card.period and len(card.period) == 4 else None
    province = (card.region or "").split("/")[0] or None
    given = {name: value for name, value in (("year", year), ("region", province)) if value}
    return f"&{urlencode(given)}" if given else ""


def _is_first(edition: Edition, editions: list[Edition]) -> bool:
    return edition.sequence == min(e.sequence for e in editions)


def _clean_in_place(text: str) -> str:
    """Same length, so that offsets hold: what HTML cannot carry becomes the replacement character."""
    return "".join(c if c in "\t\n\r" or clean(c) else "\ufffd" for c in text) if clean(text) != text else text


def _marks(read: ExtractedReport, keys: dict[str, str]) -> list[Mark]:
    figures = [
        Mark(f.start, f.end, keys[f.id], "figure" if f.role == "metric" else "figure move", clean(f.indicator))
        for f in read.figures
    ]
    ranks = [Mark(r.start, r.end, keys[r.id], "rank", clean(r.indicator)) for r in read.ranks]
    highlights = [Mark(h.start, h.end, keys[h.id], "highlight", clean(h.title)) for h in read.highlights]
    return [*highlights, *ranks, *figures]


def _headings(read: ExtractedReport) -> dict[int, int]:
    """For each line that is the heading of some text and little else: where it starts, and its level."""
    found: dict[int, int] = {}
    for section in read.sections:
        start = read.text.rfind("\n", 0, section.start + 1) + 1
        end = read.text.find("\n", section.start)
        end = end if end >= 0 else len(read.text)
        short = len(read.text[start:end].strip("#* \t　\r")) <= len(section.title) + 8
        if short and read.text[end : section.end].strip("#* \t　\r\n"):  # lines of a title page head nothing
            found.setdefault(start, max(1, min(section.level, DEEPEST)))
    return found


def _groups(read: ExtractedReport, keys: dict[str, str]) -> list[Group]:
    titles = {section.id: clean(section.title) for section in read.sections}
    metrics = {figure.start: figure.id for figure in read.figures if figure.role == "metric"}
    moves: dict[str, list[Figure]] = {}
    shown: list[Figure] = []
    for figure in sorted(read.figures, key=lambda f: f.start):
        owner = metrics.get(figure.of) if figure.role == "change" and figure.of is not None else None
        if owner:
            moves.setdefault(owner, []).append(figure)
        else:
            shown.append(figure)
    suspects = {f for check in read.checks if check.severity == "warning" for f in check.figures}
    groups: dict[str, list[Row]] = {}
    for figure in shown:
        row = _row(figure, moves.get(figure.id, ()), keys, read, suspects)
        groups.setdefault(titles.get(figure.section or "", "") or "全文", []).append(row)
    return [Group(title, rows) for title, rows in groups.items()]


def _row(
    figure: Figure, moves: Iterable[Figure], keys: dict[str, str], read: ExtractedReport, suspects: set[str]
) -> Row:
    own = read.meta.organs[0] if len(read.meta.organs) == 1 else None
    told = [figure, *moves] if figure.role == "change" else list(moves)
    return Row(
        key=keys[figure.id],
        text=clean(figure.text),
        indicator=clean(figure.indicator),
        code=figure.code,
        whose=clean(figure.organ) if figure.organ and figure.organ != own else "",
        suspect=figure.id in suspects,
        moves=[(keys[m.id] if m is not figure else "", _words(m)) for m in told],
    )


def _words(figure: Figure) -> str:
    return clean(Change(text=figure.text, basis=figure.basis, direction=figure.direction).words())


def _finding(read: ExtractedReport, keys: dict[str, str], check: Any) -> Finding:
    texts = {figure.id: clean(figure.text) for figure in read.figures}
    figures = [(keys[name], texts[name]) for name in check.figures if name in texts]
    return Finding(check.severity, clean(check.message), figures)
