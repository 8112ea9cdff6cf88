"""What only courts or only procuratorates do, which tells whose a sentence without a subject is in a text on both."""

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from shushuo_extract.engine.literals import any_of
from shushuo_extract.rules.organs.names import OrganKind
from shushuo_extract.rules.organs.vocabulary import terms

_APART = re.compile("[0-9。\n]")  # what parts one deed from the next: 审结公益诉讼案件 is one


class Deed(NamedTuple):
    """Where a phrase begins that tells of a deed, and what kind of organ does it."""

    start: int
    kind: OrganKind


@cache
def _kinds() -> dict[str, OrganKind]:
    kinds: tuple[OrganKind, ...] = ("court", "procuratorate")
    return {word: kind for kind in kinds for word in terms()["deeds"][kind]}


@cache
def _words() -> re.Pattern[str]:
    return re.compile(any_of(_kinds()))


class Deeds:
    """The deeds of a text in its order; of several words for one thing the first tells whose it is."""

    def __init__(self, view: str) -> None:
        found: list[Deed] = []
        end = -1
        for match in _words().finditer(view):
            if end < 0 or _APART.search(view, end, match.start()):
                found.append(Deed(match.start(), _kinds()[match.group()]))
            end = match.end()
        self._found = found
        self._starts = [deed.start for deed in found]

    def last(self, start: int, end: int) -> Deed | None:
        """The last that begins from ``start`` to before ``end``."""
        at = bisect_left(self._starts, end) - 1
        return self._found[at] if at >= 0 and self._starts[at] >= start else None
