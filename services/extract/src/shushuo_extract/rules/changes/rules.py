"""The grammar of growth: what the words before an amount say about its being a change.

Each pattern is searched in the clause that leads up to the amount and ends where the amount begins.
"""

import re
from dataclasses import dataclass

from shushuo_extract.engine.types import Rule
from shushuo_shared.report import Basis, Direction

from . import lexicon

_TAIL = r"(?:了|达到|达|为|约为|约|近|超|高达|逾|分别为|分别|均为|均|各|比例为|比例|幅度为|幅度|：|共|累计|已|整|率为|率)*$"
_RELATIVE = frozenset({"%", "百分点", "倍", "‰", "成"})
_PERIOD = (
    r"环比|(?:较|比|同|与|跟)[^，。；]{0,8}?(?:[0-9]{4}年?|前[一二三四五六七八九十0-9]+|上(?:个|一|届|季|半)|过去|此前|之前|以前|前$|年初|原来|以往|往年|历史|前年|前期|改革前|前相比|五年前|第[一二三四]季度)"
    r"|前[一二三四五六七八九十0-9]+年[^，。；]{0,4}相比|[0-9]{4}年(?:同期)?相比"
)
_BASES: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    ("average", re.compile(rf"{lexicon.AVERAGE}|(?:比|较|于|超过|超出|领先|高出)[^，。；]{{0,8}}平均|(?:高于|低于|优于|超过|超出|领先|高出|落后|好于)(?:于)?(?:全国|全省|全市|全区|全县|全州|同级|同类|省|市)[^，。；]*$")),
    ("yoy", re.compile(lexicon.YOY)),
    ("previous_period", re.compile(_PERIOD)),
)
_COMPARED_TO = r"(?:较|比|同比|环比|相比|与|高于|低于|均值|平均)"


@dataclass(frozen=True, slots=True)
class Growth:
    """A change in the making: where its words begin in the lead, which way it goes, against what."""

    begins: int
    direction: Direction
    basis: Basis
    verb: str
    based: bool


def basis_of(lead: str) -> Basis:
    """Against what the words before an amount compare; ``other`` where they name no base."""
    return next((basis for basis, pattern in _BASES if pattern.search(lead)), "other")


def base_begins(lead: str) -> int | None:
    """Where the words that name the base begin."""
    starts = [m.start() for m in _BASE_WORDS.finditer(lead)]
    return starts[0] if starts else None


_BASE_WORDS = re.compile(rf"同比|环比|{lexicon.YOY}|{_PERIOD}|(?:较|比|与|同)(?![例率重例如价])(?=[^，。；]{{1,24}}(?:{lexicon.ANY}))")


def _direction(verb: str, lead: str) -> Direction:
    if verb in {"优于", "好于", "领先"}:
        return "down" if lexicon.LOWER_IS_BETTER.search(lead) else "up"
    return "up" if verb in lexicon.UPWARD else "down"


def _made(match: re.Match[str], lead: str) -> Growth:
    base = base_begins(lead)
    begins = match.start("verb") if base is None else min(base, match.start("verb"))
    return Growth(begins, _direction(match["verb"], lead), basis_of(lead), match["verb"], base is not None)


def _beside(match: re.Match[str], unit: str) -> Growth | None:
    """增长5%, 减少300件: the verb stands beside the amount."""
    if match["verb"] in {"节约", "节省"} and unit not in _RELATIVE:
        return None
    return _made(match, match.string)


def _weakly(match: re.Match[str], unit: str) -> Growth | None:
    """同比多300件, 提速30%: the word needs a base or a relative unit."""
    lead = match.string
    based = re.search(_COMPARED_TO, lead[: match.start("verb") + 2]) is not None
    if not based and not (unit in _RELATIVE and len(match["verb"]) > 1):
        return None
    return _made(match, lead)


def _with_object(match: re.Match[str], unit: str) -> Growth | None:
    """压缩办案时间50%: between verb and amount stands what changed."""
    if unit not in _RELATIVE and not (unit in {"天", "小时", "日", "分钟"} and match["verb"] in {"缩短", "压缩"}):
        return None
    return _made(match, match.string)


def _against(match: re.Match[str], unit: str) -> Growth | None:
    """高于全省均值30.3个百分点: between verb and amount stands the standard."""
    return _made(match, match.string)


def _times(match: re.Match[str], unit: str) -> Growth | None:
    """是2019年的3倍."""
    if unit != "倍":
        return None
    basis = basis_of(match.string)
    dated = re.search(r"[年期前]", match["of"]) is not None
    return Growth(match.start(), "up", "previous_period" if basis == "other" and dated else basis, "是", True)


BESIDE = Rule("<verb> <change>", re.compile(rf"(?P<verb>{lexicon.STRONG})(?<!新增){_TAIL}"), _beside)
WEAKLY = Rule("<base> <weak verb> <change>", re.compile(rf"(?P<verb>{lexicon.ANY})(?<!新增)(?:了|出|约|近|收|办|结|审|发|执|案)*$"), _weakly)
AGAINST = Rule(
    "<verb> <standard> <change>",
    re.compile(
        r"(?P<verb>高于|低于|高出|超过|超出|优于|领先|落后|快于|少于|多于|短于|长于|好于|高过)"
        r"(?P<than>[^，。；、]{0,16}(?:均值|平均(?:水平|值|数|线)?|水平|中位数|均数|同期|上年|去年|标准|目标值?|要求|[0-9]{4}年|全国|全省|全市|全区|全县|指标|底线|全市法院|全省法院|全国法院|值|线|区间))约?$"
    ),
    _against,
)
WITH_OBJECT = Rule(
    "<verb> <what changed> <change>",
    re.compile(rf"(?P<verb>{lexicon.STRONG}|节约|节省)了?(?![^，。；]*(?:达|为|占|至|到|有|是|率))[^，。；、0-9]{{2,10}}(?:约|近|超)?$"),
    _with_object,
)
TIMES = Rule("<metric> is <times> of <standard>", re.compile(r"(?:是|为|达|达到|相当于)(?P<of>[^，。；]{1,16})的(?:约|近)?$"), _times)
RULES: tuple[Rule[Growth], ...] = (BESIDE, AGAINST, WEAKLY, TIMES, WITH_OBJECT)


def growth(lead: str, unit: str) -> tuple[str, Growth] | None:
    """The first rule that makes an amount of a unit a change after its lead, and what it made."""
    for rule in RULES:
        match = rule.pattern.search(lead)
        made = rule.produce(match, unit) if match else None
        if made is not None:
            return rule.name, made
    return None
