"""Read the amount that begins at a numeral: the rule that fits, the qualifier before it, the reasons against it."""

import re
from collections.abc import Iterable

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.types import Amount, Rule
from shushuo_shared.report import Approx

from . import lexicon, numerals, rules
from .refusals import Candidate, reason
from .rules import Parts

_BEFORE = re.compile(rf"{lexicon.BEFORE}$")
_LOOSE = re.compile(rf"{lexicon.LOOSE}$")
_LOOKALIKE = re.compile(rf"{lexicon.LOOKALIKES}$")
_COMES_TO = (
    r"(?:(?:上升|下降|提升|提高|降低|增|升|降|减|回落|增长|优化|压降|缩小)?(?:至|到)"
    r"|达到|达|均为|仅为|约为|为|是|仅|均|约|超|高达|：)*"
)
_FROM = r"(?:(?:由|从)(?:20[0-9]{2}年的|上年的|去年的)?(?:[0-9.]+(?=[^0-9.]))?)?"
_RATE = re.compile(rf"{lexicon.RATES}”?{_COMES_TO}{_FROM}{_COMES_TO}$")
_PERSONS = re.compile(any_of(lexicon.REFUSED["persons"]))
_MOVED = re.compile(r"(?:优化|上升|下降|提升|提高|降低|减少|增加|增长)了?$")
_BOXED = re.compile(rf"（(?:单位：)?(?P<scale>[万亿]{{1,2}})?(?P<unit>{lexicon.UNIT})）：?$")
_MOVING = frozenset("上下升降提增减缩")
_POWERS = frozenset("十百千万亿")
_STOPS = frozenset("，。；、）！\n")
_GOES_ON = _MOVING | lexicon.AFTER_OPENINGS.union(rules.MORE, rules.SCALES)
_WINDOW = 16


def read(view: str, start: int, end: int, *, since: int, until: int, sentence: int) -> Amount | None:
    """The amount whose numeral is at ``start``..``end``, in a sentence's extent, if nothing speaks against it."""
    left = view[start - _WINDOW if start - _WINDOW > since else since : start]
    han, follower = view[start] in lexicon.HAN, view[end : end + 1]
    found = _counted(view, start, until, rules.fitting(follower, han=han))
    if found is None and not han and _may_be_bare(follower, left):
        found = _bare(view, start, until, left)
    if found is None:
        return None
    rule, parts = found
    qualifier, hints = _qualifier(left, power=han and view[start] in _POWERS), parts.hints
    bounded = bool(hints) and view.endswith(("以上", "以下"), start, parts.end)
    if qualifier:
        left, hints = left[: -len(qualifier)], (lexicon.APPROX[qualifier], *hints)
    right = view[parts.end : parts.end + _WINDOW if parts.end + _WINDOW < until else until]
    if reason(Candidate(parts, han, left, right, hints, qualifier != "", bounded)) is not None:
        return None
    value, approx = numerals.plain(parts.value), _approx(hints) if hints else "exact"
    return Amount(start - len(qualifier), parts.end, value, parts.unit, approx, sentence, rule.name)


def _counted(view: str, start: int, until: int, fitting: Iterable[Rule[Parts]]) -> tuple[Rule[Parts], Parts] | None:
    """What the first fitting rule makes of a numeral with its unit."""
    for rule in fitting:
        match = rule.pattern.match(view, start, until)
        parts = rule.produce(match) if match else None
        if parts is not None:
            return rule, parts
    return None


def _may_be_bare(follower: str, left: str) -> bool:
    """Whether what is around a numeral without a unit leaves room for an amount: 3月 is none."""
    return not follower.isalnum() or follower in _GOES_ON or left.endswith(("）", "："))


def _bare(view: str, start: int, until: int, left: str) -> tuple[Rule[Parts], Parts] | None:
    """A number without a unit: a rate, a number of 万 or 亿, or one whose unit stands in brackets before it."""
    match = rules.BARE.pattern.match(view, start, until)
    parts = rules.BARE.produce(match) if match else None
    if match is None or parts is None:
        return None
    following = view[parts.end : parts.end + 1]
    is_scaled = bool(match["scale"]) or match["num"][-1] in "万亿"
    if is_scaled and _PERSONS.match(view, parts.end, until):
        return rules.BARE, parts
    boxed = _BOXED.search(left)
    if boxed and not following.isalnum():
        scale = numerals.value(f"1{boxed['scale']}") if boxed["scale"] else None
        return rules.BARE, Parts(parts.end, parts.value * (scale or 1), boxed["unit"], parts.hints, parts.numeral)
    moves_on = following in _MOVING and left.endswith(("由", "从", "的"))
    if following and following not in _STOPS and not moves_on:
        return None
    is_rate = _RATE.search(left) is not None or ("." in match["num"] and _MOVED.search(left) is not None)
    return (rules.BARE, parts) if is_scaled or is_rate else None


def _qualifier(left: str, *, power: bool) -> str:
    """The words before an amount, or one that begins with a power of ten, that say how exact it is, or ""."""
    if power and (loose := _LOOSE.search(left)):
        return loose[0]
    before = _BEFORE.search(left) if left[-1:] in lexicon.BEFORE_ENDINGS else None
    return "" if before is None or _LOOKALIKE.search(left) else before[0]


def _approx(hints: tuple[Approx, ...]) -> Approx:
    """One exactness of all that qualifiers say; where they contradict each other, it is about."""
    return hints[0] if len(set(hints)) == 1 else "about"
