"""The number that a cell of a table is, with the unit in the cell or else the one that the table gives."""

import re
from typing import NamedTuple

from shushuo_extract.engine.literals import any_of
from shushuo_extract.structure.tables import Cell
from shushuo_shared.report import Approx, Direction

from . import lexicon, numerals
from .columns import SCALED_UNIT, Unit, unit_in
from .reading import read

_PLACES = r"(?:\.[0-9]{1,4})?"
_NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[1-9][0-9]{{0,11}}|0){_PLACES}"
_WITH_BLANKS = re.compile(rf"[0-9]{{1,3}}(?: [0-9]{{3}})+{_PLACES}")
_PLAIN = re.compile(_NUMBER)
_COUNTED = re.compile(rf"(?P<number>{_NUMBER})[ ]?{SCALED_UNIT}")
_NUMERAL = re.compile(r"[0-9][0-9,.]*")
_UP, _DOWN = lexicon.TERMS["tables"]["up"], lexicon.TERMS["tables"]["down"]
_SIGNED = re.compile(rf"(?P<before>{any_of([*_UP, *_DOWN])})?[ ]*(?P<core>[^↑↓]+?)[ ]*(?P<after>[↑↓])?")
_WAYS: dict[str, Direction] = {**dict.fromkeys(_UP, "up"), **dict.fromkeys(_DOWN, "down")}


class Number(NamedTuple):
    """A number with its unit at a span, and the way that a sign beside it says something went."""

    start: int
    end: int
    value: str
    unit: str
    approx: Approx
    way: Direction | None


def number(view: str, cell: Cell, given: Unit | None, *, ruled: bool) -> Number | None:
    """The number that a cell is, counted in its own unit or in the one ``given``; None where neither is told.

    Where the table is ``ruled``, a blank cannot part two cells and so stands for thousands: 4 205.
    """
    signed = _SIGNED.fullmatch(view, cell.start, cell.end)
    if signed is None:
        return None
    start, end = signed.span("core")
    way = _WAYS.get(signed["before"] or signed["after"] or "")
    core = signed["core"].replace(" ", "") if ruled and _WITH_BLANKS.fullmatch(signed["core"]) else signed["core"]
    if _PLAIN.fullmatch(core):
        return _counted(start, end, core, given, way) if given else None
    if counted := _COUNTED.fullmatch(core):
        own = unit_in(counted)
        return _counted(start, end, counted["number"], own, way) if own else None
    digit = _NUMERAL.search(view, start, end)
    amount = read(view, *digit.span(), since=start, until=end, sentence=-1) if digit else None
    if amount is None or (amount.start, amount.end) != (start, end):
        return None
    return Number(start, end, amount.value, amount.unit, amount.approx, way)


def is_number(words: str) -> bool:
    """Whether the words of a cell are a number, with a unit or without."""
    signed = _SIGNED.fullmatch(words)
    return signed is not None and any(
        pattern.fullmatch(signed["core"]) is not None for pattern in (_PLAIN, _COUNTED, _WITH_BLANKS)
    )


def _counted(start: int, end: int, digits: str, given: Unit, way: Direction | None) -> Number | None:
    value = numerals.value(digits + given.scale)
    return None if value is None else Number(start, end, numerals.plain(value), given.unit, "exact", way)
