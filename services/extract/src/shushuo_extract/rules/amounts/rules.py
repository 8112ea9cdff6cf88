"""The grammar of amounts: what a numeral and the words around it make.

Each pattern is matched where a numeral begins; ``produce`` gets the match and returns the amount's parts, or None.
What may be missing is an empty branch, ``(x|)``, where ``x`` begins with a character or a set of them: the matcher
passes it in half the time of ``(x)?``.
"""

import re
from functools import cache

from shushuo_extract.engine.records import Record
from shushuo_extract.engine.types import Rule
from shushuo_shared.report import Approx

from . import lexicon, numerals
from .lexicon import HAN

_IN_PROSE = "|".join(rf"(?<=[\u4e00-\u9fff”》）][0-9]{{{digits}}} [0-9]{{3}})" for digits in (1, 2, 3))
_BLANKS = rf" [0-9]{{3}}(?:{_IN_PROSE})(?: [0-9]{{3}}){{0,2}}(?![0-9,])"  # 12 345件 in running prose is one number
_SCALE = "[十百千万亿]{1,3}(?<!千(?=[克米瓦]))"  # 182万千克: the 千 is the unit's
NUMBER = rf"[0-9]{{1,15}}+(?:,[0-9]{{3}}(?:,[0-9]{{3}}){{0,3}}|{_BLANKS}|)(?:\.[0-9]{{1,9}}+|)"
_SCALED = rf"{NUMBER}(?:{_SCALE}(?![年月])(?:{NUMBER}{_SCALE}){{0,3}}|)"
_HAN_NUMBER = rf"[{HAN}]{{1,20}}(?:点[〇零一二三四五六七八九]{{1,6}}[万亿]{{0,2}}|)"
MORE, SCALES = "余多几来", "十百千万亿"
_UNIT = rf"(?P<unit>{lexicon.UNIT})"
_AFTER = rf"(?P<more2>[多余](?<=[倍番成].)(?!次)|)(?P<after>{lexicon.AFTER}|)"


_KEEP_GE = {"个", "个月"}


class Parts(Record, frozen=True):
    """An amount in the making: where it ends, its value and unit, and the qualifiers inside it."""

    end: int
    value: numerals.Number
    unit: str
    hints: tuple[Approx, ...] = ()
    numeral: str = ""


def _hints(more: bool, after: str | None) -> tuple[Approx, ...]:
    """What the words inside and after a number say about its exactness."""
    inner: tuple[Approx, ...] = ("over",) if more else ()
    return (*inner, lexicon.APPROX[after]) if after else inner


def _counted(match: re.Match[str]) -> Parts | None:
    num, more, scale, unit, more2, after = match.groups()
    over = bool(more or more2 or "多" in unit)
    hints = _hints(over, after) if over or after else ()
    return _amount(match.end(), num + scale if scale else num, unit, hints)


def _listed(match: re.Match[str]) -> Parts | None:
    """12、15和18件: the unit stands with the last of the list."""
    num, scale, unit = match.groups()
    return _amount(match.end(), num + (scale or ""), unit, ("over",) if "多" in unit else ())


def _amount(end: int, numeral: str, unit: str, hints: tuple[Approx, ...]) -> Parts | None:
    low = None if len(numeral) < 2 or numeral.isascii() else numerals.lower_of_spread(numeral)
    number = numerals.value(low or numeral)
    if number is None:
        return None
    return Parts(end, number, plain_unit(unit), (*hints, "about") if low else hints, numeral)


@cache
def plain_unit(unit: str) -> str:
    """The unit without brackets, 场（次）, and without the 个 that only measures a measure: 个百分点, 个人."""
    plain = unit.replace("（", "").replace("）", "")
    return plain.removeprefix("个").removeprefix("多") if plain not in _KEEP_GE else plain


def _spread(match: re.Match[str]) -> Parts | None:
    low, high = numerals.value(match["low"]), numerals.value(match["high"])
    if low is None or high is None or low >= high:
        return None
    scale = numerals.value(f"1{match['scale']}") if match["scale"] else None
    return Parts(match.end(), low * (scale or 1), plain_unit(match["unit"]), ("about",), match["low"])


def _points(match: re.Match[str]) -> Parts | None:
    """6.5个、4.2个百分点: all members of the list are percentage points."""
    number = numerals.value(match["num"])
    return None if number is None else Parts(match.end(), number, "百分点", (), match["num"])


def _slashed(match: re.Match[str]) -> Parts | None:
    number = numerals.fraction(int(match["over"]), int(match["under"]))
    return None if number is None or number >= 1 else Parts(match.end(), number, "", (), match.group())


def _part_of(match: re.Match[str]) -> Parts | None:
    below, above = numerals.value(match["below"]), numerals.value(match["above"])
    if below is None or above is None or not below:
        return None
    hints = _hints(bool(match["more"] or match["more2"]), match["after"])
    if below == 100:
        return Parts(match.end(), above, "%", hints, match.group())
    number = numerals.fraction(above, below)
    return None if number is None else Parts(match.end(), number, "", hints, match.group())


def _boxed(match: re.Match[str]) -> Parts | None:
    num, more, scale, more2, after = match.groups()
    numeral = num + (scale or "")
    number = numerals.value(numeral)
    hints = _hints(bool(more or more2), after)
    return None if number is None else Parts(match.end(), number, "", hints, numeral)


def _ratio(match: re.Match[str]) -> Parts | None:
    """案-件比1:1.12, 人案比1:312: the second number is what is measured."""
    number = numerals.value(match["num"])
    return None if number is None else Parts(match.end(), number, "", (), match.group())


RATIO = Rule("<1> to <n>", re.compile(r"1：(?P<num>[0-9]{1,4}(?:\.[0-9]{1,4})?)(?![0-9：])"), _ratio)
FRACTION = Rule("<m>/<n>", re.compile(r"(?P<over>[0-9]{1,3})/(?P<under>[0-9]{1,4})(?![0-9/年月日-])"), _slashed)
PART_OF = Rule(
    "<n>分之<m>",
    re.compile(
        rf"(?P<below>[{HAN}]{{1,6}}|[0-9]{{1,6}})分之(?P<above>[{HAN}]{{1,12}}(?:点[{HAN}]{{1,6}}|)|{NUMBER})(?P<more>[余多]?){_AFTER}"
    ),
    _part_of,
)
SPREAD = Rule(
    "<number> to <number> <unit>",
    re.compile(rf"(?P<low>{NUMBER})%?(?:至|到|-|~|—{{1,2}})(?P<high>{NUMBER})(?P<scale>{_SCALE}|){_UNIT}"),
    _spread,
)
POINTS_LISTED = Rule(
    "<number>个 of a list of percentage points",
    re.compile(
        rf"(?P<num>{NUMBER})(?P<unit>个)(?=(?:[、，]{NUMBER}个){{0,8}}(?:[、，和及与]|以及)约?{NUMBER}个百分点)"
    ),
    _points,
)
COUNTED = Rule(
    "<number> <more> <unit> <bound>",
    re.compile(rf"(?P<num>{_SCALED})(?:(?P<more>[{MORE}])(?P<scale>{_SCALE}|)[余多]?|){_UNIT}{_AFTER}"),
    _counted,
)
HAN_COUNTED = Rule(
    "<han number> <more> <unit> <bound>",
    re.compile(rf"(?P<num>{_HAN_NUMBER})(?:(?P<more>[{MORE}])(?P<scale>[万亿]{{0,2}})[余多]?|){_UNIT}{_AFTER}"),
    _counted,
)
LISTED = Rule(
    "<number> of a list with one <unit>",
    re.compile(
        rf"(?P<num>{NUMBER})(?P<scale>[万亿]{{0,2}})(?=(?:[、，]{NUMBER}[万亿]{{0,2}}){{0,8}}(?:[、和及与]|以及){NUMBER}[万亿]{{0,2}}{_UNIT})"
    ),
    _listed,
)
BARE = Rule(
    "<number> <scale>",
    re.compile(rf"(?P<num>{_SCALED})(?:(?P<more>[余多])(?P<scale>[万亿]{{0,2}})[余多]?|){_AFTER}"),
    _boxed,
)
_ARABIC: tuple[tuple[Rule[Parts], frozenset[str]], ...] = (  # with what can follow the digits of each
    (SPREAD, frozenset("%至到-~—")),
    (POINTS_LISTED, frozenset("个")),
    (COUNTED, lexicon.UNIT_OPENINGS.union(MORE, SCALES)),
    (FRACTION, frozenset("/")),
    (LISTED, frozenset("万亿、，和及与以")),
    (RATIO, frozenset("：")),
    (PART_OF, frozenset("分")),
)
_HAN = ((PART_OF, frozenset("分")), (HAN_COUNTED, lexicon.UNIT_AFTER_HAN.union("点", MORE)))
RULES: tuple[Rule[Parts], ...] = (*(rule for rule, _ in _ARABIC), HAN_COUNTED, BARE)


def _by_follower(table: tuple[tuple[Rule[Parts], frozenset[str]], ...]) -> dict[str, tuple[Rule[Parts], ...]]:
    followers = sorted(frozenset().union(*(opened for _, opened in table)))
    return {char: tuple(rule for rule, opened in table if char in opened) for char in followers}


_AFTER_ARABIC = _by_follower(_ARABIC) | {" ": tuple(rule for rule, _ in _ARABIC)}  # 12 345件 goes on after the blank
AFTER_HAN = _by_follower(_HAN)


def fitting(follower: str, *, han: bool) -> tuple[Rule[Parts], ...]:
    """The rules that can fit a numeral, Chinese or not, before what follows its last digit, in the order to try."""
    return (AFTER_HAN if han else _AFTER_ARABIC).get(follower, ())
