"""What the columns of a table hold, by their headers, and what its rows are of, by their labels."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from shushuo_extract.engine.literals import any_of
from shushuo_extract.structure.tables import WHEN

from . import lexicon
from .numerals import value
from .rules import plain_unit

_TERMS = lexicon.TERMS["tables"]
SCALED_UNIT = rf"(?P<scale>[万亿]{{1,2}})?(?P<unit>{lexicon.UNIT})"
_BOXED = re.compile(rf"（(?:单位：)?{SCALED_UNIT}）")
_UNIT = re.compile(SCALED_UNIT)
_ABOVE = re.compile(rf"单位：{SCALED_UNIT}(?=[）\s]|$)")
_NUMBERED = re.compile(
    r"(?:其中：?|（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.、](?![0-9]))+"
)
_CHANGE = re.compile(
    rf"(?P<name>.*?)(?P<base>{any_of(_TERMS['bases'])}|(?:[比较与]|相比)(?:19|20)[0-9]{{2}}年?(?:同期)?(?:相比)?)?"
    rf"(?P<move>{any_of(_TERMS['moves'])})?(?:{any_of(_TERMS['extents'])})?"
)
_GENERIC, _TOTAL, _PARTIAL = (frozenset(_TERMS[key]) for key in ("generic", "totals", "partial"))
_ORGAN, _OF_ORGANS = re.compile(rf"{any_of(_TERMS['organs'])}$|^全[国省市县区州盟旗]$"), frozenset(_TERMS["of_organs"])
_AIM, _AVERAGE = re.compile(any_of(_TERMS["aims"])), re.compile(any_of(_TERMS["averages"]))
_DEEDS = frozenset(_TERMS["deeds"])
_SHARE = re.compile(rf"{any_of(_TERMS['shares'])}$")
_RATE = re.compile(rf"{any_of(_TERMS['rates'])}$")
_UNLIKE = {unit: re.compile(rf"{any_of(words)}$") for unit, words in _TERMS["counts"].items()}
_LOWER = tuple(_TERMS["lower"])
_BLANKS = re.compile(r"[ ]+")

Kind = Literal["metric", "share", "change", "unit", "time", "label", "numbering"]
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_TERMS["numberings"], "numbering"),
    **dict.fromkeys(_TERMS["labels"], "label"),
    **dict.fromkeys(_TERMS["times"], "time"),
    **dict.fromkeys(_TERMS["units"], "unit"),
}


class Unit(NamedTuple):
    """A unit with the power of ten that its numbers are given in."""

    scale: str
    unit: str

    def suits(self, indicator: str) -> bool:
        """Whether an indicator that does not name its unit may be counted in this one: no rate is counted in cases."""
        unlike = (pattern for unit, pattern in _UNLIKE.items() if unit != self.unit)
        return self.unit == "%" or not (_RATE.search(indicator) or any(one.search(indicator) for one in unlike))


class Column(NamedTuple):
    """A column: ``name`` is its header without unit and time, "" where the rows' labels say what is measured."""

    kind: Kind
    name: str = ""
    unit: Unit | None = None
    times: bool = False
    organ: bool = False
    organs: bool = False
    change: str = ""
    based: bool = False
    lower: bool = False

    def counts(self) -> bool:
        """Whether a number in it counts something even where no label stands before."""
        return self.kind != "metric" or self.name != "" or self.times or self.organ


class Label(NamedTuple):
    """What the words before a row's numbers say: part of what is measured, when, whose, or that it is the total."""

    words: str = ""
    unit: Unit | None = None
    times: bool = False
    organ: bool = False
    total: bool = False
    partial: bool = False


@lru_cache(maxsize=512)
def column(header: str) -> Column:
    """What a column's header says of it."""
    words, unit = _unboxed(_BLANKS.sub("", header))
    if words in _KINDS:
        return Column(_KINDS[words], organs=words in _OF_ORGANS)
    if _AIM.search(words):
        return Column("label")
    changed = _CHANGE.fullmatch(words)
    if changed and (changed["base"] or changed["move"]):
        name, times = _timeless(changed["name"])
        lower = (changed["move"] or "").startswith(_LOWER)
        return Column("change", name, unit, times, change=words, based=changed["base"] is not None, lower=lower)
    words, times = _timeless(words)
    if words in _OF_ORGANS:
        return Column("metric", "", unit, times, organs=True)
    if _ORGAN.search(words):
        return Column("metric", "", unit, times, organ=True)
    kind: Kind = "share" if _SHARE.search(words) else "metric"
    return Column(kind, "" if words in _GENERIC else words, unit, times)


def label(words: str, header: Column) -> Label:
    """What a label says in a column under ``header``."""
    plain, unit = _unboxed(_BLANKS.sub("", words))
    plain = _NUMBERED.sub("", plain, count=1) if _NUMBERED.match(plain) else plain
    if plain in _TOTAL or plain in _PARTIAL:
        return Label(unit=unit, total=plain in _TOTAL, partial=plain in _PARTIAL)
    if WHEN.fullmatch(plain) and (header.kind == "time" or not plain.isdigit()):
        return Label(unit=unit, times=True)
    if _ORGAN.search(plain) or header.organs:
        return Label(plain if _AVERAGE.search(plain) else "", unit, organ=True)
    return Label(plain, unit)


def spelled_out(indicator: str, unit: str) -> str:
    """The indicator; where it only names a deed (审结) with what it is done to, cases where those are counted."""
    return f"{indicator}案件" if unit == "件" and indicator in _DEEDS else indicator


def unit(words: str) -> Unit | None:
    """The unit that the words of a cell are, if they are one."""
    found = _UNIT.fullmatch(words)
    return unit_in(found) if found else None


def unit_above(lines: list[str]) -> Unit | None:
    """The unit that the lines above a table give for all its numbers: 单位：件."""
    found = next((one for line in lines if (one := _ABOVE.search(line))), None)
    return unit_in(found) if found else None


def _unboxed(words: str) -> tuple[str, Unit | None]:
    """The words without the brackets that give their unit, and that unit."""
    found = _BOXED.search(words)
    return (words[: found.start()] + words[found.end() :], unit_in(found)) if found else (words, None)


def unit_in(found: re.Match[str]) -> Unit | None:
    """The unit of a match of ``SCALED_UNIT``, without the 个 and the brackets that only measure it."""
    scale, plain = found["scale"] or "", plain_unit(found["unit"])
    return Unit(scale, plain) if not scale or value(f"1{scale}") is not None else None


def _timeless(words: str) -> tuple[str, bool]:
    """The words without the time that they begin or end with, and whether they name one."""
    found = WHEN.search(words)
    if found is None or (found.start() and found.end() < len(words)):
        return words, found is not None
    return (words[: found.start()] + words[found.end() :]).strip("的"), True
