"""How a clause says what its figure measures: each rule a pattern over ``words before<unit>words after``.

The rules are tried in order; the first whose production accepts names the figure.
"""

import re

from ...engine.types import Rule
from .frame import SHARED, Place, Reading, campaign, lead_cases, lead_topic
from .words import ELLIPTIC, ELLIPTIC_ONLY, EXPANSIONS, PEOPLE_WORDS, VERBS, WIDE, clean, is_verbal, squeeze_predicate, strip_tail

_AND = r"(?:、|和|及|与|以及|或|并)"
_STOP = re.compile(
    r"(?:同比|环比|较|比|上升|下降|增长|增加|减少|占|位居|位列|居|排名|名列|以上|以下|左右|不等|其中|后|时|起|内|，|、|和|及|与|并|而|共|计|均|分别|约|达|为|是|以|至|到|到位|由"
    r"|一审|未(?!成年)|没有)"
)
_GOVERNOR = re.compile(rf"(?:{VERBS}|[为向对给将把在与由使让令被从以的名等约用占]|依托|覆盖|关于|针对)$")
_SUBJECT_END = re.compile(rf"(?:共|累计|已|均|分别|全部|依法|先后|年内|全年|{VERBS})")
_RELATED = re.compile(r"(?:相关|此类|该类|这类|上述|有关)(?=[^，]*(?:案|诉|犯罪|纠纷))")
_PREP = re.compile(r"^(?:为|向|对|给|将|把|由|让|使|令)|(?<=助)(?:为|向|对)")
_HOST = re.compile(rf"(?:邀请|组织|安排|吸收)(?:(?!{VERBS})[一-龥、]){{2,16}}")
_ENFORCED = re.compile(r"拒执|抗拒执行|逃避执行|规避执行|拒不执行|司法拘留|拘传|失信被执行人|限制高?消费")
_FOLK = re.compile(rf"(?:{PEOPLE_WORDS}|人士|各界|队伍|力量)$")
_TURN = re.compile(r".{0,6}?(?:[降增升减缩提扩]|调整|上升|下降|[到至变])")
_PROSECUTED = re.compile(r"(?:提起公诉|起诉|批准逮捕|批捕|不捕|不批捕|不批准逮捕|不起诉|不诉)")
_ELLIPTIC_END = re.compile(rf"(?<=[一-龥]{{2}}){ELLIPTIC}$")
_WHOLE = re.compile(r"^(?:同期|全部|所有)?(?P<whole>.*?)(?:的|达|为|近|约|超)*$")
_SPLIT = re.compile(r"[、和与及]")


def governs(place: Place) -> bool:
    """Whether the figure counts the words that follow it (38名法官) rather than those before (法官38名)."""
    slot = place.slot
    after = (slot.after or _next_after(place)).removeprefix("的")
    if not after or _STOP.match(after) or (slot.shared and is_verbal(after) and slot.before):
        return False
    before = clean(slot.before)
    if not before or _GOVERNOR.search(slot.before[-6:]):
        return True
    if (slot.loose and slot.before) or (slot.shared and after.endswith("率")) or place.unit in {"元", "%", "百分点", "倍", "天", "年"}:
        return False
    return not is_verbal(after) or (len(before) <= 4 and place.unit in {"人", "名", "位", "人次"} and not is_verbal(before)) or (not slot.shared and _FOLK.search(before))


def _next_after(place: Place) -> str:
    """What follows a pair such as 42类185万条, which both figures count."""
    paired = place.slot.shared and not place.slot.after and place.following is not None
    return place.following.after if paired and place.following and not place.following.shared else ""


def _opener(place: Place) -> str:
    """The words before the figure, with those that the figure before it shares put where they belong."""
    slot = place.slot
    if slot.joint or place.frame.last is None:
        return slot.before
    if re.match(_AND, slot.before):
        return slot.before
    if slot.before.startswith("的"):
        return slot.opener + slot.before
    if re.search(_AND + "$", slot.before):
        return slot.opener
    if _GOVERNOR.search(slot.opener[-6:]) and not is_verbal(slot.before):
        return slot.opener + slot.before
    return slot.before


def _pair(match: re.Match[str], place: Place) -> Reading | None:
    """The second figure of 34件85人, or the next of several that 分别 deals out."""
    last = place.frame.last
    if last is None or place.slot.joint not in {"", "、"}:
        return None
    if place.frame.queue:
        return Reading(place.frame.queue.pop(0), "shared out by 分别")
    if governs(place):
        return None
    return Reading(last.text, last.rule, paired=True)


def _dealt(match: re.Match[str], place: Place) -> Reading | None:
    parts = [p for p in _SPLIT.split(clean(match["what"])) if p]
    if len(parts) < 2:
        return None
    place.frame.queue = parts[1:]
    return Reading(parts[0], "shared out by 分别")


def _from_to(match: re.Match[str], place: Place) -> Reading | None:
    what, following = clean(match["what"]), place.following
    turns = following is not None and following.joint in {"", "，"} and _TURN.match(following.before)
    return Reading(what, "<what> from <amount> to <amount>") if len(what) >= 2 and turns else None


def _to(match: re.Match[str], place: Place) -> Reading | None:
    last = place.frame.last
    return Reading(last.text, last.rule) if last and place.slot.joint in {"", "，"} else None


def _share(match: re.Match[str], place: Place) -> Reading | None:
    whole = _WHOLE.match(match["whole"])
    part = clean(match["part"]).removesuffix("的")
    last = place.frame.last
    parts = [part] if part else place.frame.told[-place.run - 1 :] if "分别" in match["part"] else [last.text] if last else []
    if not parts:
        return None
    name = whole["whole"] if whole else ""
    shares = [f"{p}占{name}比例" if name and name != "比" else f"{p}占比" for p in parts]
    place.frame.queue = shares[1:]
    return Reading(shares[0], "share of <whole>")


def _rate(match: re.Match[str], place: Place) -> Reading | None:
    name = clean(match["rate"])
    name = EXPANSIONS.get(name, name)
    if ELLIPTIC_ONLY.match(name):
        begun = _begun(place, name)
        if begun is not None:
            return begun
        thing = place.frame.thing or lead_cases(place.slot)
        name = thing + name if place.frame.restricts() or not place.frame.thing else _wide(thing) + name
    elif match["rate"].startswith(("推动", "实现", "确保", "促进", "带动", "促使")):
        name = match["rate"][2:]
    return Reading(strip_tail(name), "rate <%>") if len(name) >= 2 else None


def _wide(thing: str) -> str:
    """The cases before a rate, unless they are simply all cases."""
    return "" if thing.removeprefix("各类") in {"案件", "犯罪"} else thing


def _related(match: re.Match[str], place: Place) -> Reading | None:
    topic = campaign(lead_topic(place.slot))
    if not topic:
        return None
    text = clean(match["what"])
    return Reading(_RELATED.sub(topic + "相关", text, count=1), "相关 stands for <topic>", alt=(text,))


def _governed(match: re.Match[str], place: Place) -> Reading | None:
    if not governs(place):
        return None
    slot = place.slot
    after = (slot.after or _next_after(place)).removeprefix("的")
    before = clean(_opener(place))
    if slot.shared and slot.after:
        after = _counted(place, before or slot.before, after)
    before = _PREP.sub("", before) if place.unit in {"人", "名", "位", "户", "家"} else before
    if before.endswith("等") or (len(before) > 12 and "、" in before):
        before = ""
    text = clean(strip_tail(before + squeeze_predicate(after)))
    if place.unit == "%" and slot.after.startswith("的") and not text.endswith(("率", "占比")):
        text += "占比"
    return Reading(text, "<verb> <number> <object>") if len(text) >= 2 else None


def _counted(place: Place, before: str, after: str) -> str:
    """The counted noun where another figure follows in the clause."""
    coordinated = re.search(_AND + "$", after)
    if coordinated:
        noun = after[: coordinated.start()]
        rest = place.following.after if place.following and not before else ""
        verb = re.search(VERBS + ".*", rest)
        return noun + (verb.group() if verb else "")
    if before:
        return after
    end = _SUBJECT_END.search(after, 2)
    if end is None:
        return after
    place.frame.subject = after[: end.start()]
    return place.frame.subject


def _shared_verb(match: re.Match[str], place: Place) -> Reading | None:
    frame = place.frame
    if not frame.verb or frame.last is None:
        return None
    own = match["what"]
    joined = place.slot.joint == "" and re.match(_AND, own)
    text = clean(re.sub("^" + _AND, "", own))
    if is_verbal(text) or len(text) < 2 or text.endswith(("率", "占比")) or ELLIPTIC_ONLY.match(text):
        return None
    alike = frame.unit == place.unit and text[-1] == frame.last.text[-1]
    if not joined and not (place.slot.joint in {"，", "；", "（"} and alike):
        return None
    return Reading(frame.verb + text, SHARED)


def _sentence(match: re.Match[str], place: Place) -> Reading | None:
    """A further bracket of sentences (其中判处十年以上有期徒刑的18人，五年以上不满十年的26人)."""
    last = place.frame.last
    told = last is not None and "判处" in last.text
    return Reading(f"判处{clean(match['term'])}有期徒刑", "a further bracket of sentences") if told else None


def _public_interest(match: re.Match[str], place: Place) -> Reading | None:
    thing = place.frame.thing
    if "公益诉讼" not in thing:
        return None
    field_ = thing[: thing.index("公益诉讼") + 4]
    if match["step"].startswith("提起"):
        return Reading(f"提起{field_}", "next step of public interest litigation")
    return Reading(f"办理{field_}诉前程序案件", "next step of public interest litigation")


def _elliptic(match: re.Match[str], place: Place) -> Reading | None:
    text = clean(_opener(place))
    if not ELLIPTIC_ONLY.match(text):
        return None
    frame = place.frame
    begun = _begun(place, text)
    if begun is not None:
        return begun
    thing = frame.thing or lead_cases(place.slot)
    if thing in WIDE and (place.unit in {"人", "名", "元", "天"} or _PROSECUTED.match(text)):
        thing = ""
    if text.startswith("立案"):
        thing = thing.removesuffix("线索")
    if not thing and place.unit == "件" and not _PROSECUTED.match(text):
        thing = "案件"
    return Reading(thing + text, "<bare verb> of what went before", alt=(text,))


def _begun(place: Place, text: str) -> Reading | None:
    """What stands for the end of the words before it (监督公安机关立案56件、撤案89件; 司法拍卖成交12件，成交额…)."""
    last = place.frame.last
    end = _ELLIPTIC_END.search(last.text) if last else None
    if last is None or not (text.startswith(("成交", "溢价")) and "拍卖" in last.text) and not re.match(_AND, place.slot.before):
        return None
    stem = last.text[: end.start()] if end else last.text if "拍卖" in last.text else ""
    return Reading(stem + text, "<bare verb> in place of the one before", alt=(text,)) if len(stem) > 1 else None


def _guests(match: re.Match[str], place: Place) -> Reading | None:
    """Those whom the clause before invites take part in what this one counts."""
    host = _HOST.match(clean(place.slot.lead[-1])) if place.slot.lead else None
    return Reading(host.group() + clean(match["what"]), "guests of the clause before") if host else None


def _relief(match: re.Match[str], place: Place) -> Reading | None:
    last = place.frame.last
    told = any("司法救助" in words for words in (*place.slot.lead, last.text if last else ""))
    return Reading("发放司法救助金", "救助金 of judicial relief") if told else None


def _refusal(match: re.Match[str], place: Place) -> Reading | None:
    last = place.frame.last
    told = any(_ENFORCED.search(words) for words in (*place.slot.lead, last.text if last else ""))
    return Reading("拒执追究刑事责任", "追究刑事责任 of refusal to perform") if told else None


def _suggestion(match: re.Match[str], place: Place) -> Reading | None:
    thing = place.frame.thing.removesuffix("案件")
    text = clean(place.slot.before)
    supervised = thing.endswith(("监督", "公益诉讼")) and place.frame.restricts() and not thing in {"法律监督", "诉讼监督", "检察监督"}
    return Reading(thing + text, "检察建议 of what went before", alt=(text,)) if supervised else None


def _plain(match: re.Match[str], place: Place) -> Reading | None:
    text = clean(_opener(place))
    if place.frame.subject and place.slot.joint == "，" and is_verbal(text):
        return Reading(place.frame.subject + text, "subject of the clause before", alt=(text,))
    return Reading(text, "<verb> <object> <number>") if len(text) >= 2 else None


def _lonely(match: re.Match[str], place: Place) -> Reading | None:
    """A figure without words of its own: those after it, else what was measured last, else the topic."""
    frame = place.frame
    after = clean(place.slot.after)
    if frame.last is None and len(after) >= 2:
        return Reading(after, "<number> <label>")
    if frame.last is not None:
        return Reading(frame.last.text, "what was measured before")
    topic = lead_topic(place.slot)
    return Reading(topic, "topic of the sentence") if topic else None


def _rule(name: str, pattern: str, produce: object) -> Rule[Reading]:
    return Rule(name, re.compile(pattern), produce)  # type: ignore[arg-type]


RULES: tuple[Rule[Reading], ...] = (
    _rule("<amount><amount>", rf"^{_AND}?<", _pair),
    _rule("<what>、<what>分别<amount>", r"^(?P<what>[^<]*[、和与及][^<]*)分别[^<]{0,4}<", _dealt),
    _rule("<what>由<amount>", r"^(?P<what>[^<]{2,})(?:由|从)(?:[^<]{0,8}的|最初|最高|[^<]{0,5}年)?<", _from_to),
    _rule("调整为<amount>", r"^(?:[^<]{0,4}(?:调整为|[降升增减缩提][^<至到]{0,2}[至到为])|比[^<]*的)<", _to),
    _rule("占<whole><%>", r"^(?P<part>[^<]*?)(?:占比?(?P<whole>[^<据用领空]{0,14}?)|比[例重])<[%]?>", _share),
    _rule("<rate><%>", r"^(?P<rate>[^<]*率)[^<率]{0,6}<(?:%|)>", _rate),
    _rule("<verb><amount><object>", r"<", _governed),
    _rule("<verb>相关<cases><amount>", r"^(?P<what>[^<]*(?:相关|此类|该类|这类|上述|有关)[^<]*)<", _related),
    _rule("<years><amount>", r"^(?P<term>[^<]{0,8}年(?:以上|以下|不满|至)*[^<]{0,4}[年下上])(?:的|有期徒刑|刑罚)*<", _sentence),
    _rule("<public interest step><amount>", r"^[^<]{0,8}?(?P<step>诉前程序(?:案件)?|提起(?:公益)?诉讼)<", _public_interest),
    _rule("追究刑事责任<amount>", r"^[^<]{0,4}追究(?:其)?刑事责任<", _refusal),
    _rule("救助金<amount>", r"^[^<]{0,4}发放(?:各类)?救助[金款](?:共计|合计|共)?<", _relief),
    _rule("检察建议<amount>", r"^[^<]{0,6}检察建议书?<", _suggestion),
    _rule("参加<what><amount>", r"^(?P<what>(?:参加|参与|旁听|观摩|视察|见证|列席|评议|监督)[^<]*)<", _guests),
    _rule("<bare verb><amount>", r"^[^<]+<", _elliptic),
    _rule("、<noun><amount>", r"^(?P<what>[^<]+)<", _shared_verb),
    _rule("<verb><object><amount>", r"^[^<]{2,}<", _plain),
    _rule("<amount>", r"<", _lonely),
)
