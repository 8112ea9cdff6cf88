"""Numbers in the cells of tables that stand on several lines: joined only where no doubt is possible."""

import re
from collections.abc import Iterable, Sequence

from shushuo_ingest.documents.runs import Run, around

_NUMERIC = frozenset("0123456789０１２３４５６７８９.．,，")
_BROKEN_GROUP = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,\d{0,2}$")
_WHOLE_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])")
_BROKEN_RATE = re.compile(r"(?<![\d,.])\d{1,3}\.$")
_REST_OF_RATE = re.compile(r"\d{1,2}[%％]")


def one_line(parts: Iterable[str]) -> str:
    """The words of one cell in one stretch: with spaces between, nothing within a number that is certainly broken, or
    a tab where a number ends and another begins: 685 above 712 are two.
    """
    line = ""
    for words in (" ".join(part.split()) for part in parts):
        if line and words and not is_broken(line, words):
            line += "\t" if line[-1] in _NUMERIC and words[0] in _NUMERIC else " "
        line += words
    return line


def is_broken(above: str, below: str) -> bool:
    """Whether one number goes on in the next line for certain: 1,2 and 34件, or 95. and 67%."""
    if found := _BROKEN_GROUP.search(above):
        return _WHOLE_GROUPS.match(found[0] + below) is not None
    return _BROKEN_RATE.search(above) is not None and _REST_OF_RATE.match(below) is not None


def mended(runs: Sequence[Run]) -> list[Run]:
    """The runs of a page; a number that its cell breaks is one run, in the middle of the lines that it stood on."""
    rest = list(runs)
    for above in [run for run in runs if _BROKEN_GROUP.search(run.text) or _BROKEN_RATE.search(run.text)]:
        below = next((run for run in rest if _under(above, run) and is_broken(above.text, run.text)), None)
        if below is None or above not in rest:
            continue
        rest[rest.index(above)] = Run(above.text + below.text, *around([above, below]), above.cell)
        rest.remove(below)
    return rest


def _under(above: Run, run: Run) -> bool:
    """Whether the run stands directly under the other, in a narrow cell: lines of prose flow by themselves."""
    size = above.height
    along = min(above.right, run.right) - max(above.left, run.left)
    narrow = above.right - above.left < 6 * size
    return narrow and along > 0 and 0 <= run.top - above.bottom + 0.5 * size < 1.5 * size
