"""What a clause that opens a sentence, or the count just before, lends to a figure that leaves it out."""

import re

from .frame import foremost
from .place import Place
from .vocabulary import PEOPLE
from .words import clean, thing_of

_ALL_COURT = re.compile("全[院国省市县区州]|两级法院|[我本该]院")
_WHEN_ONLY = re.compile("(?:放眼|纵观|回望|截[至止])?[0-9年月日全今去上下半至到末底季度第一二三四-]{2,16}(?:来?看)?")
_OF_ORGANS = frozenset("个家所")
_ORGANS = re.compile(
    r"(?:目前|现在|全[国省市县区州])*(?P<what>[^，]*?(?:法院|检察院|法庭|检察室|审判庭))(?:现|已|共|目前|还)*(?:有|达到?|增至|为|计)*$"
)
_SUM = re.compile(r"涉及|涉案|标的|金额|总金额|总额")
_SUCH = re.compile(r"(?!对|针对|据|由)[^，]{0,6}(?:宣告|判处|裁定|决定|作出|认定)[^，]{1,10}$")
_OF_SERVICE = re.compile(
    r"^(?P<who>[^，]{0,14}?(?:网|平台|系统|小程序|热线|专线|案例库|数据库|中心|机制|APP|App|工作室|驿站|直通车|公众号)”?)"
    r"(?:自|从|于)?[^，]{2,16}?(?:以来|至今|后|起)$"
)
_CASES = ("案件", "纠纷", "犯罪")
_ASKED = re.compile(r"(?:诉求|来信|来访|投诉|工单|来电|咨询|举报|留言|需求|提案|意见|抗诉|和解)$")
_SENDER = re.compile(r"^.*(?:收到|归集|收集|接收|受理|接受|接到)")


def such_as(place: Place) -> str:
    """Of which the figures of a clause are that it only opens (宣告无罪的，公诉案件被告人4人、自诉案件被告人3人)."""
    lead = place.frame.lead[-1] if place.frame.lead and place.slot.joint in {"，", ""} else ""
    such = clean(lead).removesuffix("的") if lead.endswith("的") else ""
    return such if _SUCH.match(such) else ""


def served_by(place: Place) -> str:
    """The service of which the clause before says since when it has run (法答网自7月上线以来，累计答疑…)."""
    served = _OF_SERVICE.match(place.slot.lead[-1]) if place.slot.lead and place.slot.joint == "，" else None
    return clean(served["who"]) if served else ""


def asked(place: Place) -> str:
    """What was asked or protested just before, of which a share was answered (收到企业诉求2100条，办结率95%)."""
    thing = thing_of(_just_counted(place))
    return _SENDER.sub("", thing) if _ASKED.search(thing) else ""


def is_of_court(place: Place) -> bool:
    """Whether the words say that all of the court did it, after mere dates (今年1至8月，全院执结98件)."""
    return _ALL_COURT.match(place.slot.before) is not None and all(map(_WHEN_ONLY.fullmatch, place.slot.lead))


def first_of(place: Place) -> str:
    """The cases that the clause before puts first (票据纠纷仍是大头，共受理530件), "" where it does not."""
    first = clean(foremost(place.slot.lead[-1])) if place.slot.lead and place.slot.joint == "，" else ""
    if not first.endswith(_CASES):
        return ""
    place.frame.thing = first
    return first


def sum_of(place: Place, text: str) -> str:
    """What a sum is of where no cases were counted but something else (促成执行和解308件，涉及金额2.4亿元)."""
    thing = thing_of(_just_counted(place)) if place.unit == "元" and _SUM.match(text) else ""
    return "" if "案" in thing or thing.endswith(PEOPLE) else thing


def _just_counted(place: Place) -> str:
    """What the clause just before counted, "" where another stands between or a rate was told."""
    last, slot = place.frame.last, place.slot
    follows = slot.joint == "，" and not slot.lead and last is not None and last.kind == "object"
    return last.text if follows and last else ""


def organs_counted(place: Place) -> str:
    """The courts and the like that are counted themselves (全省有管辖权的基层法院已有141个)."""
    found = _ORGANS.match(place.slot.before) if place.unit in _OF_ORGANS else None
    return found["what"] if found else ""
