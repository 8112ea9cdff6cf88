"""What looks like an amount and is none: dates, ordinals, limits, streaks, catchwords, codes, names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from . import lexicon
from .rules import HAN, Parts


class Candidate(NamedTuple):
    """A numeral read as an amount, with what stands left of its number and right of its unit."""

    parts: Parts
    left: str
    right: str
    bounded: bool

    @property
    def is_han(self) -> bool:
        """Whether the number is written in Chinese numerals."""
        return self.parts.numeral[:1] in HAN

    @property
    def is_duration(self) -> bool:
        """Whether the unit measures time."""
        return self.parts.unit in _DURATIONS


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason why a candidate asserts no quantity."""

    name: str
    applies: Callable[[Candidate], object]


_DURATIONS = lexicon.DURATIONS | {"小时", "工作日", "基点"}
_RANKED = re.compile(
    r"(?:第[0-9一二三四五六七八九十百、和至到-]*|排名|位居|位列|位次[^，。]{0,6}|名次[^，。]{0,6}|排名[^，。]{0,4})$"
)
_CODE = re.compile(r"(?:[A-Za-z0-9](?<![Aa]PP)(?<!App)|[A-Za-z0-9N][-+×/.&_：]|[×_“‘《#])$")
_FORMULA = re.compile(r"[^，。；、0-9]{0,8}\+")
_CIRCLE = re.compile(r"[^，。；、0-9]{0,10}圈")
_DATED = re.compile(r"(?:[0-9]月|[一二三四五六七八九十]月|每|某|同|当|次|至[0-9]{1,2}月|春节|国庆)$")
_LIMIT = re.compile(
    r"(?:内|外|之外|以外|以内|之内|以里|期限内|前(?!后)|期限|后(?!续)|来|以来|间|期间|期$|期[，。的]|行动|计划|规划|禁)"
)
_STREAK = re.compile(r"(?:连续|接连|累计连续|蝉联|每|近|前|后|过去|今后|未来|这|最近|首|此|为期)$")
_MEASURED = re.compile(rf"(?:{lexicon.MEASURED})[^，。；]*$")
_THRESHOLD = re.compile(r"(?:的)?(?:有期)?(?:徒刑|刑罚|刑期|监禁|拘役|缓刑|管制)|不满|不等")
_ABOVE = re.compile(r"(?:的)?[^，。；、0-9]{1,14}[0-9]")
_AGE = re.compile(r"(?:岁|周岁)")
_CATCHWORD = re.compile(rf"(?:{lexicon.CATCHWORDS})")
_ROUND_CLOCK = re.compile(r"^(?:24|二十四)$")
_ONE_WINS = re.compile(r"(?:[^，。；、]{0,8})(?:获|荣|被|入选|受到|当选|评为|立功|记)")
_CLAUSE_START = re.compile(
    r"(?:^|[，。；：！？、“（\n]|其中|另有|有|某|这|那|同|每|为|任何|又|还|再|仅|将|因|在|对|该|把|出|成|以|与|和|按)$"
)
_LISTED = re.compile(r"[^，。；]{0,8}[、和及][0-9]")
_AFTER_LISTED = re.compile(r"[0-9][^，。；0-9、]{1,12}[、和及]$")
_STRICT_HAN = frozenset("件起宗例名位个户家所处项份篇封次场部批间栋辆艘枚张幅套台条") | {
    "人次", "件次", "场次", "户次", "家次", "天", "小时", "倍", "亩", "元", "%", "人", "年", "岁", "个月", "美元", "公里", "吨", "公斤", "平方米", "成",
}  # fmt: skip


def _is_ordinal(c: Candidate) -> bool:
    return bool(_RANKED.search(c.left)) or (
        c.parts.unit in {"名", "位", "个月", "年", "天", "批", "期", "次", "季度"}
        and bool(re.search(r"[第前首头]$", c.left))
    )


def _is_code(c: Candidate) -> bool:
    """1+1+5, G20, 7×24, “136”: letters, signs or an opening quote make it a name, unless the quote is a statement."""
    if c.left[-1:] in {"“", "‘"} and c.parts.unit and not c.is_han:
        return "”" in c.right[:12]
    return bool(_CODE.search(c.left)) or (bool(_FORMULA.match(c.right)) and c.parts.unit not in {"%", ""})


def _is_date(c: Candidate) -> bool:
    unit = c.parts.unit
    if unit == "年" and not c.is_han and len(c.parts.numeral) == 4:
        return True
    return unit in {"日", "年", "周"} and (bool(_DATED.search(c.left)) or not _MEASURED.search(c.left))


def _is_limit(c: Candidate) -> bool:
    return c.is_duration and (bool(_LIMIT.match(c.right)) or bool(_CIRCLE.match(c.right)))


def _is_streak(c: Candidate) -> bool:
    if c.left.endswith(("连续", "接连", "蝉联", "每")):
        return True
    return c.parts.unit in {"年", "个月", "季度", "周", "届"} and (
        bool(_STREAK.search(c.left)) or not _MEASURED.search(c.left)
    )


def _is_threshold(c: Candidate) -> bool:
    if _AGE.match(c.right) or c.parts.unit == "岁":
        return True
    return bool(_THRESHOLD.match(c.right)) or (c.bounded and bool(_ABOVE.match(c.right)))


def _is_catchword(c: Candidate) -> bool:
    return (
        c.is_han
        and c.parts.value <= 20
        and c.parts.unit in {"个", "项", "类", "种", "件", "条", "级", "道", "张", "把", "面"}
        and (c.right.startswith(("“", "‘")) or bool(_CATCHWORD.match(c.right)))
    )


def _is_round_the_clock(c: Candidate) -> bool:
    return c.parts.unit == "小时" and bool(_ROUND_CLOCK.match(c.parts.numeral))


def _is_plain_one(c: Candidate) -> bool:
    """一 means a; 1名 is news only where it is the object or one of several counts."""
    if c.parts.value != 1 or c.parts.unit in {"倍", "%", "百分点", ""} or c.parts.hints:
        return False
    if c.is_han:
        return True
    if _LISTED.match(c.right) or _AFTER_LISTED.search(c.left):
        return False
    return bool(_CLAUSE_START.search(c.left)) or bool(_ONE_WINS.match(c.right))


def _is_idiom(c: Candidate) -> bool:
    """千家万户, 万人助企, 百案攻坚: a bare power of ten counts nothing unless it is money or qualified."""
    bare = all(char in "十百千万亿" for char in c.parts.numeral)
    if bare and c.right.startswith("大关"):
        return True
    return (c.is_han and bare and not c.parts.hints and c.parts.unit not in {"元", "美元", "%", "天"}) or (
        bare and c.is_han and c.parts.unit == "天"
    )


def _is_loose_han(c: Candidate) -> bool:
    """Chinese numerals count only with a plain counter; 二人 and 三人 point at persons of a story."""
    if not c.is_han or c.parts.unit in {""}:
        return False
    small = c.parts.value < 10
    return c.parts.unit not in _STRICT_HAN or (small and c.parts.unit == "人" and not c.parts.hints)


REFUSALS = (
    Refusal("ordinal", _is_ordinal),
    Refusal("code", _is_code),
    Refusal("date", _is_date),
    Refusal("limit", _is_limit),
    Refusal("streak", _is_streak),
    Refusal("threshold", _is_threshold),
    Refusal("catchword", _is_catchword),
    Refusal("round the clock", _is_round_the_clock),
    Refusal("plain one", _is_plain_one),
    Refusal("idiom", _is_idiom),
    Refusal("pronoun", _is_loose_han),
)


def reason(candidate: Candidate) -> str | None:
    """The name of the first refusal that applies."""
    return next((r.name for r in REFUSALS if r.applies(candidate)), None)
