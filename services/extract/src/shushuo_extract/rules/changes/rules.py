"""The grammar of growth: what the words before an amount say about its being a change.

Each pattern is searched in the clause that leads up to the amount and ends where the amount begins.
"""

import re
from dataclasses import dataclass

from shushuo_extract.engine.types import Rule
from shushuo_shared.report import Basis, Direction

from . import lexicon

_TAIL = (
    r"(?:了|达到|达|为|约为|约|近|超|高达|逾|分别为|分别|均为|均|各|比例为|比例|幅度为|幅度|：|共|累计|已|整|率为|率)*$"
)
RELATIVE = frozenset({"%", "百分点", "倍", "‰", "成"})
_PERIOD = (
    r"环比|(?:较|比|同|与|跟)[^，。；]{0,8}?(?:[0-9]{4}年?|[0-9]{1,2}月|前[一二三四五六七八九十0-9]+|上(?:个|一|届|季|半)|过去|此前|之前|以前|前$|年初|原来|以往|往年|历史|前年|前期|改革前|前相比|五年前|第[一二三四]季度)"
    r"|前[一二三四五六七八九十0-9]+年[^，。；]{0,4}相比|[0-9]{4}年(?:同期)?相比"
)
_BASES: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    (
        "average",
        re.compile(
            rf"{lexicon.AVERAGE}|(?:比|较|于|超过|超出|领先|高出)[^，。；]{{0,8}}平均|(?:高于|低于|优于|超过|超出|领先|高出|落后|好于)(?:于)?(?:全国|全省|全市|全区|全县|全州|同级|同类|省|市)[^，。；]*$"
        ),
    ),
    ("yoy", re.compile(lexicon.YOY)),
    ("previous_period", re.compile(_PERIOD)),
)
_COMPARED_TO = r"(?:较|比|相比|与|高于|低于)"


@dataclass(frozen=True, slots=True)
class Growth:
    """A change in the making: the words that may name what changed, which way it goes, against what."""

    own: str
    direction: Direction
    basis: Basis
    verb: str
    based: bool


def basis_of(lead: str) -> Basis:
    """Against what the words before an amount compare; ``other`` where they name no base."""
    return next((basis for basis, pattern in _BASES if pattern.search(lead)), "other")


_CLAUSES = re.compile(r"[，；。]")
_BASE_WORDS = re.compile(r"同比|环比|(?:较(?![大为])|比(?![例率重])|与(?=[^，]*相比)|相比).*")
_OWN_BASE = re.compile(rf"环比|{lexicon.YOY}|(?:较(?![大为])|(?<![占对])比(?![例率重])|相比)")


def _direction(verb: str, lead: str) -> Direction:
    if verb in {"优于", "好于", "领先"}:
        return "down" if lexicon.LOWER_IS_BETTER.search(lead) else "up"
    return "up" if verb in lexicon.UPWARD else "down"


def _made(match: re.Match[str], *, named: bool = False, based: bool = False) -> Growth:
    """The growth that a verb in the lead tells; ``named`` where what changed stands behind the verb."""
    lead = match.string
    own = "object" if named else _BASE_WORDS.sub("", _CLAUSES.split(lead[: match.start("verb")])[-1])
    based = based or _OWN_BASE.search(lead) is not None
    return Growth(own, _direction(match["verb"], lead), basis_of(lead), match["verb"], based)


_TURNS_INTO = re.compile(r"(?:缩短|压缩|减少|降低|精简|提高|提升|增加|下调|缩减|压减)(?:了)?约?为(?:约|近|超)?$")


def _beside(match: re.Match[str], unit: str) -> Growth | None:
    """增长5%, 减少300件: the verb stands beside the amount."""
    if _TURNS_INTO.search(match.string):
        return None
    if match["verb"] in {"节约", "节省"} and unit not in RELATIVE:
        return None
    return _made(match)


def _weakly(match: re.Match[str], unit: str) -> Growth | None:
    """同比多300件, 提速30%: the word needs a base or a relative unit."""
    lead = match.string
    based = re.search(_COMPARED_TO, lead[: match.start("verb") + 2]) is not None
    if not based and not (unit in RELATIVE and len(match["verb"]) > 1):
        return None
    return _made(match)


def _with_object(match: re.Match[str], unit: str) -> Growth | None:
    """压缩办案时间50%: between verb and amount stands what changed."""
    if unit not in RELATIVE and not (unit in {"天", "小时", "日", "分钟"} and match["verb"] in {"缩短", "压缩"}):
        return None
    return _made(match, named=True)


def _against(match: re.Match[str], unit: str) -> Growth | None:
    """高于全省均值30.3个百分点: between verb and amount stands the standard."""
    if match["verb"] is None:
        return _made(_EXCEEDS.search(match.string) or match, based=True)
    return _made(match, based=True)


def _times(match: re.Match[str], unit: str) -> Growth | None:
    """是2019年的3倍."""
    if unit != "倍":
        return None
    basis = basis_of(match.string)
    dated = re.search(r"[年期前]", match["of"]) is not None
    return Growth(
        _CLAUSES.split(match.string[: match.start()])[-1],
        "up",
        "previous_period" if basis == "other" and dated else basis,
        "是",
        True,
    )


BESIDE = Rule("<verb> <change>", re.compile(rf"(?P<verb>{lexicon.STRONG})(?<!新增){_TAIL}"), _beside)
WEAKLY = Rule(
    "<base> <weak verb> <change>",
    re.compile(
        rf"(?<![最时院局庭处科成队身至不])(?P<verb>{lexicon.ANY})(?<!新增)(?:了|出|约|近|收|办|结|审|发|执|案)*$"
    ),
    _weakly,
)
_STANDARD = r"[^，。；、]{0,16}(?:均值|平均(?:水平|值|数|线)?|水平|中位数|均数|同期|上年|去年|标准|目标值?|要求|[0-9]{4}年|全国|全省|全市|全区|全县|指标|底线|法院|值|线|区间)"
_EXCEEDS = re.compile(r"(?P<verb>超过|超出|超)(?=[^，。；]*$)")
AGAINST = Rule(
    "<verb> <standard> <change>",
    re.compile(
        rf"(?:(?P<verb>高于|低于|高出|优于|领先|落后|快于|少于|多于|短于|长于|好于|高过)[^，。；、]{{1,16}}"
        rf"|(?:超过|超出|超)(?P<than>{_STANDARD}))约?$"
    ),
    _against,
)
WITH_OBJECT = Rule(
    "<verb> <what changed> <change>",
    re.compile(
        rf"(?P<verb>{lexicon.STRONG}|节约|节省)了?(?![^，。；]*(?:达|为|占|至|到|有|是|率))[^，。；、0-9]{{2,10}}(?:约|近|超)?$"
    ),
    _with_object,
)
TIMES = Rule(
    "<metric> is <times> of <standard>",
    re.compile(r"(?:是|为|达|达到|相当于)(?P<of>[^，。；]{1,16})的(?:约|近)?$"),
    _times,
)
RULES: tuple[Rule[Growth], ...] = (BESIDE, AGAINST, WEAKLY, TIMES, WITH_OBJECT)


def growth(lead: str, unit: str) -> tuple[str, Growth] | None:
    """The first rule that makes an amount of a unit a change after its lead, and what it made."""
    for rule in RULES:
        match = rule.pattern.search(lead)
        made = rule.produce(match, unit) if match else None
        if made is not None:
            return rule.name, made
    return None
