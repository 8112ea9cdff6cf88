"""Lines to text: rows joined from runs, page numbers and running heads dropped, broken paragraphs rejoined."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from statistics import median

from shushuo_ingest.documents.cells import mended
from shushuo_ingest.documents.columns import columns
from shushuo_ingest.documents.runs import Line, Run, Size, around, rows_of
from shushuo_shared.layout import Place

CELL_GAP = 0.9
SPACED_GAP = 1.8
SPACE_GAP = 0.35
ALIKE = 0.3
MID_SENTENCE = 0.75
PROSE = 12.0
_OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百]+[章节条]"
    r"|\d{1,2}[、．](?!\d)|[①-⑳●○■◆▲★※·•—]"
)
_ENDS = frozenset("。！？；：!?;:°”》）)")
_NO_START = frozenset("，。、；：？！”’）》】%％．.,;:?!)]」』…")


def lines_of(runs: Sequence[Run], page: int, sheet: Size) -> list[Line]:
    """The page's lines in reading order."""
    found = []
    for column in columns(mended(runs)):
        rows = rows_of(column)
        left = _edge([around(row)[0] for row in rows], rows, min)
        right = _edge([around(row)[2] for row in rows], rows, max)
        found += [Line(_row_text(row), around(row), left, right, page, sheet) for row in rows]
    return [line for line in found if line.text]


def _edge(ends: Sequence[float], rows: Sequence[Sequence[Run]], outermost: Callable[[list[float]], float]) -> float:
    """The column's edge: the outermost place where two rows end, for a lone row may stick out."""
    size = median(around(row)[3] - around(row)[1] for row in rows)
    shared = [
        one for i, one in enumerate(ends) if any(abs(one - ends[j]) < 0.6 * size for j in range(len(ends)) if j != i)
    ]
    return outermost(shared or list(ends))


def _row_text(row: Sequence[Run]) -> str:
    """The row's text; cells of a table with a tab between them."""
    size = median(run.height for run in row)
    text = row[0].text
    for before, run in pairwise(row):
        gap = (run.left - before.right) / size if size else 0
        if run.cell or gap >= CELL_GAP:
            text += "\t"
        elif gap >= SPACE_GAP and not (_wide(text[-1:]) or _wide(run.text[:1])):
            text += " "
        text += run.text
    return "\t".join(cell.strip(" ") for cell in text.split("\t")).strip()


def _wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"


def flow(lines: Iterable[Line]) -> tuple[str, tuple[Place, ...]]:
    """The text, a paragraph to a line, and where each line of the original stands in it."""
    text = ""
    places: list[Place] = []
    before: Line | None = None
    for line in lines:
        if before is not None:
            text += _joint(before, line)
        places.append(_place(line, len(text)))
        text += line.text
        before = line
    return text, tuple(places)


def _joint(before: Line, line: Line) -> str:
    """What stands between two lines: a line break, a space, or nothing where a paragraph goes on."""
    if not _goes_on(before, line):
        return "\n"
    return "" if _wide(before.text[-1]) or _wide(line.text[0]) or before.text[-1].isdigit() else " "


def _goes_on(before: Line, line: Line) -> bool:
    """Whether the line continues the paragraph: the one before is full, this one is flush and opens nothing.

    In a column too narrow for prose a number ends with its line: the rows 12 and 34 of a table are never 1234.
    """
    if "\t" in before.text or "\t" in line.text or _OPENS.match(line.text):
        return False
    if line.text[0] in _NO_START:
        return True
    size = max(before.size, line.size)
    if _numeric(before.text[-1]) and _numeric(line.text[0]) and before.right_edge - before.left_edge < PROSE * size:
        return False
    if abs(before.size - line.size) > ALIKE * size:
        return False
    full = _full(before, size)
    flush = abs(line.box[0] - line.left_edge) < 0.8 * size
    if not full or not flush:
        return False
    apart = line.box[1] - before.box[3]
    return line.page != before.page or apart < 0 or apart < 1.6 * size


def _numeric(char: str) -> bool:
    return char.isdigit() or char in ".,，．"


def _full(line: Line, size: float) -> bool:
    """Whether the line ends where the column does; one that stops short in mid-sentence, and long, was broken, too."""
    if line.right_edge - line.box[2] < 1.6 * size:
        return True
    width = line.right_edge - line.left_edge
    return line.text[-1] not in _ENDS and line.box[2] - line.left_edge > MID_SENTENCE * width


def _place(line: Line, start: int) -> Place:
    left, top, right, bottom = (round(edge, 1) for edge in line.box)
    width, height = (round(edge, 1) for edge in line.sheet)
    end, box = start + len(line.text), (left, top, right, bottom)
    return Place(start=start, end=end, page=line.page, box=box, sheet=(width, height))
