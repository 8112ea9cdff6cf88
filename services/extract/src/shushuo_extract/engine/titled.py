"""A title's figures that the text below tells again, in words that say what they measure, whose and of when."""

from collections.abc import Sequence

from .types import Bound, Document

_LONGEST = 60


def told_below(doc: Document, bounds: Sequence[Bound]) -> dict[int, int]:
    """Of each figure of the first line that the text tells again, its index and that of the first such figure below."""
    title = doc.view.find("\n", 0, _LONGEST)
    titled = 0
    while titled < len(bounds) and bounds[titled].amount.end <= title:
        titled += 1
    sought = {(one.amount.value, one.amount.unit, one.role): at for at, one in enumerate(bounds[:titled])}
    found: dict[int, int] = {}
    for at in range(titled, len(bounds) if sought else titled):
        amount = bounds[at].amount
        above = sought.pop((amount.value, amount.unit, bounds[at].role), None)
        if above is not None:
            found[above] = at
    return found
