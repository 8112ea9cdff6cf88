"""What the API answers about one indicator, over years or across organs."""

from pydantic import Field

from shushuo_publish.cards import Links
from shushuo_publish.reading.series import Point
from shushuo_publish.web.shapes import Proof, Shape, StatedChange, proof_of


class Growth(Shape):
    """Growth computed from two published values; ``agrees`` with the stated one, or null where nothing can be said."""

    computed: str = Field(examples=["4.90"])
    unit: str = Field(examples=["%"])
    agrees: bool | None


class Statement(Shape):
    """Another statement of the same quantity."""

    text: str
    value: str
    proof: Proof


class PointShape(Shape):
    """One value with its proof, the growth stated and the growth computed."""

    organ: str
    year: int
    value: str
    text: str
    approx: str
    indicator: str
    stated: StatedChange | None
    growth: Growth | None
    disputed: bool = Field(description="另有报告给出不同的确数")
    others: list[Statement]
    proof: Proof


class Series(Shape):
    """One indicator of one organ: for each unit its yearly values, oldest first."""

    indicator: str = Field(examples=["criminal.accepted"])
    organ: str = Field(examples=["临江县人民法院"])
    units: dict[str, list[PointShape]]


class Compared(Shape):
    """One indicator in one year, organ by organ; within a unit of one page the largest first."""

    indicator: str
    year: int
    units: dict[str, list[PointShape]]
    next: str | None


def units_of(points: list[Point], links: Links) -> dict[str, list[PointShape]]:
    """Points as the API tells them, by unit."""
    found: dict[str, list[PointShape]] = {}
    for point in points:
        found.setdefault(point.figure.unit, []).append(_point(point, links))
    return found


def _point(point: Point, links: Links) -> PointShape:
    said, grown = point.stated, point.growth
    return PointShape(
        organ=point.organ,
        year=point.year,
        value=point.figure.value,
        text=point.figure.text,
        approx=point.figure.approx,
        indicator=point.figure.indicator,
        stated=StatedChange(text=said.text, basis="yoy", direction=said.direction) if said else None,
        growth=Growth(computed=grown.computed, unit=grown.unit, agrees=grown.agrees) if grown else None,
        disputed=point.disputed,
        others=[Statement(text=f.text, value=f.value, proof=proof_of(r, f, links)) for r, f in point.others],
        proof=proof_of(point.report, point.figure, links),
    )
