"""The page of comparisons as plain values: one indicator across organs, or of one organ over the years."""

from dataclasses import dataclass

from sqlmodel import Session

from shushuo_publish.filters import Filters, Window
from shushuo_publish.labels import code_name
from shushuo_publish.reading.series import Point, across, series
from shushuo_publish.web.list_view import Choice, selects

MOST_ORGANS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareView:
    """Everything the page shows; ``asked`` says whether the question was complete."""

    heading: str
    given: dict[str, str]
    selects: list[Choice]
    asked: bool
    by_year: bool
    units: dict[str, list[Point]]


def compare_view(session: Session, filters: Filters, *, sqlite: bool, this_year: int) -> CompareView:
    """The page of what was asked for; empty while the question is not complete."""
    units: dict[str, list[Point]] = {}
    by_year = bool(filters.indicator and filters.organ)
    asked = by_year or bool(filters.indicator and filters.year)
    if by_year:
        units = series(session, str(filters.indicator), str(filters.organ))
    elif asked:
        wanted = filters.model_copy(update={"organ": None, "type": None, "q": None})
        points, _ = across(session, wanted, Window(limit=MOST_ORGANS), sqlite=sqlite)
        for point in points:
            units.setdefault(point.figure.unit, []).append(point)
    return CompareView(
        heading=_heading(filters, by_year=by_year) if asked else "比较",
        given=filters.given(),
        selects=[choice for choice in selects(this_year) if choice.name in ("indicator", "year", "kind")],
        asked=asked,
        by_year=by_year,
        units=units,
    )


def _heading(filters: Filters, *, by_year: bool) -> str:
    name = code_name(str(filters.indicator))
    return f"{filters.organ} · {name} · 历年" if by_year else f"{filters.year}年 · {filters.region or '各地'} · {name}"
