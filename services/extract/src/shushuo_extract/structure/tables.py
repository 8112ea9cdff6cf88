"""Tables: rows of short cells under a header, told apart by pipes, tabs or wide blanks.

They are found in the published text, whose blanks tell its columns, before the flow leaves those out. A table is only
what can be read as one: a header without numbers, and rows of as many cells, each a number, words or nothing. Lines of
another kind (cells merged in a row, sentences in a cell) are none of its rows and stay prose.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from .levels import groups_over
from .lines import Line

_SIGNS = ("|", "\t", "\u3000", "\u00a0", "  ")
_GAPS = (re.compile(r"\|"), re.compile(r"\t"), re.compile(r"[ \u3000\u00a0]{2,}"), re.compile(r"\u3000"))
_PIPE, _TAB, *_BLANKS = _GAPS
_RULER = re.compile(r"：?-+：?")
NOTHING = re.compile(r"(?:[-—/ ]|无)*")
_NUMBER = re.compile(r"(?:[-+↑↓约近超逾达]|[增减上下升降提缩][长加少升降高低短])?[ ]?[0-9][0-9,. ]*[^0-9。！？；]{0,8}")
_YEAR = r"(?:19|20)[0-9]{2}"
_MONTHS = r"[0-9]{1,2}月?[-~—至到][0-9]{1,2}月|[0-9]{1,2}月|[上下]半年|前[二三]季度|第?[一二三四1-4]季度|全年"
WHEN = re.compile(
    rf"{_YEAR}年?(?:[-~—至到]{_YEAR}年?)?度?(?:{_MONTHS})?(?:同期)?|{_MONTHS}|(?:上年|去年)(?:同期)?|本年度?|今年|上年度|同期|[本上]月|[本上]季度"
)
_BARE_YEAR = re.compile(_YEAR)
_DIGIT = re.compile(r"[0-9]")
_SENTENCE, _TOLD_OF = re.compile(r"[。！？；]"), re.compile(r"[。！？；：]")
_BOXED = re.compile(r"（[^（）]{1,8}）$")
_OF_NUMBERS = re.compile(rf"^(?:{WHEN.pattern})$|{_BOXED.pattern}")  # a header that says when, or the unit
_OF_ANOTHER = re.compile(r"[同环占]比|比[重例]|[较比][上去]年|[增减升降幅]")  # may follow each column
_NUMBERING = frozenset({"序号", "编号", "序", "排名"})
_LONGEST_LINE, _LONGEST_CELL, _WIDEST = 400, 40, 40


class Cell(NamedTuple):
    """Where the words of a cell stand; an empty one has no extent."""

    start: int
    end: int


NOWHERE = Cell(0, 0)


class Row(NamedTuple):
    """A line of a table: where it begins, and its cells."""

    start: int
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """A header and the rows under it, all of as many cells; ``ruled`` where no blank within a cell can part two.

    ``over`` are the cells of a header's upper row, one for each column, none where it has one row only.
    """

    header: Row
    rows: tuple[Row, ...]
    ruled: bool
    over: tuple[Cell, ...] = ()

    def moved(self, here: Callable[[int], int]) -> "Table":
        """The table with offsets of the flow, to which ``here`` leads."""
        header, *rows = (
            Row(here(row.start), tuple(_moved(cell, here) for cell in row.cells)) for row in (self.header, *self.rows)
        )
        return Table(header, tuple(rows), self.ruled, tuple(_moved(cell, here) for cell in self.over))


class _Line(NamedTuple):
    """A line that gaps part into cells, its place among the lines, and the words of its cells."""

    at: int
    gap: re.Pattern[str]
    row: Row
    words: tuple[str, ...]


def find(text: str, view: str, lines: list[Line]) -> tuple[list[Table], list[Line]]:
    """The tables of a text, and its lines, of which those that hold a table's cells are ``tabular``."""
    if not any(sign in text for sign in _SIGNS):
        return [], lines
    tables, tabular = [], set[int]()
    for run in _runs(text, view, lines):
        for header, names, body in _headed(run):
            two = _grouped(header, names, body) if names else None
            if table := two or _table(header, body):
                tables.append(table)
                tabular.update(one.at for one in (header, *([names] if two and names else []), *body))
                tabular.update(one.at for one in run if one.at == header.at + 1 and _is_ruler(one))
    if not tables:
        return [], lines
    return tables, [replace(line, tabular=i in tabular) for i, line in enumerate(lines)]


def _moved(cell: Cell, here: Callable[[int], int]) -> Cell:
    return Cell(here(cell.start), here(cell.end - 1) + 1) if cell.end > cell.start else NOWHERE


def _runs(text: str, view: str, lines: list[Line]) -> Iterator[list[_Line]]:
    """The lines that gaps part, as long as they follow each other and are parted alike."""
    run: list[_Line] = []
    has_pipes = "|" in text
    for at, line in [(at, line) for at, line in enumerate(lines) if line.blanks or has_pipes]:
        parted = _parted(text, view, at, line)
        if run and (parted is None or parted.gap is not run[-1].gap or at > run[-1].at + 1 or line.gap > 1):
            yield run
            run = []
        run += [parted] if parted else []
    if run:
        yield run


def _parted(text: str, view: str, at: int, line: Line) -> _Line | None:
    start, end = line.start, line.end
    if end - start > _LONGEST_LINE:
        return None
    gap = next((gap for gap in _GAPS if gap.search(text, start, end)), None)
    if gap is None:
        return None
    if gap is _PIPE:
        start, end = start + (text[start] == "|"), end - (text[end - 1] == "|")
    elif gap is _TAB:  # an empty cell may be the first or the last
        edge = text[max(0, start - _WIDEST) : start]
        start -= len(edge) - len(edge.rstrip("\t"))
        edge = text[end : end + _WIDEST]
        end += len(edge) - len(edge.lstrip("\t"))
    cuts = [(start, start), *(match.span() for match in gap.finditer(text, start, end)), (end, end)]
    cells = tuple(_trimmed(view, before[1], after[0]) for before, after in pairwise(cuts))
    words = tuple(view[cell.start : cell.end] for cell in cells)
    return _Line(at, gap, Row(line.start, cells), words) if len(cells) > 1 else None


def _trimmed(view: str, start: int, end: int) -> Cell:
    words = view[start : max(start, end)]
    body = words.strip(" ")
    begin = start + words.index(body)
    return Cell(begin, begin + len(body))


def _headed(run: list[_Line]) -> Iterator[tuple[_Line, _Line | None, list[_Line]]]:
    """Each header, the line under it that may name its columns, and the rows of numbers; labelled units need none."""
    header, names, body = None, None, list[_Line]()
    for at, line in enumerate(run):
        if header and names is None and not body and not _is_ruler(line) and _may_name(line):
            names = line
        elif _is_header(line, opens=at == 0, ruled=_is_ruler(run[at + 1]) if at + 1 < len(run) else False):
            if header:
                yield header, names, body
            header, names, body = line, None, []
        elif at == 0 and _is_grouping(line):
            header = line
        elif header is None and _is_labelled(line):
            header = line._replace(row=Row(line.row.start, (NOWHERE, NOWHERE)), words=("", ""))
            body.append(line)
        elif header and (_numbers(line) > 1 or (_numbers(line) and len(line.words) >= len(header.words))):
            body.append(line)
    if header:
        yield header, names, body


def _may_name(line: _Line) -> bool:
    """Whether a line under a header may name columns: words or times, the first of them perhaps left out."""
    words = line.words[next((at for at, word in enumerate(line.words) if word), 0) :]
    return len(words) > 1 and not any(
        NOTHING.fullmatch(word) or word.isdigit() or len(word) > _LONGEST_CELL or _DIGIT.search(WHEN.sub("", word))
        for word in words
    )


def _is_grouping(line: _Line) -> bool:
    """Whether a first line is of groups whose width the empty cells beside them show."""
    named = [word for word in line.words if word]
    return (
        bool(line.words[0])
        and len(named) < len(line.words)
        and all(not _DIGIT.search(WHEN.sub("", word)) for word in named)
    )


def _grouped(header: _Line, names: _Line, body: list[_Line]) -> Table | None:
    """The table under a header of two levels, each column by its group and its name; None where that is in doubt."""
    width = max((len(line.words) for line in body), default=0)
    over = groups_over(header.words, names.words, width)
    if over is None:
        return None
    labels = sum(1 for at in over if over.count(at) == 1)
    own = names.row.cells[-(width - labels) :]
    cells = (*(header.row.cells[at] for at in over[:labels]), *own)
    rows = [line for line in body if len(line.words) == width]
    if any(_NUMBER.fullmatch(word) for line in rows for word in line.words[1:labels]):
        return None
    groups = (*(NOWHERE for _ in over[:labels]), *(header.row.cells[at] for at in over[labels:]))
    return Table(Row(header.row.start, cells), tuple(line.row for line in rows), header.gap not in _BLANKS, groups)


def _table(header: _Line, body: list[_Line]) -> Table | None:
    """The table, None where no row fits its header; a row of fewer or more cells, of which nobody can tell what each
    counts, has none. A header may leave out the corner over the labels.
    """
    start, cells = header.row
    widths = {len(line.words) for line in body}
    if len(cells) not in widths and len(cells) + 1 in widths and all(map(_OF_NUMBERS.search, header.words)):
        cells = (Cell(start, start), *cells)
    if len(cells) not in widths:
        return None
    rows = (Row(line.row.start, _aligned(line, header.words, len(cells))) for line in body)
    return Table(Row(start, cells), tuple(rows), header.gap not in _BLANKS)


def _aligned(line: _Line, header: tuple[str, ...], width: int) -> tuple[Cell, ...]:
    """The cells of a line, one under each of the header's, or none; a total may take the place of number and name."""
    label, *numbers = line.words
    if len(line.words) == width:
        return line.row.cells
    is_merged = len(line.words) == width - 1 and header[0] in _NUMBERING and not _NUMBER.fullmatch(label)
    return (NOWHERE, *line.row.cells) if is_merged and all(map(_NUMBER.fullmatch, numbers)) else ()


def _is_labelled(line: _Line) -> bool:
    """Whether a line is a number after a label that tells its unit: 收案（件） | 1200."""
    label, number, *more = line.words
    told = _BOXED.search(label) and not _DIGIT.search(label) and not _TOLD_OF.search(_BOXED.sub("", label))
    return bool(told) and not more and _NUMBER.fullmatch(number) is not None


def _is_header(line: _Line, *, opens: bool, ruled: bool) -> bool:
    """Whether the cells name columns: each another one, in words or times; amid a table, with all the units or times.

    2015 alone may be a count, 2023 beside 2024 hardly.
    """
    label, *words = line.words
    names = [word for word in line.words if not _OF_ANOTHER.search(word)]
    if not all(words) or len(set(names)) < len(names):
        return False
    if any(_DIGIT.search(WHEN.sub("", word)) or _TOLD_OF.search(_BOXED.sub("", word)) for word in line.words):
        return False
    if any(len(word) > _LONGEST_CELL or NOTHING.fullmatch(word) for word in words):
        return False
    years = [int(word) for word in line.words if _BARE_YEAR.fullmatch(word)]
    if years and not ruled:
        apart = any(abs(later - year) != 1 for year, later in pairwise(years))
        if len(years) < 2 or apart or not opens or _BOXED.search(label):
            return False
    return opens or ruled or all(_OF_NUMBERS.search(word) for word in words)


def _numbers(line: _Line) -> int:
    """How many cells are numbers; 0 where one says more than a number, which only the first words may (12368热线)."""
    told = [word for word in line.words if not NOTHING.fullmatch(word)]
    label = next((word for word in told if not _NUMBER.fullmatch(word)), None)
    if any(len(word) > _LONGEST_CELL or _SENTENCE.search(word) for word in told):
        return 0
    numbers = [word for word in told if word is not label and _DIGIT.search(word)]
    if all(WHEN.fullmatch(word) and not word.isdigit() for word in numbers):  # they name columns, they count nothing
        return 0
    return len(numbers) if all(_NUMBER.fullmatch(word) or WHEN.fullmatch(word) for word in numbers) else 0


def _is_ruler(line: _Line) -> bool:
    return all(_RULER.fullmatch(word) for word in line.words)
