"""The last touch: 人数 and 金额 where the unit says what the words leave out, and other wordings."""

import re
from collections.abc import Sequence

from .frame import Reading
from .words import PEOPLE_WORDS, WIDE, addressee, clean, thing_of, verb_of

_PEOPLE = re.compile(PEOPLE_WORDS + "$")
_MONEY = re.compile(r"(?:执行到位|到位|成交|实际到位)$")
_CASES = re.compile(r"(?:案件?|犯罪|罪|纠纷)$")
_OFFENCE = re.compile(r"(?:罪|刑事责任)$")
_PROSECUTION = re.compile(r"捕|诉|检察建议|立案")
_OF_ONE_BRANCH = re.compile(r"民事|行政|刑事")
_DESK = re.compile(r"(?:法庭|合议庭|工作室|调解室|中心|团队|工作站|检察室)$")
_COUNTS_CASES = re.compile(r"收|理|结|化解|调解")
_MOST = re.compile(r"最(?:[多少长短低]|高(?!人民|检|法))")
_FOCUS = re.compile(r"(?:支持|服务|助力|护航|守护|聚焦|围绕|针对|严惩|惩治|打击|整治|参与|保障|保护)")
_AGAINST = re.compile(r"惩治|打击|严惩|惩处|整治")
_ALL = re.compile(r"各类|刑事犯罪|违法犯罪|大局|监督|职责|职能")
_ADDRESSED = re.compile(r"[向对给与就]|围绕")
_ANYONE = re.compile(
    r"^(?:向|对|给|与|针对)(?:有关|相关|各类|社会|各级|困难|涉案|经济困难|申请|被害|被执行|党政|当事|涉诉)"
)


def finish(reading: Reading, unit: str) -> tuple[str, tuple[str, ...]]:
    """The indicator and its other wordings for a figure in ``unit``."""
    text = reading.text.strip("，、：")
    text = text if text.endswith("标的") else text.removesuffix("的")
    name = _suffixed(text, unit, paired=reading.paired)
    alts = [a for a in (*reading.alt, text, _inverted(text)) if a and a != name]
    return name, tuple(dict.fromkeys(alts))


def is_narrowed(before: str, lead: tuple[str, ...], heard: list[str], told: Sequence[str] = ()) -> bool:
    """Whether the clause narrows its count by words that the wording leaves out (对…的，不捕31人; 最多的达420件)."""
    if _MOST.search(before) or (lead and lead[-1].startswith("针对")):
        return True
    prosecutes = _PROSECUTION.search(before) is not None
    if lead and prosecutes:
        said = clean(lead[-1])
        if lead[-1].startswith(("对", "针对")) or (
            (_FOCUS.match(said) or _AGAINST.search(said)) and not _ALL.search(said)
        ):
            return True
    if prosecutes and any("专项" in said for said in heard):
        return True
    if "抗诉" in before and any(_OF_ONE_BRANCH.search(said) for said in (*heard, *told)):
        return True
    if lead and _DESK.search(lead[-1]) and _COUNTS_CASES.search(before):
        return True
    to = addressee(before) if _ADDRESSED.search(before) else ""
    return bool(to) and not _ANYONE.search(to)


def goes_on_with(joint: str, lead: tuple[str, ...], before: str) -> bool:
    """Whether a clause is still about those whom the one before it has narrowed (不批捕36人、不起诉12人)."""
    return not lead and (not joint or (joint == "，" and _PROSECUTION.search(before) is not None))


def _suffixed(text: str, unit: str, *, paired: bool) -> str:
    if unit in {"人", "名", "位"} and not text.endswith("人数"):
        return text + "人数" if paired or not _PEOPLE.search(text) else text
    if unit in {"人次", "名次"} and paired:
        return text + "人次"
    if unit == "元" and (paired or _MONEY.search(text)) and not text.endswith(("金额", "额", "元")):
        return text + ("涉案金额" if _CASES.search(text) else "金额")
    if unit == "件" and _OFFENCE.search(text):
        return text + "案件"
    return text


def _inverted(text: str) -> str:
    """审结破产案件 as 破产案件审结."""
    verb, thing = verb_of(text), thing_of(text)
    return thing + verb if verb and thing and thing not in WIDE else ""
