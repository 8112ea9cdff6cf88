"""The grammar of growth: what the words before an amount say about its being a change.

Each pattern is searched in the words that lead up to the amount and ends where the amount begins.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from shushuo_extract.engine.types import Amount, Rule
from shushuo_shared.report import Basis, Direction

from . import lexicon
from .bases import basis_of, is_stated, own_words

RELATIVE = frozenset({"%", "百分点", "倍", "‰", "成", "番"})
_TIMES_SPENT = frozenset({"天", "小时", "日", "分钟"})
_REACH = (
    r"(?:了|达到|达|为|约为|约|近|超|高达|逾|分别为|分别|均为|均|各|依次为|依次"
    r"|比例为|比例|幅度为|幅度|：|共|累计|已|整|率为|率)*$"
)
_GROWN = "(?:(?<!新增)|(?<=同比新增)|(?<=[较比][上去前]年新增)|(?<=[较比][上去]年同期新增))"  # 新增 alone is a deed
_TIME_SPENT = re.compile(r"了?(?:时间|用时|耗时|时长)(?:约|近|超)?")
_LAST_YEAR = re.compile(r"^(?:去年|上年|上一年)")
_BETTER = re.compile(r"(?:优于|好于|领先)[^，。；]{0,16}$")
_ALONE = re.compile(r"[，、；（](?:增|减|升|降)$")
_TURNS_INTO = re.compile(
    r"(?:缩短|压缩|减少|降低|精简|提高|提升|增加|下调|缩减|压减|下降|上升|回落|[降升])了?约?为(?:约|近|超)?$"
)


class Growth(NamedTuple):
    """A change in the making: the words that may name what changed, its direction, its basis, and is that stated."""

    own: str
    direction: Direction
    basis: Basis
    stated: bool


def _direction(verb: str, lead: str) -> Direction:
    if verb in {"优于", "好于", "领先"}:
        return "down" if lexicon.LOWER_IS_BETTER.search(lead) else "up"
    return "up" if verb in lexicon.UPWARD else "down"


def better_is_lower(told: str) -> Direction | None:
    """Down where the words so far end in being better at what had better be low: 改判率0.4%，优于区间上限."""
    better = _BETTER.search(told)
    return "down" if better and lexicon.LOWER_IS_BETTER.search(told, 0, better.start()) else None


def _made(lead: str, verb: str, at: int, *, stated: bool = False) -> Growth:
    """The growth that a verb at a place of the lead tells."""
    return Growth(own_words(lead[:at]), _direction(verb, lead), basis_of(lead), stated or is_stated(lead))


def _beside(match: re.Match[str], unit: str) -> Growth | None:
    """增长5%, 减少300件: the verb stands beside the amount; 缩短为35天 only says what became of it."""
    if _TURNS_INTO.search(match.string):
        return None
    return _made(match.string, match["verb"], match.start("verb"))


def _weakly(match: re.Match[str], unit: str) -> Growth | None:
    """同比多300件, 提速30%: the word needs a base or a relative unit; ，增8.6%: or a clause of its own; 翻两番."""
    based = re.search(r"较|比|与", match.string[: match.start("verb") + 2]) is not None
    alone = _ALONE.search(match.string) is not None or unit == "番"
    if not based and not (unit in RELATIVE and (alone or len(match["verb"]) > 1)):
        return None
    return _made(match.string, match["verb"], match.start("verb"))


def _with_object(match: re.Match[str], unit: str) -> Growth | None:
    """压缩办案时间50%: between verb and amount stands what changed."""
    if unit in _TIMES_SPENT and match["verb"] not in {"缩短", "压缩"}:
        return None
    lead = match.string
    if _TIME_SPENT.fullmatch(lead, match.end("verb")):
        return _made(lead, match["verb"], match.start("verb"))
    return Growth(lead[match.end("verb") :], _direction(match["verb"], lead), basis_of(lead), is_stated(lead))


def _against(match: re.Match[str], unit: str) -> Growth | None:
    """高于全省均值30.3个百分点: between verb and amount stands the standard."""
    return _made(match.string, match["verb"], match.start("verb"), stated=True)


def _times(match: re.Match[str], unit: str) -> Growth | None:
    """是2019年的3倍."""
    basis = "yoy" if _LAST_YEAR.search(match["of"]) else basis_of(match.string)
    dated = basis == "other" and re.search(r"[年期前]", match["of"]) is not None
    return Growth(own_words(match.string[: match.start()]), "up", "previous_period" if dated else basis, True)


def _signed(match: re.Match[str], unit: str) -> Growth | None:
    """同比+8.9天, （-200件）: the sign is the verb, also after one: 增长-5.6%."""
    aside = match.start() and match.string[match.start() - 1] == "（"
    made = _made(match.string, match["sign"], 0 if aside else match.start())
    return made._replace(direction=direction_of(match["sign"]))


def direction_of(sign: str) -> Direction:
    """Which way a sign points."""
    return "up" if sign == "+" else "down"


def _points(match: re.Match[str], unit: str) -> Growth | None:
    """Percentage points are always a difference, whatever the words."""
    verb = match["verb"] or "增"
    return _made(match.string, verb, match.start())


BESIDE = Rule("<verb> <change>", re.compile(rf"(?P<verb>{lexicon.STRONG})(?<!新增){_REACH}"), _beside)
WEAKLY = Rule(
    "<base> <weak verb> <change>",
    re.compile(
        rf"(?<![最时院局庭处科成队身至不])(?P<verb>{lexicon.ANY}){_GROWN}(?:了|出|约|近|收|办|结|审|发|执|案)*$"
    ),
    _weakly,
)
AGAINST = Rule(
    "<verb> <standard> <change>",
    re.compile(
        r"(?P<verb>高于|低于|高出|优于|领先|落后|快于|少于|多于|短于|长于|好于|高过)(?:[^，。；、]{1,10}、)?[^，。；、]{1,16}约?$"
    ),
    _against,
)
EXCEEDING = Rule(
    "<exceeds> <standard> <change>",
    re.compile(rf"(?P<verb>超过|超出|超)(?:[^，。；、]{{1,10}}、)?[^，。；、]{{0,16}}{lexicon.STANDARDS}约?$"),
    _against,
)
WITH_OBJECT = Rule(
    "<verb> <what changed> <change>",
    re.compile(
        rf"(?P<verb>{lexicon.STRONG}|节约|节省|减轻)了?(?![^，。；]*(?:(?<!送)达|为|占|至|到|有|是|率))[^，。；、0-9]{{2,10}}(?:约|近|超)?$"
    ),
    _with_object,
)
TIMES = Rule(
    "<metric> is <times> of <standard>",
    re.compile(r"(?:是|为|达|达到|相当于)(?P<of>[^，。；]{1,16})的(?:约|近)?$"),
    _times,
)
POINTS = Rule("<percentage points>", re.compile(rf"(?:(?P<verb>{lexicon.ANY})[^，。；]{{0,30}})?$"), _points)
SIGNED = Rule(
    "<sign> <change>",
    re.compile(
        rf"(?:(?P<verb>{lexicon.STRONG})(?:率|率为|为)?|同比|环比|同期|(?:^|(?<=[（，：、 \n])))(?P<sign>[+-])$"
    ),
    _signed,
)
RULES: tuple[Rule[Growth], ...] = (SIGNED, BESIDE, AGAINST, EXCEEDING, WEAKLY, TIMES, WITH_OBJECT, POINTS)
_UNITS = {TIMES.name: {"倍"}, WITH_OBJECT.name: RELATIVE | _TIMES_SPENT | {""}, POINTS.name: {"百分点"}}

_VERB, _VERB_OR_SIGN = re.compile(lexicon.ANY), re.compile(lexicon.ANY_OR_SIGN)
_DIFFERENCES = frozenset({"倍", "百分点"})  # may tell growth without a verb
_NEAR = 34  # no verb stands further from its amount


def may_tell(view: str, start: int, amounts: Sequence[Amount]) -> bool:
    """Whether a sentence has what one needs to tell growth: a verb or sign of it, or a unit of differences."""
    end = amounts[-1].start
    return _VERB_OR_SIGN.search(view, start, end) is not None or not _DIFFERENCES.isdisjoint(
        [amount.unit for amount in amounts]
    )


def growth(lead: str, unit: str) -> tuple[str, Growth] | None:
    """The first rule that makes an amount of a unit a change after its lead, and what it made."""
    signed = lead.endswith(("+", "-"))
    if not signed and unit not in _DIFFERENCES and not _VERB.search(lead, max(0, len(lead) - _NEAR)):
        return None
    for rule in _rules_for(unit, signed):
        match = rule.pattern.search(lead)
        made = rule.produce(match, unit) if match else None
        if made is not None:
            return rule.name, made
    return None


@cache
def _rules_for(unit: str, signed: bool) -> tuple[Rule[Growth], ...]:
    """The rules that may make an amount of a unit a change, in the order to try them."""
    return tuple(rule for rule in RULES[not signed :] if unit in _UNITS.get(rule.name, {unit}))


def are_alike(one: Amount, other: Amount) -> bool:
    """Whether two amounts can be members of one list of changes."""
    return one.unit == other.unit or (one.unit in RELATIVE and other.unit in RELATIVE)
