"""What looks like an amount and is none: dates, ordinals, limits, streaks, catchwords, codes, names."""

import re
from collections.abc import Callable
from string import ascii_letters, digits

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.records import Record
from shushuo_shared.report import Approx

from .lexicon import DURATIONS, HAN, REFUSED
from .rules import Parts


class Candidate(Record, frozen=True):
    """A numeral read as an amount, with what stands left of its number and right of its unit.

    ``han`` says that the numeral is Chinese, ``hints`` are all that qualifiers say about its exactness, ``led`` says
    that one such as 超过 opens it, ``bounded`` that 以上 or 以下 closes it.
    """

    parts: Parts
    han: bool
    left: str
    right: str
    hints: tuple[Approx, ...]
    led: bool
    bounded: bool


class Refusal(Record, frozen=True):
    """A reason why a candidate asserts no quantity.

    Of some only candidates in ``units`` need be asked, or those in Chinese numerals where ``han``.
    """

    name: str
    applies: Callable[[Candidate], bool]
    units: frozenset[str] | None = None
    han: bool = False


_WORDS = {key: any_of(words) for key, words in REFUSED.items()}
_ORDINAL = re.compile(
    rf"(?:第(?:[0-9一二三四五六七八九十百]{{1,4}}[、和至到-])*|{_WORDS['ordinals']}|(?:位次|名次|排名)[^，。]{{0,6}})$"
)
_ORDINAL_ENDINGS = frozenset("、和至到-前首头").union(word[-1] for word in REFUSED["ordinals"])
_CODE = re.compile(r"(?:[A-Za-z0-9](?<!APP)(?<!App)|[A-Za-z0-9][-+×/.&_：]|[×_“‘《#])$")
_CODE_ENDINGS = frozenset(f"{ascii_letters}{digits}+×/.&_：“‘《#-")
_FORMULA = re.compile(r"(?!.{0,6}(?:同比|环比|较|增))[^，。；、0-9]{0,8}\+")
_CIRCLE = re.compile(r"[^，。；、0-9]{0,10}圈")
_DATED = re.compile(r"(?:[0-9一二三四五六七八九十]月|每|某|同|当|次|至[0-9]{1,2}月|春节|国庆)$")
_DOUBLED = re.compile(r"翻了?$")
_SUMMED = re.compile(_WORDS["summed"])
_EACH = re.compile(r"每(?:季度?|年|半年|月|个月|周|旬|天|日)(?:至少)?(?:召开|开展|举行|组织|通报|报告|调度|研判|分析)$")
_LIMIT = re.compile(_WORDS["limits"])
_PERIOD = re.compile(rf"{_WORDS['periods']}$")
_MEASURED = re.compile(rf"{_WORDS['measured']}[^，。；]*$")
_PENALTY = re.compile(_WORDS["penalties"])
_CATEGORY_OPENINGS = frozenset(word[0] for word in (*REFUSED["penalties"], *"至到-~"))
_BAND_ENDINGS = frozenset("至到-~")
_CATEGORY = re.compile(r"的?[^，。；、0-9]{1,14}[0-9]")
_THRESHOLD = re.compile(r"的[^，。；0-9]{0,12}占")
_AVERAGE = re.compile(r"(?:平均|均龄|均年龄)[^，。；]{0,8}$")
_BAND = re.compile(r"[万亿]元(?:至|到|-|~)$")
_BAND_OPENS = re.compile(r"(?:至|到|-|~)[0-9.]+[万亿]*元(?:以下)?的?[^，。；、0-9]{0,6}案件")
_CATCHWORD = re.compile(rf"[“‘]|{_WORDS['catchwords']}")
_CATCHWORD_ALWAYS = re.compile(_WORDS["catchwords_always"])
_ONE_HONOURED = re.compile(rf"[^，。；、]{{0,8}}{_WORDS['honours']}")
_OPENS_CLAUSE = re.compile(rf"(?:^|[，。；：！？、“（\n]|{_WORDS['openings']})$")
_ONE_OF_LIST = re.compile(r"[^，。；]{0,8}[、和及][0-9]")
_ONE_AFTER_LIST = re.compile(r"[0-9][^，。；0-9、]{1,12}[、和及]$")
_HABIT = re.compile("(?:以前|过去|以往|原来|原先|往常|从前)[^，。；]{0,4}[要得需][^，。；]{0,4}$")
_ROAMING, _WAY = re.compile(_WORDS["roaming"]), re.compile(_WORDS["ways"])
_OUTCOME = re.compile(rf"(?!均|都|皆|一同|一起)[^，。；]{{0,14}}?{_WORDS['outcomes']}")
_BROUGHT_FORTH = re.compile(rf"{_WORDS['brought_forth']}(?:了|的|以下)?$")
_PERSONS_COUNTED = re.compile(
    rf"(?:的|[其当]中|[另还共仅]有|另|致使?|造成|导致|[0-9{HAN}][人名位][^，。；]{{2,12}}[，、])$"
)
_LONE = HAN.translate({ord(power): None for power in "十百千万亿"})
_SAYING_LEFT = re.compile(rf"(?<![{HAN}])[{_LONE}][^{HAN}，。；、0-9]$")
_SAYING_RIGHT = re.compile(rf"[{_LONE}][^{HAN}，。；、0-9](?![{HAN}])")
_ORDINAL_COUNTERS, _CATCHWORD_COUNTERS, _HAN_COUNTERS, _PERIOD_UNITS = (
    frozenset(REFUSED[key]) for key in ("ordinal_counters", "catchword_counters", "han_counters", "period_units")
)
_STREAKS = tuple(REFUSED["streaks"])
_STREAK_ENDINGS = frozenset(word[-1] for word in _STREAKS)
_MONEY = frozenset({"元", "美元", "%"})
_NO_COUNT = frozenset({"倍", "番", "%", "百分点", "成", ""})
_DURATIONS = DURATIONS | {"小时", "工作日", "分钟"}
_POWERS = frozenset("十百千万亿")


def _is_ordinal(c: Candidate) -> bool:
    """第3名, 位居全省第5, 前10名, 前10%."""
    if c.parts.unit == "%":
        return c.left.endswith("前")
    if c.left.endswith(("前", "首", "头")):
        return c.parts.unit in _ORDINAL_COUNTERS
    return _ORDINAL.search(c.left) is not None


def _is_code(c: Candidate) -> bool:
    """1+1+5, G20, 7×24, “136”: letters, signs or an opening quote make it a name, unless the quote is a statement."""
    if c.left[-1:] in {"“", "‘"} and c.parts.unit and not c.han:
        return "”" in c.right[:12]
    if c.left[-1:] in _CODE_ENDINGS and _CODE.search(c.left):
        return True
    return "+" in c.right and c.parts.unit not in {"%", ""} and _FORMULA.match(c.right) is not None


def _is_clock(c: Candidate) -> bool:
    """1：30 is a time of day, unless a ratio is told."""
    return c.parts.numeral.startswith("1：") and c.parts.value >= 10 and "比" not in c.left[-8:]


def _is_effort(c: Candidate) -> bool:
    """一番努力: only what doubles counts in 番."""
    return _DOUBLED.search(c.left) is None


def _is_age(c: Candidate) -> bool:
    """65岁的原告: an age is counted only on average."""
    return _AVERAGE.search(c.left) is None


def _is_streak(c: Candidate) -> bool:
    """连续3年: one after the other, not counted."""
    return c.left.endswith(_STREAKS)


def _is_routine(c: Candidate) -> bool:
    """每月召开1次: how often is a rule."""
    return _EACH.search(c.left) is not None


def _is_habit(c: Candidate) -> bool:
    """以前要跑三趟: what one used to have to do was not done so often."""
    return _HABIT.search(c.left) is not None


def _is_category(c: Candidate) -> bool:
    """5年以上有期徒刑; 标的额1000万元以上案件12件: a threshold that only names what is counted."""
    if (c.led or c.bounded) and _THRESHOLD.match(c.right):
        return True
    if c.bounded or (c.parts.unit in _MONEY and _BAND.search(c.left)):
        return _PENALTY.match(c.right) is not None or _CATEGORY.match(c.right) is not None
    over = c.led and c.hints[0] == "over" and c.parts.unit in _MONEY and c.right.startswith("的")
    if over and _CATEGORY.match(c.right):
        return True
    may_be = c.right[:1] in _CATEGORY_OPENINGS
    return may_be and (_PENALTY.match(c.right) is not None or _BAND_OPENS.match(c.right) is not None)


def _is_everywhere(c: Candidate) -> bool:
    """四处求助: in Chinese four places are all places."""
    return c.parts.numeral == "四" and not c.hints and _ROAMING.match(c.right) is not None


def _is_catchword(c: Candidate) -> bool:
    if c.parts.value > 20:
        return False
    return (_CATCHWORD if c.han else _CATCHWORD_ALWAYS).match(c.right) is not None


def _is_summing(c: Candidate) -> bool:
    """甲、乙两项合计: the count only points back at what was just named."""
    return c.parts.value <= 10 and _SUMMED.match(c.right) is not None


def _is_plain_one(c: Candidate) -> bool:
    """一 means a; 1名 is news only where it is the object or one of several counts."""
    if c.parts.value != 1 or c.parts.unit in _NO_COUNT or c.hints:
        return False
    if c.han:
        return True
    if _ONE_OF_LIST.match(c.right) or _ONE_AFTER_LIST.search(c.left):
        return False
    return _OPENS_CLAUSE.search(c.left) is not None or _ONE_HONOURED.match(c.right) is not None


def _is_period(c: Candidate) -> bool:
    """2022年, 2月6日, 近三年, 7日内, 24小时: time that dates or limits, where nothing says that it was measured."""
    unit, numeral = c.parts.unit, c.parts.numeral
    if unit == "分":
        return c.left.endswith(("时", "点"))
    if _LIMIT.match(c.right) or _CIRCLE.match(c.right) or (unit == "小时" and numeral in {"24", "二十四"}):
        return True
    if unit not in _PERIOD_UNITS:
        return False
    is_year = unit == "年" and len(numeral) == 4 and not c.han
    return is_year or bool(_DATED.search(c.left) or _PERIOD.search(c.left)) or not _MEASURED.search(c.left)


def _is_idiom(c: Candidate) -> bool:
    """千家万户, 百日攻坚, 万件大关: a bare power of ten counts nothing unless it is money or qualified."""
    if not _POWERS.issuperset(c.parts.numeral):
        return False
    if c.right.startswith("）") and c.left.endswith(("（", "单位：")):
        return True  # 标的额（亿元） sets a unit
    if c.right.startswith("大关"):
        return not (c.hints and c.parts.unit in _MONEY)
    ten = c.parts.numeral == "十" and _BROUGHT_FORTH.search(c.left) is not None
    return c.parts.unit == "天" or not (c.hints or ten or c.parts.unit in _MONEY)


def _is_saying(c: Candidate) -> bool:
    """三番五次, 三天两头: two lone Chinese numerals in four characters."""
    if len(c.parts.numeral) != 1 or c.hints:
        return False
    return _SAYING_LEFT.search(c.left) is not None or _SAYING_RIGHT.match(c.right) is not None


def _is_pronoun(c: Candidate) -> bool:
    """Chinese numerals count only with a plain counter; 二人 and 三人 point at persons, whom their fate counts."""
    if not c.parts.unit:
        return False
    if c.parts.unit == "人" and c.parts.value < 10 and not c.hints:
        return _PERSONS_COUNTED.search(c.left) is None or _OUTCOME.match(c.right) is None
    return c.parts.unit not in _HAN_COUNTERS or (c.parts.unit == "种" and _WAY.match(c.right) is not None)


WHATEVER = (
    Refusal("plain one", _is_plain_one),
    Refusal("ordinal", _is_ordinal),
    Refusal("code", _is_code),
    Refusal("streak", _is_streak),
    Refusal("category", _is_category),
)
_SPECIAL = (
    Refusal("pronoun", _is_pronoun, han=True),
    Refusal("routine", _is_routine, frozenset({"次"})),
    Refusal("habit", _is_habit, frozenset({"趟"})),
    Refusal("clock", _is_clock, frozenset({""})),
    Refusal("everywhere", _is_everywhere, frozenset({"处"}), han=True),
    Refusal("effort", _is_effort, frozenset({"番"})),
    Refusal("age", _is_age, frozenset({"岁"})),
    Refusal("catchword", _is_catchword, _CATCHWORD_COUNTERS),
    Refusal("period", _is_period, _DURATIONS | {"分"}),
    Refusal("summing", _is_summing, han=True),
    Refusal("idiom", _is_idiom, han=True),
    Refusal("saying", _is_saying, han=True),
)


def _special(unit: str, *, han: bool) -> tuple[Refusal, ...]:
    """The refusals that only a candidate of a unit, in Chinese numerals or not, may meet."""
    return tuple(r for r in _SPECIAL if (r.units is None or unit in r.units) and (han or not r.han))


_UNITS = frozenset().union(*(r.units for r in _SPECIAL if r.units is not None))
_ARABIC, _HAN = ({unit: _special(unit, han=han) for unit in _UNITS} for han in (False, True))
_HAN_ALWAYS = tuple(r for r in _SPECIAL if r.units is None)
_ENDINGS = _ORDINAL_ENDINGS | _CODE_ENDINGS | _STREAK_ENDINGS | _BAND_ENDINGS
_OPENINGS = _CATEGORY_OPENINGS | {"的"}


def reason(c: Candidate) -> str | None:
    """The name of the first refusal that applies."""
    refusals = _HAN.get(c.parts.unit, _HAN_ALWAYS) if c.han else _ARABIC.get(c.parts.unit, ())
    for refusal in refusals + WHATEVER if shows_sign(c) else refusals:
        if refusal.applies(c):
            return refusal.name
    return None


def shows_sign(c: Candidate) -> bool:
    """Whether a candidate has what those have that are refused whatever they are counted in."""
    beside = c.left[-1:] in _ENDINGS or c.right[:1] in _OPENINGS
    return beside or c.bounded or c.parts.value == 1 or "名" in c.left or "位次" in c.left or "+" in c.right
