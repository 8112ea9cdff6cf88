"""The numbers of tables, each with what its row's labels and its column's header say of it together."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shushuo_extract.engine.types import Amount, Document, Tabled
from shushuo_extract.structure.tables import NOTHING, NOWHERE, Cell, Row, Table

from .cells import is_number, number
from .columns import Column, Label, Unit, column, label, spelled_out, unit, unit_above

RULE = "<number> of a table's column"
_DIGIT = re.compile(r"[0-9]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_UNCOUNTED = ("unit", "time", "label", "numbering")
_SAME_MONTHS = re.compile("同期|上年|去年")
_EARLIER = ("上年", "去年", "同期")
_CAPTION = 120


class _Labels(NamedTuple):
    """What the labels of a row say: words, the unit that they give, and where those for when and whose stand."""

    words: str = ""
    unit: Unit | None = None
    whens: tuple[Cell, ...] = ()
    whose: Cell | None = None
    total: bool = False

    def some(self) -> bool:
        """Whether a label says anything."""
        return bool(self.words or self.whens or self.whose or self.total)

    def with_cell(self, said: Label, cell: Cell) -> "_Labels":
        """The labels with what one more cell says."""
        return _Labels(
            self.words + said.words,
            said.unit or self.unit,
            (cell,) if said.times else self.whens,
            cell if said.organ else self.whose,
            total=said.total,
        )


class _Metric(NamedTuple):
    """What a cell tells, of which a later column may tell the growth, under its header's words."""

    header: str
    told: Tabled


class Tables:
    """The tables of a report, of which each row is found by where it begins."""

    def __init__(self, doc: Document) -> None:
        self._view = doc.view
        self._rows = {row.start: (table, row) for table in doc.tables for row in table.rows}
        self._grids: dict[int, _Grid] = {}

    def row(self, start: int, sentence: int) -> list[Amount] | None:
        """The amounts of the row that begins at ``start`` and is this sentence; None where no row does."""
        found = self._rows.get(start)
        if found is None:
            return None
        table, row = found
        at = table.header.start
        grid = self._grids[at] = self._grids.get(at) or _Grid(self._view, table)
        return list(grid.amounts(row, sentence))


class _Grid:
    """One table: its columns, and the unit that the lines above it give for all its numbers."""

    def __init__(self, view: str, table: Table) -> None:
        self._view, self._table = view, table
        self._cells = list(table.header.cells)
        self._headers = [view[cell.start : cell.end] for cell in self._cells]
        self._columns = [column(header) for header in self._headers]
        for at, group in enumerate(table.over):
            self._group(at, group)
        timed = (cell for cell, head in zip(self._cells, self._columns, strict=True) if head.times)
        self._first = next(timed, NOWHERE)
        self._ends: tuple[Cell, ...] | None = None
        start = table.header.start
        self._above = unit_above(view[max(0, start - _CAPTION) : start].rstrip().split("\n")[-2:])

    def _group(self, at: int, group: Cell) -> None:
        """Put what a group over a column says into the column: of when, whose, or what its name only begins to say."""
        words = self._view[group.start : group.end]
        said, own = column(words), self._columns[at]
        if not words:
            return
        if said.kind in _UNCOUNTED or (said.times and own.times):
            self._columns[at] = own._replace(kind="label")
        elif said.organ or (said.times and not said.name):
            self._columns[at] = own._replace(organ=said.organ, times=said.times)
            self._cells[at] = group
            self._headers[at] = words if said.times else self._headers[at]
        elif own.kind == "metric" and not own.name:
            self._columns[at] = said._replace(unit=own.unit or said.unit, times=own.times)
        else:
            self._columns[at] = column(words + self._headers[at])._replace(unit=own.unit or said.unit)

    def amounts(self, row: Row, sentence: int) -> Iterator[Amount]:
        """The amounts of a row; none where its labels say that it is of a part of the rows only."""
        labels = self._labels(row) if row.cells else None
        if labels is None:
            return
        if labels.total and not labels.whens:
            labels = labels._replace(whens=self._times())
        metrics: list[_Metric] = []
        for at, (cell, head) in enumerate(zip(row.cells, self._columns, strict=True)):
            if cell in (*labels.whens, labels.whose) or head.kind in _UNCOUNTED:
                continue
            told = self._told(labels, at, metrics)
            given = _unit_of(labels, head, self._above, told.indicator)
            found = number(self._view, cell, given, ruled=self._table.ruled) if told.indicator else None
            told = told._replace(indicator=spelled_out(told.indicator, found.unit)) if found else told
            if head.kind == "metric":
                found = None if found and found.way else found
                metrics.append(_Metric(self._headers[at], told._replace(of=found.start if found else None)))
            elif found and head.kind == "change":
                told = told._replace(direction=found.way or ("down" if head.lower else "up"))
                found = None if found.value == "0" else found
            if found:
                yield Amount(found.start, found.end, found.value, found.unit, found.approx, sentence, RULE, told)

    def _labels(self, row: Row) -> _Labels | None:
        """What the cells before a row's first number say, and its column of units.

        None of a subtotal, and of a row whose first label is left out because that of the row above goes on.
        """
        labels = _Labels()
        units = [
            unit(self._view[c.start : c.end])
            for c, head in zip(row.cells, self._columns, strict=True)
            if head.kind == "unit"
        ]
        for cell, head in zip(row.cells, self._columns, strict=True):
            words = self._view[cell.start : cell.end]
            if head.kind == "numbering" or (head.kind == "unit" and unit(words)):
                continue
            if NOTHING.fullmatch(words):
                if labels.some():
                    continue
                return None
            said = label(words, head)
            if said.partial:
                return None
            if not said.times and head.kind != "time" and _counts(words, labels):
                if head.counts() or labels.some():
                    break
                continue  # a number of the row under no name
            labels = labels.with_cell(said, cell)
        return labels._replace(unit=next(filter(None, units), labels.unit))

    def _times(self) -> tuple[Cell, ...]:
        """The first and the last time that rows are of, where their labels name any: so long is a total's."""
        if self._ends is None:
            labels = [self._labels(row) for row in self._table.rows if row.cells]
            whens = [cell for one in labels if one for cell in one.whens]
            self._ends = (whens[0], whens[-1]) if whens else ()
        return self._ends

    def _years_back(self, at: int) -> int:
        """How many years before the first column with a time a column of 同期 or 上年 is, 0 where that is not told."""
        header, first = self._headers[at], self._view[self._first.start : self._first.end]
        if not _SAME_MONTHS.search(header) or _SAME_MONTHS.search(first) or self._first is self._cells[at]:
            return 0
        then, now = _years(header), _years(first)
        return now[0] - then[0] if then and now else int(not then)

    def _told(self, labels: _Labels, at: int, metrics: list[_Metric]) -> Tabled:
        """What a row and a column say together, before it is known what number stands there."""
        head, cell = self._columns[at], self._cells[at]
        whens, whose = (cell,) if head.times else labels.whens, cell if head.organ else labels.whose
        told = Tabled(labels.words + head.name, whens, whose)
        if head.times and (back := self._years_back(at)):
            told = told._replace(whens=(self._first,), years_back=back)
        if head.kind != "change":
            return told
        changed = _changed(metrics)
        compared = head.change if head.based or not _are_of_two_years(metrics) else f"较上年{head.change}"
        if changed and changed.told.indicator.endswith(head.name):
            return changed.told._replace(change=compared)
        return told._replace(change=compared)


def _counts(words: str, labels: _Labels) -> bool:
    """Whether a cell is the first number of its row; after a label words with digits are more than that (近1200次)."""
    return is_number(words) or (labels.some() and _DIGIT.search(words) is not None)


def _changed(metrics: list[_Metric]) -> _Metric | None:
    """The metric that a column of growth belongs to: the one before, or of one thing at two times the later."""
    if len(metrics) > 1:
        last, before = metrics[-1], metrics[-2]
        if last.told.indicator == before.told.indicator and _is_earlier(last.header, before.header):
            return before
    return metrics[-1] if metrics else None


def _is_earlier(header: str, other: str) -> bool:
    """Whether a header names an earlier time than another."""
    return header.startswith(_EARLIER) or (_years(header) < _years(other) and bool(_years(header)))


def _are_of_two_years(metrics: list[_Metric]) -> bool:
    """Whether the last two metrics are of a year and of the year before."""
    one, other = (_years(metric.header) for metric in metrics[-2:]) if len(metrics) > 1 else ([], [])
    return len(one) == len(other) == 1 and abs(one[0] - other[0]) == 1


def _years(header: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(header)]


def _unit_of(labels: _Labels, head: Column, above: Unit | None, indicator: str) -> Unit | None:
    """The unit of a bare number: what names the thing itself names its unit, all else must suit it."""
    if head.kind == "change":
        return head.unit
    if head.unit and head.name:
        return head.unit
    own = labels.unit if not head.name or (labels.unit and labels.unit.suits(head.name)) else None
    if own:
        return own
    given = head.unit or above
    return given if given and given.suits(indicator) else None
