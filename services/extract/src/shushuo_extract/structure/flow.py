"""The text as it is read: without soft breaks, marks and the blanks of typesetting, and the way back to the original.

All grammar works on the flow, where no word and no number is cut; ``Flow.origin`` gives the original offset again.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter
from string import ascii_letters

from shushuo_extract.engine.records import Record

from .lines import Line

_BLANKS = re.compile(r" (?<=[^\n ] ) *(?=[^\n ])")
_LATIN = frozenset(ascii_letters)
_LOOSE = frozenset("0123456789.%+-，。、；：！？（）“”《》·—…")

_PLACINGS = frozenset({"首位", "前列", "榜首"})
_SCALES, _COUNTERS = frozenset("万亿余多个"), frozenset("万亿余多人件名元次户家场起份吨亩百条")


class Flow(Record, frozen=True):
    """Flowing ``text`` and ``view`` of equal length; ``starts`` and ``shifts`` say how much was left out before.

    The last of ``starts`` is beyond the end.
    """

    text: str
    view: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    cuts: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a span of the flow."""
        after = bisect_right(self.starts, start)
        first = start + self.shifts[after - 1]
        if end <= self.starts[after]:  # nothing was left out within
            return first, first + end - start
        return first, end + self.shifts[bisect_right(self.starts, end - 1, after) - 1]

    def here(self, offset: int) -> int:
        """The place in the flow of a visible character of the original."""
        return offset - self.shifts[bisect_right(self.cuts, offset) - 1]

    def all_here(self, offsets: Iterable[int]) -> list[int]:
        """The places of many such characters."""
        return [offset - self.shifts[bisect_right(self.cuts, offset) - 1] for offset in offsets]


def flow(text: str, view: str, lines: list[Line], soft: list[bool]) -> Flow:
    """Leave out every blank that only typesetting put there."""
    left_out = sorted([*_soft_breaks(view, lines, soft), *_idle_blanks(view, lines)])
    cuts = (0, *[end for _, end in left_out])
    kept = list(zip(cuts, [*[start for start, _ in left_out], len(text)], strict=True))
    shifts = (0, *accumulate([end - start for start, end in left_out]))
    starts = (*[cut - shift for cut, shift in zip(cuts, shifts, strict=True)], len(text) + 1)
    texts, views = [text[start:end] for start, end in kept], [view[start:end] for start, end in kept]
    return Flow("".join(texts), "".join(views), starts, shifts, cuts)


def _soft_breaks(view: str, lines: list[Line], soft: list[bool]) -> Iterator[tuple[int, int]]:
    """The breaks that only end a column, unless they part two Latin words."""
    for line, nxt, runs_on in zip(lines, lines[1:], soft, strict=False):
        if runs_on and not (view[line.end - 1] in _LATIN and view[nxt.start] in _LATIN):
            yield line.end, nxt.start


def _idle_blanks(view: str, lines: list[Line]) -> list[tuple[int, int]]:
    """The runs of blanks inside lines that mean nothing to a reader."""
    spaced = [(line.start, line.end) for line in lines if line.blanks and line.spaced()]
    tabular = [(line.start, line.end) for line in lines if line.tabular]  # whose blanks part cells
    blanks = [match.span() for match in _BLANKS.finditer(view)]
    if tabular:
        blanks = [(start, end) for start, end in blanks if not _is_inside(tabular, start)]
    return [(start, end) for start, end in blanks if _is_idle(view, start, end, spaced)]


def _is_idle(view: str, start: int, end: int, spaced: list[tuple[int, int]]) -> bool:
    before, after = view[start - 1], view[end]
    if after.isdigit() and (before.isdigit() or _is_placed(view, start)):
        return False
    if before in _LOOSE or after in _LOOSE:
        return before not in _LATIN and after not in _LATIN
    return _is_inside(spaced, start) or _is_in_amount(view, start, before, after)


def _is_placed(view: str, end: int) -> bool:
    """Whether a placing ends there: what follows after a blank is another matter (全省第一 3项经验获推广)."""
    return view[end - 2] == "第" or view[max(0, end - 2) : end] in _PLACINGS


def _is_inside(extents: list[tuple[int, int]], offset: int) -> bool:
    at = bisect_right(extents, offset, key=itemgetter(0)) - 1
    return at >= 0 and offset < extents[at][1]


def _is_in_amount(view: str, start: int, before: str, after: str) -> bool:
    """Whether a blank stands inside an amount: 4.2 万 余 人, 4.5 个 百分点."""
    is_inner = before in _SCALES and after in _COUNTERS
    return is_inner and any(char.isdigit() for char in view[max(0, start - 6) : start - 1])
