"""Places turned into cards: a fixed number of queries for a stretch of any length."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from shushuo_publish.cards import Change, FigureCard, HighlightCard, ReportCard
from shushuo_publish.reading.lists import Place
from shushuo_publish.store.models import Figure, Highlight, Report
from shushuo_shared.report import Spot

Item = TypeVar("Item", Figure, Highlight)


def reports_at(session: Session, places: Sequence[Place]) -> list[ReportCard]:
    """The reports at these places, in their order, with key figures and highlights."""
    changes = [change for change, _ in places]
    rows = session.scalars(select(Report).where(col(Report.change).in_(changes)).order_by(col(Report.change).desc()))
    return _cards(session, rows.all())


def reports_of(session: Session, ids: Iterable[str]) -> dict[str, ReportCard]:
    """The reports with these ids as bare cards, without figures or highlights."""
    rows = session.scalars(select(Report).where(col(Report.report_id).in_(sorted(set(ids)))))
    return {row.report_id: card_of(row) for row in rows}


def report(session: Session, report_id: str) -> ReportCard | None:
    """One report, whole card; None when it was never published."""
    row = session.get(Report, report_id)
    return _cards(session, [row])[0] if row else None


def highlights_at(session: Session, places: Sequence[Place]) -> list[tuple[ReportCard, HighlightCard]]:
    """The highlights at these places, in their order, each with its report."""
    rows = _at(session, Highlight, places)
    owners = reports_of(session, (row.report_id for row in rows))
    return [(owners[row.report_id], highlight_card(row)) for row in rows]


def figures_at(session: Session, places: Sequence[Place]) -> list[tuple[ReportCard, Figure, FigureCard]]:
    """The figures at these places, in their order, each with its report, its row and its stated changes."""
    rows = _at(session, Figure, places)
    owners = reports_of(session, (row.report_id for row in rows))
    changes = changes_of(session, [row.id for row in rows])
    return [(owners[row.report_id], row, figure_card(row, changes.get(row.id, ()))) for row in rows]


def _at(session: Session, table: type[Item], places: Sequence[Place]) -> list[Item]:
    """The rows at these places, in their order; asked for by change alone, for which SQLite has an index to use."""
    changes, ordinals = {change for change, _ in places}, [ordinal for _, ordinal in places]
    query = select(table).where(col(table.change).in_(changes))
    if len(changes) == 1:
        query = query.where(col(table.ordinal).between(min(ordinals), max(ordinals)))
    found = {(row.change, row.ordinal): row for row in session.scalars(query)}
    return [found[place] for place in places if place in found]


def changes_of(session: Session, figure_ids: Sequence[str]) -> dict[str, tuple[Change, ...]]:
    """The stated changes of each of these figures, in the text's order."""
    rows = session.scalars(select(Figure).where(col(Figure.of_id).in_(figure_ids)).order_by(col(Figure.start))).all()
    found: dict[str, tuple[Change, ...]] = {}
    for row in rows:
        found[str(row.of_id)] = (*found.get(str(row.of_id), ()), change_of(row))
    return found


def _cards(session: Session, rows: Sequence[Report]) -> list[ReportCard]:
    ids = [row.report_id for row in rows]
    key = select(Figure).where(col(Figure.report_id).in_(ids), col(Figure.key_rank).is_not(None))
    figures = session.scalars(key.order_by(col(Figure.key_rank))).all()
    changes = changes_of(session, [figure.id for figure in figures])
    lifted = select(Highlight).where(col(Highlight.report_id).in_(ids)).order_by(col(Highlight.start))
    highlights = session.scalars(lifted).all()
    by_figure: dict[str, list[FigureCard]] = {}
    for figure in figures:
        by_figure.setdefault(figure.report_id, []).append(figure_card(figure, changes.get(figure.id, ())))
    by_highlight: dict[str, list[HighlightCard]] = {}
    for highlight in highlights:
        by_highlight.setdefault(highlight.report_id, []).append(highlight_card(highlight))
    return [card_of(row, by_figure.get(row.report_id, ()), by_highlight.get(row.report_id, ())) for row in rows]


def card_of(row: Report, figures: Iterable[FigureCard] = (), highlights: Iterable[HighlightCard] = ()) -> ReportCard:
    """The card of a report row."""
    withdrawn = row.state == "withdrawn"
    return ReportCard(
        report_id=row.report_id,
        version=row.version,
        change=row.change,
        sequence=row.sequence,
        title=row.title,
        headline="" if withdrawn else row.headline,
        organs=tuple(row.organs),
        kind=row.kind,
        level=row.level,
        region=row.region,
        period=row.period,
        reported_on=row.reported_on,
        source_url=row.source_address,
        published_at=row.published_at,
        changed_at=row.changed_at,
        withdrawn=withdrawn,
        copy_of=row.copy_of if withdrawn else None,
        warnings=row.warnings,
        figure_count=row.figure_count,
        key_figures=tuple(figures),
        highlights=tuple(highlights),
    )


def figure_card(row: Figure, changes: Iterable[Change] = ()) -> FigureCard:
    """The card of a figure row."""
    own = (change_of(row),) if row.role == "change" else ()
    return FigureCard(
        key=row.id,
        text=row.text,
        value=row.value,
        unit=row.unit,
        approx=row.approx,
        role=row.role,
        indicator=row.indicator,
        code=row.code,
        period=row.period,
        organ=row.organ,
        start=row.start,
        end=row.end,
        sentence=row.sentence,
        places=tuple(Spot.model_validate(place) for place in row.places),
        published_at=row.published_at,
        changed_at=row.changed_at,
        changes=(*own, *changes),
        suspect=row.suspect,
    )


def highlight_card(row: Highlight) -> HighlightCard:
    """The card of a highlight row."""
    return HighlightCard(
        key=row.id,
        title=row.title,
        text=row.text,
        types=tuple(row.types),
        level=row.recognition,
        issuer=row.issuer,
        organ=row.organ,
        start=row.start,
        end=row.end,
        sentence=row.sentence,
        places=tuple(Spot.model_validate(place) for place in row.places),
        published_at=row.published_at,
        changed_at=row.changed_at,
    )


def change_of(row: Figure) -> Change:
    """What a figure row of role ``change`` states."""
    return Change(text=row.text, basis=row.basis, direction=row.direction)


def newest_report_change(session: Session, places: Sequence[Place]) -> datetime | None:
    """When the first of these reports last changed."""
    if not places:
        return None
    return session.scalar(select(col(Report.changed_at)).where(col(Report.change) == places[0][0]))
