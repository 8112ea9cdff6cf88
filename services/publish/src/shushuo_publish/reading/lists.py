"""The questions behind every list: a walk along an index in the list's order, or what the index of words knows.

A word that many items have is met soon on the walk; the index would give all of them. A word that few have is in the
index at once; the walk might never meet it. So the first items of the list are looked into; what is rarer among them
than a walk could bear is looked up. Neither needs to know beforehand how frequent a word is.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from shushuo_publish.filters import Filters
from shushuo_publish.store.models import Facet, Figure, Highlight, Passage, Report
from shushuo_publish.store.search import indexed, said

Stream = Literal["reports", "highlights", "figures"]
Place = tuple[int, int]

NEAR = 1000
"""So many items of a list are looked into."""
FAR = 30_000
"""Or so many, while it looks as if the list would fill by then."""
FIRST = 250
"""A word that all have is met among these."""
_SHARPEST_FIRST = ("organ", "indicator", "region", "year", "type", "level", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list shows: of the changes from ``first`` to ``last``, newest first, what comes after the place ``after``.

    ``main`` leaves out changes of figures that are told beside their figure; ``upwards`` turns the order round.
    """

    stream: Stream
    filters: Filters
    sqlite: bool
    main: bool = False
    first: int = 1
    last: int | None = None
    after: Place | None = None
    upwards: bool = False

    def facets(self) -> list[tuple[str, str]]:
        """The conditions but for the words, the sharpest first."""
        given = self.filters.given()
        return [(name, given[name]) for name in _SHARPEST_FIRST if name in given]


def places(session: Session, listing: Listing, *, limit: int | None, skip: int = 0) -> list[Place]:
    """The places that the list begins with, but for those that are skipped."""
    if not listing.filters.words():
        return [(row[0], row[1]) for row in session.execute(walk(listing).offset(skip or None).limit(limit))]
    return _with_words(session, listing, None if limit is None else skip + limit)[skip:]


def _with_words(session: Session, listing: Listing, most: int | None) -> list[Place]:
    found: list[Place] = []
    rest, seen = listing, 0
    while most is None or seen < NEAR or seen * most <= FAR * len(found):
        wanted = seen or FIRST
        rows = session.execute(look_into(rest, wanted)).all()
        found += [(row[0], row[1]) for row in rows if row[2]]
        if len(rows) < wanted or (most is not None and len(found) >= most):
            return found[:most]
        rest, seen = replace(rest, after=(rows[-1][0], rows[-1][1])), seen + wanted
    return [(row[0], row[1]) for row in session.execute(lookup(listing).limit(most))]


def look_into(listing: Listing, most: int) -> Select[Any]:
    """The list's first items without regard to its words, each with whether it has them."""
    first = walk(listing).limit(most).subquery()
    passage: Any = aliased(Passage)
    mine = and_(passage.stream == listing.stream, _same(passage, listing, first.c.change, first.c.ordinal))
    has = select(said(listing.filters.words(), sqlite=listing.sqlite, passage=passage)).where(mine).scalar_subquery()
    return select(first.c.change, first.c.ordinal, has).order_by(*_order(listing, first.c.change, first.c.ordinal))


def walk(listing: Listing) -> Select[Any]:
    """Along the index of the sharpest condition, or along everything, in the order of the list; words play no part."""
    facets = listing.facets()
    if not facets:
        query, change, ordinal = _everything(listing.stream)
        return _narrowed(query, listing, [], change, ordinal)
    driver: Any = aliased(Facet)
    query = select(driver.change, driver.ordinal).where(_held(driver, listing, facets[0]))
    return _narrowed(query, listing, facets[1:], driver.change, driver.ordinal)


def lookup(listing: Listing) -> Select[Any]:
    """By the index of words, whatever its hits are; fenced off, so that no planner thinks of walking after all."""
    held = indexed(listing.stream, listing.filters.words(), sqlite=listing.sqlite)
    hits = select(col(Passage.change), col(Passage.ordinal)).where(held).cte("hits").prefix_with("MATERIALIZED")
    query: Select[Any] = select(hits.c.change, hits.c.ordinal)
    return _narrowed(query, listing, listing.facets(), hits.c.change, hits.c.ordinal)


def _narrowed(query: Any, listing: Listing, facets: list[tuple[str, str]], change: Any, ordinal: Any) -> Select[Any]:
    """The query with the remaining conditions, the list's bounds and its order."""
    query = query.where(*(_fulfils(listing, facet, change, ordinal) for facet in facets))
    if listing.main and listing.stream == "figures":
        query = query.where(_stands_alone(listing, change, ordinal))
    if listing.first > 1:
        query = query.where(change >= listing.first)
    if listing.last is not None:
        query = query.where(change <= listing.last)
    if listing.after is not None:
        query = query.where(_comes_after(listing, change, ordinal))
    return query.order_by(*_order(listing, change, ordinal))  # type: ignore[no-any-return]


def _order(listing: Listing, change: Any, ordinal: Any) -> list[Any]:
    """Newest first; of reports, a change has only one."""
    columns = [change] if listing.stream == "reports" else [change, ordinal]
    return [column.asc() if listing.upwards else column.desc() for column in columns]


def _comes_after(listing: Listing, change: Any, ordinal: Any) -> ColumnElement[bool]:
    """What comes after the place in the list."""
    last = listing.after or (0, 0)
    at, limit = (
        (change, last[0]) if listing.stream == "reports" else (tuple_(change, ordinal), tuple_(*map(literal, last)))
    )
    condition: ColumnElement[bool] = at > limit if listing.upwards else at < limit
    return condition


def _stands_alone(listing: Listing, change: Any, ordinal: Any) -> ColumnElement[bool]:
    """The figure at a place is no change that is told beside another figure.

    Asked for as a value, not by EXISTS: PostgreSQL makes a join of that and may then begin with all figures there are.
    """
    figure: Any = aliased(Figure)
    alone = or_(figure.role == "metric", figure.of_id.is_(None))
    return select(alone).where(_same(figure, listing, change, ordinal)).scalar_subquery()


def _same(row: Any, listing: Listing, change: Any, ordinal: Any) -> ColumnElement[bool]:
    """The row is at this place; the upper bound, where there is one, keeps planners from starting at the list's top."""
    same: ColumnElement[bool] = and_(row.change == change, row.ordinal == ordinal)
    return same if listing.last is None else and_(same, row.change <= listing.last)


def _everything(stream: Stream) -> tuple[Any, Any, Any]:
    if stream == "reports":
        return select(col(Report.change), literal(0).label("ordinal")), col(Report.change), literal(0)
    table = Highlight if stream == "highlights" else Figure
    return select(col(table.change), col(table.ordinal)), col(table.change), col(table.ordinal)


def _fulfils(listing: Listing, facet: tuple[str, str], change: Any, ordinal: Any) -> ColumnElement[bool]:
    row: Any = aliased(Facet)
    return exists(select(1).where(_held(row, listing, facet), _same(row, listing, change, ordinal)))


def _held(row: Any, listing: Listing, facet: tuple[str, str]) -> ColumnElement[bool]:
    name, value = facet
    return and_(row.stream == listing.stream, row.name == name, row.value == value)
