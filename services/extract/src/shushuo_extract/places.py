"""Tells of each figure, rank and highlight where it stands in the original document; pure."""

from collections.abc import Sequence
from typing import TypeVar

from shushuo_shared.layout import Place, locate
from shushuo_shared.report import ExtractedReport, Quote, Spot

Item = TypeVar("Item", bound=Quote)


def placed(report: ExtractedReport, layout: Sequence[Place]) -> ExtractedReport:
    """The report, each item with its places out of the layout of its text."""
    return report.model_copy(
        update={
            "figures": [_placed(item, layout) for item in report.figures],
            "ranks": [_placed(item, layout) for item in report.ranks],
            "highlights": [_placed(item, layout) for item in report.highlights],
        }
    )


def _placed(item: Item, layout: Sequence[Place]) -> Item:
    spots = [
        Spot(page=place.page, box=place.box, sheet=place.sheet, element=place.element)
        for place in locate(layout, item.start, item.end)
    ]
    return item.model_copy(update={"places": spots})
