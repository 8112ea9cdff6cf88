"""Which items a filter lets through, newest change first, as places (change, ordinal) in a stream."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from shushuo_publish.filters import Filters, Window
from shushuo_publish.store.models import Counter, Facet, Figure, Highlight, Passage, Report
from shushuo_publish.store.search import holding

Stream = Literal["reports", "highlights", "figures"]
Place = tuple[int, int]
_SHARPEST_FIRST = ("organ", "indicator", "region", "year", "type", "level", "kind")
_OF_REPORTS = ("organ", "kind", "level", "region", "year", "q")


@dataclass(frozen=True, slots=True)
class Places:
    """One stretch of a list; ``cursor`` continues it, None at its end."""

    places: list[Place]
    cursor: str | None


def newest_change(session: Session) -> int:
    """The number of the newest change of anything published; 0 when nothing is."""
    return session.scalar(select(col(Counter.value)).where(col(Counter.name) == "change")) or 0


def find(
    session: Session, stream: Stream, filters: Filters, window: Window, *, sqlite: bool, main: bool = False
) -> Places:
    """The places of a stretch; ``main`` leaves out changes of figures that are told beside their figure."""
    last = int(window.cursor.partition(".")[0]) if window.cursor else None
    query, change, ordinal = _candidates(stream, filters, last, sqlite=sqlite)
    if window.cursor:
        query = query.where(_before(stream, change, ordinal, window.cursor))
    if main and stream == "figures":
        query = query.where(_stands_alone(change, ordinal, last))
    query = query.order_by(*_downwards(stream, change, ordinal)).limit(window.limit + 1)
    if window.page > 1:
        query = query.offset((window.page - 1) * window.limit)
    rows = [(row[0], row[1]) for row in session.execute(query)]
    shown = rows[: window.limit]
    return Places(shown, "{}.{}".format(*shown[-1]) if len(rows) > window.limit else None)


def within(
    session: Session,
    stream: Stream,
    filters: Filters,
    changes: range,
    *,
    sqlite: bool,
    limit: int | None = None,
    upwards: bool = False,
) -> list[Place]:
    """What a feed lists of these changes, the newest first, or with ``upwards`` the oldest."""
    if not changes:
        return []
    query, change, ordinal = _candidates(stream, filters, changes[-1], sqlite=sqlite)
    query = query.where(change.between(changes[0], changes[-1]))
    if stream == "figures":
        query = query.where(_stands_alone(change, ordinal, changes[-1]))
    order = [change.asc()] if upwards else _downwards(stream, change, ordinal)
    return [(row[0], row[1]) for row in session.execute(query.order_by(*order).limit(limit))]


def _downwards(stream: Stream, change: Any, ordinal: Any) -> list[Any]:
    """The order of every list; of reports, a change has only one."""
    return [change.desc()] if stream == "reports" else [change.desc(), ordinal.desc()]


def _before(stream: Stream, change: Any, ordinal: Any, cursor: str) -> ColumnElement[bool]:
    """What comes after the cursor in a list that runs downwards; of reports, a change has only one."""
    last_change, _, last_ordinal = cursor.partition(".")
    condition: ColumnElement[bool] = change < int(last_change)
    if stream != "reports":
        condition = tuple_(change, ordinal) < tuple_(literal(int(last_change)), literal(int(last_ordinal or 0)))
    return condition


def of_reports(filters: Filters) -> Filters:
    """Only the conditions that a report as a whole fulfils."""
    return Filters(**{name: value for name, value in filters.model_dump().items() if name in _OF_REPORTS})


def _stands_alone(change: Any, ordinal: Any, last: int | None) -> ColumnElement[bool]:
    """The figure at a place is no change that is told beside another figure.

    Asked for as a value, not by EXISTS: PostgreSQL makes a join of that and may then begin with all figures there are.
    """
    figure: Any = aliased(Figure)
    alone = or_(figure.role == "metric", figure.of_id.is_(None))
    return select(alone).where(_same(figure, change, ordinal, last)).scalar_subquery()


def _same(row: Any, change: Any, ordinal: Any, last: int | None) -> ColumnElement[bool]:
    """The row is at this place; ``last``, where a list continues, keeps planners from starting at its top."""
    same: ColumnElement[bool] = and_(row.change == change, row.ordinal == ordinal)
    return same if last is None else and_(same, row.change <= last)


def _candidates(stream: Stream, filters: Filters, last: int | None, *, sqlite: bool) -> tuple[Any, Any, Any]:
    """A query for all places that fulfil the filter, driven by its sharpest condition."""
    given = filters.given()
    facets = [(name, given[name]) for name in _SHARPEST_FIRST if name in given]
    if filters.words():
        change, ordinal = col(Passage.change), col(Passage.ordinal)
        query = select(change, ordinal).where(*holding(stream, filters.words(), sqlite=sqlite))
    elif facets:
        driver: Any = aliased(Facet)
        name, value = facets.pop(0)
        query = select(driver.change, driver.ordinal).where(
            driver.stream == stream, driver.name == name, driver.value == value
        )
        change, ordinal = driver.change, driver.ordinal
    else:
        query, change, ordinal = _everything(stream)
    return query.where(*(_fulfils(stream, *facet, (change, ordinal, last)) for facet in facets)), change, ordinal


def _everything(stream: Stream) -> tuple[Any, Any, Any]:
    if stream == "reports":
        return select(col(Report.change), literal(0)), col(Report.change), literal(0)
    table = Highlight if stream == "highlights" else Figure
    return select(col(table.change), col(table.ordinal)), col(table.change), col(table.ordinal)


def _fulfils(stream: Stream, name: str, value: str, place: tuple[Any, Any, int | None]) -> ColumnElement[bool]:
    facet: Any = aliased(Facet)
    held = and_(facet.stream == stream, facet.name == name, facet.value == value)
    return exists(select(1).where(held, _same(facet, *place)))
