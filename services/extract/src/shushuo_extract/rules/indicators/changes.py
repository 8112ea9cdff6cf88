"""What a growth or a comparison is of: the figure it belongs to, or the indicator its own clause names."""

import re

from msgspec.structs import replace

from .clauses import Slot
from .frame import Frame, Reading, lead_topic
from .pointing import spelt
from .words import clean, is_verbal, parts_of

_TURN = re.compile(
    r"(?:分别|同步|同样|年均|均|也|则|又|再|总体|平均|有所|大幅|明显|显著)*(?:同比|环比|较|比(?![例重率值])|与[^，]{1,12}相比|[高低优好]于|高出|超[过出]|领先|落后|提[升高速]"
    r"|上[升涨]|增[长加幅]|新增|递增|下降|降[低幅]|减少|缩短|压[降减缩]|回落|攀升|节[约省]|翻了?$|[增减降升]了?$|是)"
)
NAMED, BEFORE, TOPIC = "<named><change>", "<change of what was measured before>", "<change of the topic>"
_LED = re.compile(
    rf"(?:(?:[近最]*[0-9一二三四五六七八九十]+年来)?首次|实现|出现|呈|持续|连续|大幅|明显|继续|稳步|再次|进一步|{_TURN.pattern})"
)
_LIGHTENED = re.compile(r"(?:大大|有效|平均)?(?:减[轻少]|降低|提[升高]|节[约省]|缩短|增加)了?(?P<whose>[^，]{0,10})$")
_EXTENT = re.compile(r"(?:增|降|涨|升|减)?幅度?")
_RANKED = re.compile(
    r"(?P<what>.{2,}?)(?:在[^，]{2,16}?(?:中|里|上))?(?:[位稳]?居|[位名]列|排在?|排名|列|获)[^，]{0,8}(?:第|前|首位|倒数)"
)
_SHARES = ("占比", "比重", "所占比例", "所占比重")
_CAUSE = re.compile(r"^(?:推动|促进|实现|带动|促使|使|使得|确保|助推|助力|[^，]{2,12}(?:让|使得?))")


def named_change(slot: Slot, frame: Frame) -> Reading:
    """The indicator whose change has no figure of its own in the text."""
    if frame.queue:
        return Reading(frame.queue.pop(0), rule=NAMED)
    if frame.last and frame.last.kind == "object" and slot.before.startswith(_SHARES):
        return Reading(frame.last.text + "占比", rule=NAMED)
    turn = _TURN.search(slot.before, 1)
    what = _CAUSE.sub("", clean(slot.before[: turn.start()])) if turn else ""
    if len(what) >= 2:
        if turn and "分别" in slot.before:
            what, *frame.queue = parts_of(what)
        frame.changed = Reading(spelt(what, (*reversed(frame.told), *reversed(frame.earlier))), rule=NAMED)
        return frame.changed
    ahead = _ahead(slot)
    if ahead:
        return Reading(ahead, rule=NAMED)
    if frame.changed is not None:
        return replace(frame.changed, rule=BEFORE)
    return _carried(slot, frame)


def _carried(slot: Slot, frame: Frame) -> Reading:
    """What the clause before says has turned, what was measured last, or else the topic."""
    anew = _led(slot.lead) if _EXTENT.match(slot.before) else ""
    if anew:
        return Reading(anew, rule=TOPIC)
    if frame.last is not None:
        return Reading(frame.last.text, rule=BEFORE)
    return Reading(_led(slot.lead) or lead_topic(slot.lead) or _ranked(slot.lead) or clean(slot.before), rule=TOPIC)


def _ranked(lead: tuple[str, ...]) -> str:
    """What the clause before gives a place (指标居全省第9位，较上年前移14位), "" where it gives none."""
    found = _RANKED.match(lead[-1]) if lead else None
    return clean(found["what"]) if found else ""


def _ahead(slot: Slot) -> str:
    """What stands after the change (减轻了法官30%的案头工作; 压减50个程序性案件), "" where nothing does."""
    lightened = _LIGHTENED.match(slot.before) if slot.after.startswith("的") else None
    if lightened:
        return lightened["whose"] + clean(slot.after[1:])
    verbal = slot.after and not slot.shared and is_verbal(clean(slot.before))
    return clean(slot.before) + slot.after if verbal else ""


def _led(lead: tuple[str, ...]) -> str:
    """The indicator that the clause before says has turned (新收案件首次出现下降)."""
    for words in reversed(lead):
        turn = _LED.search(words, 2)
        if turn:
            return clean(words[: turn.start()])
    return ""
