"""Rates, shares, and figures that several words or several times deal out among them."""

import re

from .elided import begun
from .frame import Frame, Reading, lead_cases, without_rise
from .openers import asked, is_of_court
from .place import Place
from .vocabulary import ELLIPTIC, EXPANSIONS, VERBS
from .words import ELLIPTIC_ONLY, clean, is_verbal, parts_of, strip_tail, thing_of, verb_of

_HEAD = re.compile(rf"^(?P<deed>{VERBS})的")
_SENT = re.compile(r"^[^，]{2,}?(?:发出|提出|制发|发送)(?=.*(?:建议|意见))")
_PROPOSED = re.compile(r"(?:纠正|意见|建议|抗诉)(?:书|人数|案件)?$")
_PROPOSING = re.compile("^(?!针?对)[^，]{0,12}?(?:提出|发出|制发|发送)(?=[^，]{0,4}建议)")
_FOUND_FOR = re.compile("^(?:法院)?已?(?P<deed>判决|审结|裁判|宣判)的(?=支持率)")
_OF_BODIES = re.compile(
    r".{2,}[、和与及].{2,}(?:法院|检察院|检察机关|分院|中院|[两三四五六七八九]地)(?P<of>[^、和与及]{2,})$"
)
_DEEDS = re.compile(rf"(?P<one>{VERBS})[、和与及](?P<two>{VERBS})(?P<object>[^、和与及]*)")
_APPLIED = re.compile(r"(?:适用|落实|推行|贯彻|用好|运用)(?P<what>[^，]{2,16}?(?:制度|程序|规则|机制))")
_APPLICABLE = re.compile("(?:附条件|相对|存疑)不起诉|非监禁刑|缓刑|刑事和解|速裁程序|简易程序|小额诉讼")
_WHICH = re.compile(r"(?:涉及|涉|拖欠|长达|金额|标的额?|欠款|赔偿)$")
_ONE = re.compile(r"了?(?:一[起件艘个宗批]|这[起件]|该(?!案))|了")
_NEXT_IN_LINE = re.compile(
    r"(?:(?:(?:收案|发案)(?:数量|总量|数)?|数量)?(?:次之|紧随其后|位居其后|位列其后|居于其后|较多|居多|最多|靠前|领先|高发|多发|频发|突出"
    r"|(?:相对|较为|比较|最为|明显|更为|高度|尤为|主要)(?:集中|突出|突显|多发|高发|常见)"
    r"|(?:稳居|位居|位列|排名|名列|排在|排|居|列)[^，]{0,8}前[^，]{1,3}))$"
)
_POINTED_AT = re.compile(
    r"(?<=..)等?(?:这|上述|以上)?[两二三四五六七八九十2-9]{1,2}[个类项种大]?(?P<kind>罪名|罪|犯罪|案由|案件|纠纷|类型|领域)$"
)
_KINDS = {"罪名": "罪", "罪": "罪", "犯罪": "犯罪", "案件": "案件", "纠纷": "纠纷"}
_SETTLES = ("调解", "化解", "和解", "调处")
_SHARES = frozenset({"占比", "比例", "比重", "所占比例"})
_COURSE = {"审结": "审理", "办结": "办理", "执结": "执行", "结": "办理", "审完": "审理", "办完": "办理"}
_SPANS = {"天": "天数", "日": "天数"}
_LONGEST_DEED = 20
_RATE_ONLY = re.compile(rf"(?<=[一-龥]{{2}}){ELLIPTIC}$(?<=率)")
_MEASURE = re.compile(
    "(?:时间|时长|周期|天数|用时|期限|审限|[率比数量额度]|比例|比重|环节|流程|步骤|材料|次数|人数|费用|成本|标准|收案|结案|案件)$"
)
_MOVED = re.compile(
    "(?:大幅|明显|显著|持续|进一步|不断|有效|逐年|连年|年年|逐步|连续|再)*(?:缩短|压缩|压减|下降|上升|提升|降低|提高|增长|减少|优化)了?$"
)
_SOON = re.compile(r"(?P<what>[^，]{2,12}?)(?:便|就|即)(?:已|能|可|被|已经|顺利|全部|成功)*(?P<deed>[^，]{2,16})$")
_CAUSES = ("推动", "实现", "确保", "促进", "带动", "促使")
_TURN = re.compile(r".{0,6}?(?:[降增升减缩提扩]|调整|上升|下降|[到至变])")


def dealt(match: re.Match[str], place: Place) -> Reading | None:
    """The first of several that 分别 deals out; the others wait in the frame's queue."""
    bodies = _OF_BODIES.match(match["what"])
    parts = (
        [clean(_HEAD.sub(r"\g<deed>", bodies["of"]))] * (place.run() + 1) if bodies else _named(clean(match["what"]))
    )
    if len(parts) < 2 or not place.run():
        return None
    deed = strip_tail(match["deed"])
    if is_verbal(deed):
        parts = [part + deed for part in parts]
    parts = _of_one_thing(parts)
    place.frame.queue = parts[1:]
    return Reading(parts[0], kind="measure" if parts[0].endswith("率") else "object")


def _of_one_thing(parts: list[str]) -> list[str]:
    """Rates dealt out, each of what the first is of (执行信访办结率、化解率: 执行信访化解率)."""
    deed = _RATE_ONLY.search(parts[0])
    of = parts[0][: deed.start()] if deed else ""
    return [parts[0], *(of + part if part.endswith("率") and ELLIPTIC_ONLY.match(part) else part for part in parts[1:])]


def _named(what: str) -> list[str]:
    """The names that a list deals out, without the count that points back at them (甲、乙、丙三个罪名: 甲罪…)."""
    pointed = _POINTED_AT.search(what)
    if pointed is None:
        return parts_of(what)
    kind = _KINDS.get(pointed["kind"], "")
    return [part if part.endswith(kind) else part + kind for part in parts_of(what[: pointed.start()])]


def dealt_before(match: re.Match[str], place: Place) -> Reading | None:
    """The first of as many as the clause before names (A、B次之，分别为312件、287件)."""
    said = _NEXT_IN_LINE.sub("", place.slot.lead[-1] if place.slot.lead else _said_around(place))
    bodies = _OF_BODIES.match(said)
    parts = [clean(bodies["of"])] * (place.run() + 1) if bodies else _named(clean(without_rise(said)))
    if len(parts) < 2 or len(parts) != place.run() + 1:
        return None
    first, *place.frame.queue = parts
    return Reading(first, kind="sibling")


def _said_around(place: Place) -> str:
    """The clause before, without its figure (A、B、C3家法院收案数居前, 分别为…)."""
    before = place.slots[place.at - 1] if place.at and place.slot.joint == "，" else None
    return before.before + before.after if before else ""


def dealt_to(match: re.Match[str], place: Place) -> Reading | None:
    """What is done to the first of several, where 分别 deals the figures out (对A、B分别提出检察建议)."""
    parts = parts_of(match["what"])
    if len(parts) < 2 or not place.run():
        return None
    deed = strip_tail(match["deed"])
    first, *place.frame.queue = [f"{match['to']}{part}{deed}" for part in parts]
    return Reading(first, kind="sibling")


def deeds_in_turn(match: re.Match[str], place: Place) -> Reading | None:
    """The first of two deeds done to one kind of thing, each with its figure (批捕、起诉各类犯罪288人、660人)."""
    following = place.following
    if following is None or following.before not in {"、", "和", "及", "与"} or place.run() != 1:
        return None
    deeds = _DEEDS.fullmatch(clean(match["what"]))
    if deeds is None:
        return None
    place.frame.queue = [deeds["two"] + deeds["object"]]
    return Reading(deeds["one"] + deeds["object"])


def rates_in_turn(match: re.Match[str], place: Place) -> Reading | None:
    """The first of as many rates as figures follow, though nothing says that they are dealt out."""
    parts = parts_of(clean(match["what"]))
    if len(parts) != place.run() + 1 or not all(part.endswith("率") for part in parts):
        return None
    place.frame.queue = parts[1:]
    return Reading(parts[0], kind="measure")


def from_value(match: re.Match[str], place: Place) -> Reading | None:
    """The earlier value of a change told as 由…降至…."""
    what, following, last = clean(match["what"]), place.following, place.frame.last
    turns = following is not None and following.joint in {"", "，"} and _TURN.match(following.before)
    if what in _SHARES and turns and (last or place.slot.lead):
        whose = last.text if last else clean(without_rise(place.slot.lead[-1]))
        return Reading(whose + what, alt=(what,), kind="measure")
    return Reading(EXPANSIONS.get(what, what)) if len(what) >= 2 and turns else None


def from_value_of_lead(match: re.Match[str], place: Place) -> Reading | None:
    """The same where the clause before names what has changed (家事案件的平均审理周期，由63天缩短到51天)."""
    following, lead = place.following, place.slot.lead
    turns = following is not None and following.joint in {"", "，"} and _TURN.match(following.before)
    if not turns or place.slot.joint != "，" or not lead:
        return None
    what = clean(_MOVED.sub("", without_rise(lead[-1])))
    return Reading(what) if _MEASURE.search(what) else None


def from_words(match: re.Match[str], place: Place) -> Reading | None:
    """The later value of a change from what no figure tells (由过去的寥寥几件增至46件)."""
    what = clean(match["what"])
    return Reading(what) if len(what) >= 2 else None


def to_value(match: re.Match[str], place: Place) -> Reading | None:
    """The later value of a change told as 由…降至…, or the value compared with."""
    last = place.frame.changed or place.frame.last
    return last if last and place.slot.joint in {"", "，"} else None


def done_rate(match: re.Match[str], place: Place) -> Reading | None:
    """A percentage of cases done (督办案件100%审结: 督办案件审结率)."""
    what = clean(match["what"])
    return Reading(what + match["deed"] + "率", kind="measure") if len(what) >= 2 else None


def rate(match: re.Match[str], place: Place) -> Reading | None:
    """A rate, completed by the cases it is of where it says only 调解率."""
    name = clean(match["rate"])
    name = _FOUND_FOR.sub(r"\g<deed>", name) if name.endswith("的支持率") else EXPANSIONS.get(name, name)
    if name == "改变率" or (ELLIPTIC_ONLY.match(name) and not is_of_court(place)):
        frame = place.frame
        beginning = begun(place, name)
        if beginning is not None:
            return beginning
        name = frame.verb[-2:] + name if name == "成功率" and frame.verb.endswith(_SETTLES) else name
        applied = _applied(frame) if name == "适用率" else _found_right(frame) if name == "准确率" else ""
        if applied:
            return Reading(applied + name, kind="measure")
        thing = _adopted(place) if name.endswith("采纳率") else ""
        thing = thing or asked(place) or _SENT.sub("", _by_whom(frame.thing, name)) or lead_cases(place.slot.lead)
        if frame.last and frame.last.kind == "measure" and _is_rate_of_all(frame.last.text, thing):
            return Reading(name, kind="measure")
        name = thing + name if frame.restricts() or not frame.thing else _narrow(thing) + name
    elif match["rate"].startswith(_CAUSES):
        name = match["rate"][2:]
    return Reading(strip_tail(name).removeprefix("的"), kind="measure") if len(name) >= 2 else None


def time_taken(match: re.Match[str], place: Place) -> Reading | None:
    """How long a deed took (仅用11天就完成货船拍卖: 完成货船拍卖用时)."""
    deed = _ONE.sub("", match["deed"], count=1)
    following = place.following
    if place.slot.shared and following is not None and "的" in following.after and _WHICH.search(deed):
        deed = verb_of(clean(deed)) + following.after.rpartition("的")[2]
    return Reading(clean(deed) + "用时", kind="measure")


def time_until(match: re.Match[str], place: Place) -> Reading | None:
    """How long it took until what the next clause tells (不到40分钟，受理通知书就打印了出来)."""
    soon = _SOON.match(place.slot.then)
    done = clean(soon["what"] + soon["deed"].replace("了", "")) if soon else ""
    return Reading(done + "用时", kind="measure") if 4 <= len(done) <= _LONGEST_DEED else None


def time_between(match: re.Match[str], place: Place) -> Reading | None:
    """How long something takes from one step to another (一起商标案从立案到结案只用了38天)."""
    return Reading(f"{clean(match['what'])}{match['mean'] or ''}用时", kind="measure")


def time_of_each(match: re.Match[str], place: Place) -> Reading | None:
    """How long one of a kind takes on average (平均26天审结一件商事案件: 商事案件平均审理天数)."""
    what, span = clean(match["what"]), _SPANS.get(place.unit, "用时")
    return Reading(f"{what}平均{_COURSE.get(match['deed'], match['deed'])}{span}", kind="measure")


def time_of_before(match: re.Match[str], place: Place) -> Reading | None:
    """How long what the clause before tells of took (从立案到送达，只用了20分钟: 从立案到送达用时)."""
    said = clean(place.slot.lead[-1]) if place.slot.lead else ""
    return Reading(said + "用时", kind="measure") if 2 <= len(said) <= _LONGEST_DEED else None


def _is_rate_of_all(told: str, thing: str) -> bool:
    """Whether the rate told before is of all work, not of the cases spoken of, and so the next one is too."""
    return told.endswith("率") and thing not in told


def _applied(frame: Frame) -> str:
    """What has been applied (适用简易程序审结…，适用率: 简易程序), "" where nothing was said to be."""
    found = next(filter(None, map(_APPLIED.search, (*reversed(frame.told), *reversed(frame.heard), frame.title))), None)
    if found:
        return found["what"]
    applied = _APPLICABLE.search(frame.last.text) if frame.last else None
    return applied.group() if applied else ""


def _found_right(frame: Frame) -> str:
    """What is mostly right: the deed counted just before, whatever it was done to (提示差错案件32件，准确率92%)."""
    last = frame.last
    return last.text if last is not None and last.kind == "object" else ""


def _adopted(place: Place) -> str:
    """What is adopted or not: what was proposed just before."""
    last = place.frame.last
    if last is None:
        return ""
    if last.kind == "measure":
        return last.text.removesuffix("提出率") if last.text.endswith("提出率") else ""
    return _PROPOSING.sub("", thing_of(last.text)) if _PROPOSED.search(last.text) else ""


def _by_whom(thing: str, name: str) -> str:
    """What was dealt with, without the body whose deed the rate names again (调解组织调解纠纷, 调解成功率)."""
    doer, deed, done = thing.rpartition(name[:2])
    return done if deed and done and doer.endswith(("组织", "机构", "部门", "中心", "法庭", "人员")) else thing


def _narrow(thing: str) -> str:
    """The cases before a rate, unless they are simply all cases."""
    return "" if thing.removeprefix("各类") in {"案件", "犯罪"} else thing
