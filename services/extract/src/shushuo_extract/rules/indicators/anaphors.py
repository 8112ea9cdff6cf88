"""What an indicator means that only points back: 前者, 后者, 两者之和, 这个数字, 人均."""

import re
from collections import deque
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from shushuo_extract.engine.types import Bound, Naming

_FORMER, _LATTER = re.compile(r"前者(?:人数)?"), re.compile(r"后者(?:人数)?")
_BOTH = re.compile(r"(?:两|二)者(?:之和|合计|相加)(?P<rest>.*)")
_THAT = re.compile(r"(?:这一?个?|该)(?:数字|数据|数值|数|比例|比率|指标|天数)(?:还?是?|仅?为?|则|已|曾)*")
_EACH = re.compile(r"[人案户件]均")
_FIRSTS = frozenset("前后两二这该人案户件")
_SHORTER = re.compile("^(?:发放|为)")
_RULE = "<anaphor>"
_TWO = 2


def resolved(namings: list[Naming], bounds: Sequence[Bound]) -> list[Naming]:
    """The namings, those that only point back named as what they point to: the last two metrics with own names."""
    found = list(namings)
    last: deque[int] = deque(maxlen=_TWO)
    for at, (naming, bound) in enumerate(zip(namings, bounds, strict=True)):
        if bound.role != "metric":
            continue
        meant = _meant(naming.indicator, at, last, found, bounds) if naming.indicator[:1] in _FIRSTS else None
        if meant:
            found[at] = meant
        else:
            last.append(at)
    return found


def _meant(words: str, at: int, last: Iterable[int], found: list[Naming], bounds: Sequence[Bound]) -> Naming | None:
    """The naming that words mean after the last metrics before them; None where they name something themselves."""
    unit, sentence = bounds[at].amount.unit, bounds[at].amount.sentence
    near = [one for one in last if sentence - bounds[one].amount.sentence < _TWO]
    if len(near) == _TWO and (_FORMER.fullmatch(words) or _LATTER.fullmatch(words)):
        return _again(found[near[0 if words.startswith("前") else 1]])
    both = _BOTH.fullmatch(words) if len(near) == _TWO else None
    if both:
        first, second = (found[one].indicator for one in near)
        return Naming(f"{first}、{second}{both['rest']}", (), None, _RULE)
    if _THAT.fullmatch(words):
        alike = [one for one in near if bounds[one].amount.unit == unit]
        return _again(found[alike[-1]]) if alike else None
    money = [one for one in near if bounds[one].amount.unit == unit == "元"]
    if _EACH.fullmatch(words) and money:
        given = found[money[-1]].indicator
        return Naming(words + (_SHORTER.sub("", given) if words == "人均" else given), (), None, _RULE)
    return None


def _again(naming: Naming) -> Naming:
    return replace(naming, rule=_RULE)
