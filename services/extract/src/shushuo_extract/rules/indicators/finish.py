"""The last touch: 人数 and 金额 where the unit says what the words leave out, and other wordings."""

import re

from .frame import Reading
from .words import PEOPLE_WORDS, WIDE, thing_of, verb_of

_PEOPLE = re.compile(PEOPLE_WORDS + "$")
_MONEY = re.compile(r"(?:执行到位|到位|成交|实际到位)$")
_CASES = re.compile(r"(?:案件?|犯罪|罪|纠纷)$")
_OFFENCE = re.compile(r"(?:罪|刑事责任)$")


def finish(reading: Reading, unit: str) -> tuple[str, tuple[str, ...]]:
    """The indicator and its other wordings for a figure in ``unit``."""
    text = reading.text.strip("，、：")
    text = text if text.endswith("标的") else text.removesuffix("的")
    name = _suffixed(text, unit, paired=reading.paired)
    alts = [a for a in (*reading.alt, text, _inverted(text)) if a and a != name]
    return name, tuple(dict.fromkeys(alts))


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
