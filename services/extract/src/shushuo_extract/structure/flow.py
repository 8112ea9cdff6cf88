"""The text as it is read: without soft breaks, marks and the blanks of typesetting, and the way back to the original.

All grammar works on the flow, where no word and no number is cut; ``Flow.origin`` gives the original offset again.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from .lines import Line

_BLANKS = re.compile(r"[ \n]+")
_LOOSE = frozenset("0123456789.%+-，。、；：！？（）“”《》·—…")

_SCALES, _COUNTERS = frozenset("万亿余多个"), frozenset("万亿余多人件名元次户家场起份吨亩百条")


@dataclass(frozen=True, slots=True)
class Flow:
    """Flowing ``text`` and ``view`` of equal length; ``starts`` and ``shifts`` say how much was left out before."""

    text: str
    view: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    cuts: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a span of the flow."""
        return self._back(start), self._back(max(start, end - 1)) + (end > start)

    def here(self, offset: int) -> int:
        """The place in the flow of a visible character of the original."""
        return offset - self.shifts[bisect_right(self.cuts, offset) - 1]

    def _back(self, offset: int) -> int:
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]


def flow(text: str, view: str, lines: list[Line], soft: list[bool]) -> Flow:
    """Leave out every blank that only typesetting put there."""
    breaks = frozenset(line.end for line, runs_on in zip(lines, soft, strict=True) if runs_on)
    spaced = _letter_spaced(view, lines)
    texts, views, pos = [], [], 0
    starts, shifts, cuts, dropped = [0], [0], [0], 0
    for match in _BLANKS.finditer(view):
        start, end = match.span()
        if not _is_idle(view, start, end, breaks, spaced):
            continue
        texts.append(text[pos:start])
        views.append(view[pos:start])
        dropped += end - start
        starts.append(end - dropped)
        shifts.append(dropped)
        cuts.append(end)
        pos = end
    return Flow("".join([*texts, text[pos:]]), "".join([*views, view[pos:]]), tuple(starts), tuple(shifts), tuple(cuts))


def _is_idle(view: str, start: int, end: int, breaks: frozenset[int], spaced: list[tuple[int, int]]) -> bool:
    """Whether a run of blanks means nothing to a reader."""
    if start == 0 or end == len(view):
        return False
    before, after = view[start - 1], view[end]
    if "\n" in view[start:end]:
        return start in breaks and not (_is_latin(before) and _is_latin(after))
    if before == "\n" or after == "\n":
        return True
    if before.isdigit() and after.isdigit():
        return False
    if before in _LOOSE or after in _LOOSE:
        return not (_is_latin(before) or _is_latin(after))
    at = bisect_right(spaced, (start, len(view))) - 1
    return (at >= 0 and spaced[at][0] <= start < spaced[at][1]) or _is_in_amount(view, start, before, after)


def _is_in_amount(view: str, start: int, before: str, after: str) -> bool:
    """Whether a blank stands inside an amount: 4.2 万 余 人, 4.5 个 百分点."""
    is_inner = before in _SCALES and after in _COUNTERS
    return is_inner and any(char.isdigit() for char in view[max(0, start - 6) : start - 1])


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _letter_spaced(view: str, lines: list[Line]) -> list[tuple[int, int]]:
    """Extents of the lines set with a blank after every character."""
    return [
        (line.start, line.end)
        for line in lines
        if line.end - line.start < 400 and 3 * view.count(" ", line.start, line.end) >= line.end - line.start >= 7
    ]
