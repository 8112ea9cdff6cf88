"""The last touch: 人数 and 金额 where the unit says what the words leave out, and other wordings."""

from .frame import Reading
from .vocabulary import PEOPLE, WIDE
from .words import deed_and_thing

_MONEY = ("到位", "成交")
_CASES = ("案件", "案", "罪", "纠纷")
_DEALT_WITH = (*_CASES, "诉讼", "争议", "建议", "线索")
_OFFENCE = ("罪", "刑事责任")


def finish(reading: Reading, unit: str) -> tuple[str, tuple[str, ...]]:
    """The indicator and its other wordings for a figure in ``unit``."""
    text = reading.text.strip("，、：")
    if text.endswith("的") and not text.endswith("标的"):
        text = text[:-1]
    name, inverted = _suffixed(text, unit, paired=reading.paired), _inverted(text)
    if name == text and not reading.alt:
        return name, (inverted,) if inverted else ()
    alts = dict.fromkeys((*reading.alt, text, inverted))
    return name, tuple([alt for alt in alts if alt and alt != name])


def _suffixed(text: str, unit: str, *, paired: bool) -> str:
    if unit == "件":
        return text + "案件" if text.endswith(_OFFENCE) else text
    if unit in {"人", "名", "位"} and not text.endswith(("人数", "总数", "数量")):
        return text + "人数" if paired or not text.endswith(PEOPLE) else text
    if unit in {"人次", "名次"} and paired:
        return text + "人次"
    if unit == "元" and (paired or text.endswith(_MONEY)) and not text.endswith(("金额", "额", "元")):
        return text + ("涉案金额" if text.endswith(_CASES) else "金额")
    return text


def _inverted(text: str) -> str:
    """审结破产案件 as 破产案件审结; only what is dealt with can stand first (到位率执行 says nothing)."""
    verb, thing = deed_and_thing(text)
    return thing + verb if verb and thing.endswith(_DEALT_WITH) and thing not in WIDE else ""
