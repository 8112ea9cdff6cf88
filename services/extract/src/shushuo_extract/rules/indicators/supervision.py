"""Figures of suits for the public and of supervision, whose field the clauses before have said."""

import re

from .frame import Reading
from .place import Place
from .words import clean

_OVERSEEN = re.compile(  # 开展行政违法行为监督, 强化社区矫正监督
    r"(?:开展|加强|强化|深化|抓[好实]|做[好实强]|推进|聚焦|通过|在|突出)(?P<field>[^，]{0,8}?(?:民事|行政|刑事|审判|执行|侦查|监管|监狱|看守所|社区矫正|违法行为|羁押)[^，]{0,8}?监督)(?:工作|力度|职能|活动)*中?$"
)
_SENDS = re.compile("(?:发送|发出|制发|提出|送达)[^，]{0,4}(?:司法|检察)建议书?$")
_GENERAL = frozenset({"法律监督", "诉讼监督", "检察监督"})


def next_step(match: re.Match[str], place: Place) -> Reading | None:
    """A later step of public interest litigation, in the field that the clause before names, or simply in it."""
    thing = place.frame.thing
    if "公益诉讼" not in thing:
        thing = "公益诉讼" if any("公益诉讼" in told for told in place.frame.earlier) else ""
    if not thing:
        return None
    field = thing[: thing.index("公益诉讼") + 4]
    text = f"提起{field}" if match["step"].startswith("提起") else f"办理{field}诉前程序案件"
    return Reading(text, alt=(match["step"],))


def in_field(match: re.Match[str], place: Place) -> Reading | None:
    """The part of public interest litigation that a field has (公益诉讼立案12件，其中生态环境领域8件)."""
    frame, filed = place.frame, match["filed"] or ""
    if not any("公益诉讼" in told for told in (frame.thing, frame.whole, *(frame.earlier if filed else ()))):
        return None
    field = clean(match["field"])
    return Reading(f"{filed}{field}公益诉讼案件", alt=(field + filed,), kind="sibling")


def sent(match: re.Match[str], place: Place) -> Reading | None:
    """The suggestions that the clause before says were sent (针对…发送司法建议，全年共发18份)."""
    of = _SENDS.search(place.slot.lead[-1]) if place.slot.lead and place.slot.joint == "，" else None
    return Reading(of.group(), kind="whole" if "全年" in match[0] else "object") if of else None


def suggestion(match: re.Match[str], place: Place) -> Reading | None:
    """检察建议 in the field of supervision just named."""
    thing = place.frame.thing.removesuffix("案件")
    text = clean(place.slot.before)
    overseen = _OVERSEEN.search(place.frame.lead[-1]) if place.frame.lead else None
    if overseen and "各类" not in text:
        return Reading(clean(overseen["field"]) + text, alt=(text,))
    own = "各类" not in text and thing not in _GENERAL
    narrow = own and thing.endswith(("监督", "公益诉讼")) and place.frame.restricts()
    return Reading(thing + text, alt=(text,)) if narrow else None
