"""Which metric a change belongs to: the one before it, several in turn, the one after it, or none in the text."""

import re
from collections.abc import Sequence

from shushuo_extract.engine.types import Amount

from . import lexicon

_BASE = re.compile(r"(?:比(?<![同环占对]比)(?![例率重])|较(?![大多好高强])|由|从)[^，。；]{0,16}$")
_MOVES = re.compile(rf"[^，。；、]{{0,3}}?(?:{lexicon.ANY}|调整|变|精简|攀|跃|下)")
_TO = re.compile(r"^，?[^，。；]{0,3}(?:(?:上升|提升|提高|下降|增|升|降|减)?(?:至|到)|达到|达|为)(?:约|近|超)?$")
_JOINT = re.compile(r"(?:和|、|与|及|以及)(?:约|近)?[+-]?")
_BASES_IN_TURN = re.compile(
    r"(?:较|(?<!同)比|高于|低于|与)[^，；。]{1,14}[、和][^，；。]{1,14}(?:分别|各)|分别(?:较|比|高于|低于|与)[^，；。]{1,14}[、和]"
)
_LED_TO = re.compile(r"^后?(?:升|降|增|减|提升|提高|下降|上升)?[至到](?:约|近)?$")
_PARTS = frozenset({"%", "倍", "‰", "成", ""})
_SIZE = re.compile(r"，[^，。；]{0,4}(?:幅|幅度|增速|增长率)(?:约?为|达到?|是|：)?")
_ANEW = re.compile(
    rf"[，；](?P<what>[^，；]{{3,20}}?)(?:首次|实现|出现|呈|持续|连续|大幅|明显|继续|稳步|再次)*{lexicon.ANY}，(?:增|降|涨|升|减)?幅度?(?:约?为|达到?)?$"
)
_SHARE = re.compile(r"，占(?:比|[^，。；]{0,14}的)?(?:为|达|约|近|超)?$")
_SHARE_TURNS = re.compile(r"，(?:占比|比重|所占比[例重])")
_LEVEL = re.compile(r"[，、和]?(?:与[^，。；]{0,6})?持平")
_SAME_BEFORE = re.compile(r"[，（](?:上年|去年)(?:同期)?(?:收案|结案|受理)?(?:数)?(?:为|是)?$")
_YEAR = re.compile(r"20[0-9]{2}(?=年)")
_TOKEN = re.compile(
    r"(?P<accepted>收案|受案|新收|受理|收)|(?P<concluded>审执结|审结|办结|执结|结案|结)|(?P<persons>(?:涉及|涉案)?人[员数])|(?P<money>(?:涉及|涉案)?(?:标的额|金额|数额))|(?P<cases>(?<![一-龥])案件数)"
)
_TOLD = {"accepted": re.compile(r"收|受案|受理|立案"), "concluded": re.compile(r"结")}
_UNITS = {
    "persons": frozenset({"人", "名", "位", "人次"}),
    "money": frozenset({"元", "美元"}),
    "cases": frozenset({"件"}),
}
_ONLY_A_KIND = {"人数": "persons", "案件数": "cases", "案件数量": "cases", "件数": "cases", "涉案金额": "money"}
_TAIL = re.compile(r"(?:案件)?(?:数量|人数|件数|数)$")
_THESE = re.compile(r"[，、]?(?:这|此|该|上述)类(?:犯罪|案件|纠纷)")
_COUNTED = re.compile(r"案件?数量?|数量?|案件?|件|均|总")
_IN_TURN = re.compile(r"分别|各(?!类|级|项|地|方)|依次")


def is_joint(gap: str) -> bool:
    """Whether the words between two amounts only join them."""
    return _JOINT.fullmatch(gap) is not None


def in_turn(lead: str) -> bool:
    """Whether the lead distributes what follows over what came before."""
    return _IN_TURN.search(lead) is not None


def has_bases_in_turn(lead: str) -> bool:
    """Whether several bases, not several metrics, are told in turn: 较2020年、2021年分别下降."""
    return _BASES_IN_TURN.search(lead) is not None


def is_base(gap: str, after: str) -> bool:
    """Whether an amount is only what another is compared with: 比2014年的8.3万件增加, 由20个调整为12个."""
    return _BASE.search(gap) is not None and _MOVES.match(after) is not None


def is_outcome(gap: str) -> bool:
    """Whether an amount is where the growth before it led: 增长5%, 达300件."""
    return _TO.match(gap) is not None


def has_led_to(gap: str) -> bool:
    """Whether an amount is what a growth told just before it made of the metric: 下降0.6个百分点至1.3%."""
    return _LED_TO.match(gap) is not None


def is_size(gap: str) -> bool:
    """Whether changes told again in per cent follow: ，降幅分别为."""
    return _SIZE.match(gap) is not None


def turns_anew(gap: str) -> bool:
    """Whether the clause before a change says of something new that it has turned: ，收案首次下降，降幅为."""
    return _ANEW.search(gap) is not None


def is_share_untold(gap: str) -> bool:
    """Whether a change is of the share of what was just counted, which itself is not told: ，占比下降."""
    return _SHARE_TURNS.match(gap) is not None


def names_a_kind(own: str) -> str | None:
    """The kind of what grew, where a change says no more of it: 人数, 案件数."""
    return _ONLY_A_KIND.get(own.strip("，、和及"))


def is_share_of(label: str) -> bool:
    """Whether the words before a percentage make it the share of the count just before it."""
    return _SHARE.match(label) is not None


def is_earlier(before: str, label: str) -> bool:
    """Whether a metric's label makes it the earlier value of the one before it: 上年同期82件, 2021年82件."""
    years = [found[0] if found else "" for found in (_YEAR.search(before), _YEAR.search(label))]
    return _SAME_BEFORE.match(label) is not None or (years[1] != "" and years[1] < years[0])


def is_level(after: str) -> bool:
    """Whether a list of changes goes on with one that has no number: 、持平."""
    return _LEVEL.match(after) is not None


def recalled(words: str, told: str) -> list[str]:
    """The kinds of metrics told before that words only name again, in order: 收、结案数; empty if others."""
    if kind := names_a_kind(words):
        return [kind]
    kinds = [str(match.lastgroup) for match in _TOKEN.finditer(words)]
    rest = _COUNTED.sub("", _TOKEN.sub("", _IN_TURN.sub("", words)))
    subject = rest.strip("、和及与")
    if _THESE.match(words):
        return kinds
    return kinds if names_nothing(rest) or (len(subject) > 1 and subject in told) else []


def core(words: str) -> str:
    """What words before a change name, without what only counts it: 立案 of 立案数; empty if too little."""
    named = _TAIL.sub("", words.strip("，、 "))
    return named if len(named) > 1 else ""


def names_again(label: str, named: str) -> bool:
    """Whether the words before a metric end in what a change names; 起诉 is 提起公诉 again, not 不起诉."""
    if named == "起诉" and label.endswith("提起公诉"):
        return True
    return label.endswith(named) and label[: -len(named)][-1:] not in {"不", "未"}


def is_of_kind(kind: str, unit: str, label: str) -> bool:
    """Whether a metric with a unit and the words before it is of a recalled kind."""
    told = _TOLD.get(kind)
    return unit in _UNITS[kind] if told is None else unit in {"件", ""} and told.search(label) is not None


def names_nothing(words: str) -> bool:
    """Whether the words before a change only connect, so that it belongs to the metric before it."""
    return lexicon.FILLERS.fullmatch(words) is not None


def depth_at(view: str, start: int, offset: int) -> int:
    """How many brackets are open at an offset of a sentence, looking back a bounded way."""
    begin = max(start, offset - 200)
    return max(0, view.count("（", begin, offset) - view.count("）", begin, offset))


def latest(candidates: Sequence[int], amounts: Sequence[Amount], unit: str) -> int | None:
    """The last candidate that a change can belong to: percentage points rather to a rate, cases to cases."""
    last = candidates[-1] if candidates else None
    if unit in _PARTS:
        return last
    kinds = {"%", "", "‰"} if unit == "百分点" else {unit}
    is_share = last is not None and unit != "百分点" and amounts[last].unit == "%"
    return next((i for i in reversed(candidates[-3:]) if amounts[i].unit in kinds), None if is_share else last)
