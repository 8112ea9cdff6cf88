"""One indicator of one organ over the years, and one indicator of one year across organs; each point with its proof."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from shushuo_publish.cards import FigureCard, ReportCard, decimal_of
from shushuo_publish.filters import Filters, Window
from shushuo_publish.growth import Comparison, Stated, compare, contradict
from shushuo_publish.reading.cards import changes_of, figure_card, figures_at, reports_of
from shushuo_publish.reading.keys import find
from shushuo_publish.store.models import Figure

MOST_POINTS = 1000
MOST_STATEMENTS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value with its proof; ``others`` are further statements of the same quantity, equal or not."""

    organ: str
    year: int
    figure: FigureCard
    report: ReportCard
    stated: Stated | None
    growth: Comparison | None = None
    others: tuple[tuple[ReportCard, FigureCard], ...] = ()

    @property
    def rivals(self) -> tuple[tuple[ReportCard, FigureCard], ...]:
        """The other exact statements that give another number, one for each value."""
        if self.figure.approx != "exact":
            return ()
        mine = (self.figure.value, self.figure.text)
        exact = [(report, figure) for report, figure in self.others if figure.approx == "exact"]
        found = {f.value: (report, f) for report, f in exact if contradict(mine, (f.value, f.text))}
        return tuple(found.values())

    @property
    def disputed(self) -> bool:
        """Whether an exact statement contradicts this one."""
        return bool(self.rivals)


def series(session: Session, indicator: str, organ: str) -> dict[str, list[Point]]:
    """For each unit the yearly values, oldest first, with growth against the year before where both are known."""
    query = select(Figure).where(
        col(Figure.code) == indicator, col(Figure.organ) == organ, col(Figure.role) == "metric"
    )
    newest = query.order_by(col(Figure.year_from).desc()).limit(MOST_POINTS)
    rows = [row for row in session.scalars(newest) if _whole_year(row)]
    return {unit: _with_growth(points) for unit, points in _points(_told(session, rows)).items()}


def across(session: Session, filters: Filters, window: Window, *, sqlite: bool) -> tuple[list[Point], str | None]:
    """The values of the filter's indicator in its year, one point for each organ and unit, largest of these first.

    A point has every statement of its quantity and stands where the newest of them does, in whatever stretch that is.
    """
    found = find(session, "figures", filters, window, sqlite=sqlite, main=True)
    listed = [row for _, row, _ in figures_at(session, found.places) if row.role == "metric" and row.organ]
    listed = [row for row in listed if row.period == str(filters.year)]
    rows = _statements(session, filters, listed)
    newest: dict[Hashable, tuple[int, int]] = {}
    for row in rows:
        newest[_passing(row)] = max(newest.get(_passing(row), (0, 0)), (row.change, row.ordinal))
    here = {(row.unit, row.organ) for row in listed if (row.change, row.ordinal) == newest[_passing(row)]}
    told = _told(session, [row for row in rows if (row.unit, row.organ) in here])
    points = [point for group in _points(told).values() for point in group]
    return sorted(points, key=lambda p: (p.figure.unit, -(decimal_of(p.figure.value) or 0), p.organ)), found.cursor


def _statements(session: Session, filters: Filters, listed: Sequence[Figure]) -> list[Figure]:
    """Everything stated of what these figures state, by whichever report: these and the newest others."""
    same = select(Figure).where(
        col(Figure.code) == filters.indicator,
        col(Figure.organ).in_(sorted({str(row.organ) for row in listed})),
        col(Figure.year_from) == filters.year,
        col(Figure.role) == "metric",
        col(Figure.period) == str(filters.year),
    )
    newest = (col(Figure.change) + 0).desc()  # not the column itself: no planner is to walk all changes for so few
    others = session.scalars(same.order_by(newest, col(Figure.ordinal)).limit(MOST_STATEMENTS))
    return list({row.id: row for row in (*listed, *others)}.values())


def _passing(row: Figure) -> Hashable:
    """What is alike in statements of one quantity that a filter lets through together."""
    return row.unit, row.organ, row.kind, row.level, row.region


def _told(session: Session, rows: Sequence[Figure]) -> list[tuple[ReportCard, FigureCard, Stated | None]]:
    """The figures with their reports and the growth that is stated of them."""
    owners = reports_of(session, (row.report_id for row in rows))
    ids = [row.id for row in rows]
    changes, said = changes_of(session, ids), _stated(session, ids)
    return [(owners[row.report_id], figure_card(row, changes.get(row.id, ())), said.get(row.id)) for row in rows]


def _whole_year(row: Figure) -> bool:
    return row.period is not None and len(row.period) == 4 and row.period.isdigit()


def _stated(session: Session, figure_ids: Sequence[str]) -> dict[str, Stated]:
    """The growth against the year before that the reports state for these figures; the first one of each."""
    query = select(Figure).where(col(Figure.of_id).in_(figure_ids), col(Figure.basis) == "yoy")
    found: dict[str, Stated] = {}
    for row in session.scalars(query.order_by(col(Figure.start))):
        stated = Stated(text=row.text, value=row.value, unit=row.unit, approx=row.approx, direction=row.direction)
        found.setdefault(str(row.of_id), stated)
    return found


def _points(triples: Iterable[tuple[ReportCard, FigureCard, Stated | None]]) -> dict[str, list[Point]]:
    """Points by unit; of several statements the exact, unsuspected, most lately changed one speaks."""
    groups: dict[tuple[str, str, int], list[tuple[ReportCard, FigureCard, Stated | None]]] = {}
    for report, figure, stated in triples:
        key = (figure.unit, str(figure.organ), int(str(figure.period)[:4]))
        groups.setdefault(key, []).append((report, figure, stated))
    found: dict[str, list[Point]] = {}
    for (unit, organ, year), statements in sorted(groups.items()):
        ranked = sorted(statements, key=_trust, reverse=True)
        report, figure, stated = ranked[0]
        stated = stated or next((other for _, _, other in ranked if other), None)
        others = tuple((r, f) for r, f, _ in ranked[1:])
        found.setdefault(unit, []).append(
            Point(organ=organ, year=year, figure=figure, report=report, stated=stated, others=others)
        )
    return found


def _trust(statement: tuple[ReportCard, FigureCard, Stated | None]) -> tuple[bool, bool, bool, int, int]:
    report, figure, stated = statement
    return figure.approx == "exact", not figure.suspect, stated is not None, report.change, -figure.start


def _with_growth(points: list[Point]) -> list[Point]:
    by_year = {point.year: point for point in points}
    return [_grown(point, by_year.get(point.year - 1)) for point in points]


def _grown(point: Point, before: Point | None) -> Point:
    if before is None:
        return point
    earlier, now = before.figure, point.figure
    exact = now.approx == earlier.approx == "exact"
    growth = compare((earlier.value, earlier.text), (now.value, now.text), now.unit, point.stated, exact=exact)
    return Point(
        organ=point.organ,
        year=point.year,
        figure=point.figure,
        report=point.report,
        stated=point.stated,
        growth=growth,
        others=point.others,
    )
