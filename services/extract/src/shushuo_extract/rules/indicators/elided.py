"""Figures whose clause leaves something out that the clauses before have said."""

import re

from shushuo_extract.engine.literals import any_of

from .counted import governed
from .frame import Frame, Reading, campaign, has_turned, lead_aim, lead_cases, lead_topic
from .openers import first_of, is_of_court, organs_counted, served_by, such_as, sum_of
from .place import ANDS, Place
from .vocabulary import ELLIPTIC, EXPANSIONS, PEOPLE, VERBS, WIDE
from .words import ELLIPTIC_ONLY, VERB, clean, is_verbal

_RELATED = re.compile(r"(?:相关|此类|该类|这类|上述|有关)(?=[^，]*(?:案|诉|犯罪|纠纷))")
_HOST = re.compile(rf"(?:邀请|组织|安排|吸收)(?:(?!{VERBS})[一-龥、]){{2,16}}")
_ENFORCED = re.compile(r"拒执|抗拒执行|逃避执行|规避执行|拒不执行|司法拘留|拘传|失信被执行人|限制高?消费")
_PROSECUTED = re.compile(
    r"(?:决定|作出)?(?:附条件不起诉|相对不起诉|提起公诉|起诉|批准逮捕|批捕|不捕|不批捕|不批准逮捕|不起诉|不诉)"
)
_BEFORE_SUIT = re.compile(
    r"诉前(?:成功)?(?P<how>(?:委派|委托)?(?:调解|化解))(?:成功(?:化解)?)?(?:(?:各类|矛盾|民商事)*纠纷)?$"
)
_SETTLED = ("调解成功", "成功", "化解")
_ELLIPTIC_END = re.compile(rf"(?<=[一-龥]{{2}}){ELLIPTIC}$")
_MANNER = re.compile(r"(?:诉前|网上|跨域|巡回|在线|线上|当场|当庭|委派|自动|网络)")
_OWN_DEED = (VERB, ELLIPTIC_ONLY, re.compile(rf"[不未无]|以[^，]{{2,16}}罪|.*(?:{ELLIPTIC}$|[人平日案户]均)"))
_TOWARDS = re.compile(r"(对[^，]{2,20}?)(?=附条件|相对|不)")
_WRITTEN = re.compile(r"(?:建议|文书|裁判|活动|行动|意见)$")
_AUCTION = re.compile("拍卖|网拍|法拍卖?")
_LOT = re.compile("(?<=[拍卖])(?:上拍|挂拍)?(?:拍品|标的物?|财产)?$")
_OF_AUCTIONS = ("成交", "溢价", "平均溢价", "流拍")
_INTAKE = frozenset({"新收", "收案", "受理", "受案", "新收数", "收案数"})
_CASE_DEEDS = frozenset(
    {"审结", "结案", "受理", "新收", "立案", "起诉", "提起公诉", "提起诉讼", "办结", "执结", "收案"}
)
_BRANCH = re.compile(r"(?:刑事|民商?事|行政|执行)案件")
_BRANCH_WORD = re.compile(r"刑事|民商?事|商事|行政|执行")
_DEALT_WITH = re.compile(
    rf"(?:在|从|[^，]{{0,12}}?(?:法院|检察院|机关))?(?P<deed>{VERBS})的?(?:各类|全部|所有|这些)?案件(?:当|之)?中$"
)
_INSTANCES = frozenset({"一审", "二审", "再审"})
_BRANCHED = re.compile(rf"(.+?)(?<!海事){_BRANCH.pattern}$")
_ARRIVED = re.compile(r"到位(?:标的额?|总?金额|资金|案款|总额|率)?$")
_TREND = re.compile(r"(?:总体)?呈[^，]*(?:走势|趋势|态势|格局)$|(?:具体)?情况(?:如下)?$|如下$")
_VIEWS = re.compile(r"(?:访问|点击|浏览|阅读|播放|观看|收看)")
_PLACED = re.compile(r"(?:均|都|分别|已)?(?:排名|位居|位列|名列|稳居|居)")
_LISTING = re.compile(r"^.*(?:依次为|依次是|分别为|分别是|主要有|主要是|主要为|集中在|包括|[^行作认]为)|^.*[、和]")
_JOINT = re.compile(rf"^{any_of(ANDS)}")
_FINISHED = re.compile(r"审执结|[审办执]结|结案|办理")
_CONVICTS = re.compile(r"(?P<deed>[判惩]处)(?P<whom>罪犯|被告人)")
_DONE = re.compile(r"执结|执行案件(?:审|办|了)?结")
_HANDED = re.compile(
    r"^(?:公安|侦查|监察)(?:机关|部门)(?:(?=提请|移送|报请)|(?:依法)?(?:立案)?(?:追究|查处|侦查|侦办))"
)
_OF_ONE = re.compile(r"^(?:其中)?(?:最[大高多]的?|仅)?一[件案起笔宗个](?:案件)?(?=标的|涉案|涉及|金额)")
_SENTENCED = ("判处", "判决", "判刑", "起诉", "批捕", "提起公诉")
PLACED_SOME = "(?:[位名]列|位?居|排名|进入|达到?|优于|高于|处于|好于|保持)[^，。；0-9<]{2,12}(?:[0-9]+%?[^，<]{0,4})?"


def pair(match: re.Match[str], place: Place) -> Reading | None:
    """The second figure of 34件85人, or the next of several that 分别 deals out."""
    frame = place.frame
    if frame.last is None or place.slot.joint not in {"", "、"}:
        return None
    if frame.queue:
        return Reading(frame.queue.pop(0), kind="measure")
    return None if governed(place) else Reading(frame.last.text, kind=frame.last.kind, paired=True)


def related(match: re.Match[str], place: Place) -> Reading | None:
    """相关案件, with the topic that the clause before names."""
    frame = place.frame
    topic = campaign(lead_topic(place.slot.lead) or (frame.thing if frame.restricts() else ""))
    text = clean(match["what"])
    topic = topic if _RELATED.search(text) else ""
    return Reading(_RELATED.sub(topic + "相关", text, count=1), alt=(text,)) if topic else None


def bracket(match: re.Match[str], place: Place) -> Reading | None:
    """A further bracket of sentences (其中判处十年以上有期徒刑的18人，五年以上不满十年的26人)."""
    last = place.frame.last
    told = last is not None and "判处" in last.text and "判处" not in match["term"]
    return Reading(f"判处{clean(match['term'])}有期徒刑") if told else None


def such_cases(match: re.Match[str], place: Place) -> Reading | None:
    """Cases of the branch that the heading sets, of the offence gone against, or of which more came before.

    严惩电信诈骗犯罪，审结案件52件; 物业纠纷攀升，受理案件62件.
    """
    offence, aim = lead_cases(place.slot.lead[-1:]), lead_aim(place.slot.lead)
    if aim:
        tail = "" if aim.endswith(("案件", "纠纷")) else "案件"
        return Reading(match["verb"] + aim + tail, alt=(match["verb"] + "案件",))
    if place.frame.branch and place.frame.thing in {"", place.frame.branch}:
        return Reading(match["verb"] + place.frame.branch, alt=(match["verb"] + "案件",))
    if place.slot.joint == "：" and match["verb"] != "执结" and _BRANCH.fullmatch(offence):
        return Reading(match["verb"] + offence, alt=(match["verb"] + "案件",))
    turned = any(map(has_turned, place.slot.lead[-1:]))
    if not (turned or offence.endswith("犯罪")) or (offence in WIDE and not (turned and _BRANCH.fullmatch(offence))):
        return None
    return Reading(
        f"{match['verb']}{offence}{'' if offence.endswith(('案件', '纠纷')) else '案件'}", alt=(match["verb"] + "案件",)
    )


def branch(match: re.Match[str], place: Place) -> Reading | None:
    """The part of the cases just counted that a branch of law has (环境资源案件25万件，其中刑事2万件、民事17万件)."""
    frame = place.frame
    kind = match["branch"]
    thing, spelt = frame.thing.removeprefix("各类"), match["cases"] is not None
    other = kind not in _INSTANCES and (_BRANCH_WORD.search(thing) or (kind == "执行" and "诉讼" in thing))
    if not thing or kind in thing or other:
        return None if spelt else Reading(kind + "案件")
    if spelt and thing in WIDE:
        return Reading(f"{frame.verb}{kind}案件", kind="measure") if frame.parted and frame.verb else None
    return Reading(frame.verb + kind + thing, kind="measure")


def of_those(match: re.Match[str], place: Place) -> Reading | None:
    """The cases of a kind among those that the clause before says were dealt with (受理的案件中，刑事96件、民事…)."""
    heard = place.frame.heard[-1:]
    whole = _DEALT_WITH.match(heard[0]) if heard else None
    if whole is None:
        return None
    kind = clean(_JOINT.sub("", match["what"]))
    return Reading(whole["deed"] + kind, alt=(kind,), kind="sibling") if not is_verbal(kind) else None


def viewed(match: re.Match[str], place: Place) -> Reading | None:
    """How often what was just counted was watched or read (庭审直播40场，累计观看量9万人次)."""
    said = place.frame.object
    if not said or place.slot.joint != "，":
        return None
    return Reading(match["what"] if _VIEWS.search(said) else said + match["what"], alt=(match["what"],))


def refusal(match: re.Match[str], place: Place) -> Reading | None:
    """追究刑事责任 after the measures of enforcement: for refusing to perform."""
    return Reading("拒执追究刑事责任") if _told(_ENFORCED, place) else None


def _told(words: re.Pattern[str], place: Place) -> bool:
    last = place.frame.last
    return any(words.search(said) for said in (*place.frame.heard, last.text if last else ""))


def _some(frame: Frame) -> str:
    """The cases just counted, where those are some of a kind, else ""."""
    told = frame.told[-1] if frame.told else ""
    narrow = frame.restricts() and told.endswith(frame.thing) and frame.thing.endswith(("案件", "犯罪", "罪"))
    return frame.thing if narrow else ""


def dependent(match: re.Match[str], place: Place) -> Reading | None:
    """What came of the cases just counted, where those are some of a kind (执结涉农案件69件，执行到位17万元)."""
    frame = place.frame
    if place.slot.joint != "，" or not _some(frame) or (frame.unit in {"人", "名"} and "到位" in match["what"]):
        return None
    what = clean(match["what"])
    convicts, offence = _CONVICTS.fullmatch(what), frame.thing.removesuffix("刑事案件")
    if convicts and offence and offence != frame.thing:
        return Reading(convicts["deed"] + offence.removesuffix("的") + convicts["whom"], alt=(match["what"],))
    return Reading(frame.thing + what, alt=(match["what"],))


def guests(match: re.Match[str], place: Place) -> Reading | None:
    """What those take part in whom the clause before invites."""
    host = _HOST.match(clean(place.slot.lead[-1])) if place.slot.lead else None
    return Reading(host.group() + clean(match["what"])) if host else None


def bare(match: re.Match[str], place: Place) -> Reading | None:
    """A verb alone: its object is what was spoken of (新收刑事案件685件，结案688件: 刑事案件结案)."""
    text = _OF_ONE.sub("", place.said) if "一" in place.said[:6] else place.said
    if text.startswith("到位") and _ARRIVED.match(text) and any(_DONE.search(said) for said in place.frame.told[-1:]):
        return Reading(f"{_some(place.frame)}执行{text}", alt=(text,))
    if not ELLIPTIC_ONLY.match(text):
        return None
    beginning = begun(place, text)
    if beginning is not None:
        return beginning
    if place.slot.lead and place.slot.lead[-1][-1:] in "来今后起" and (service := served_by(place)):
        return Reading(service + text, alt=(text,))
    thing = first_of(place) or _object(place, text) or sum_of(place, text)
    told = thing or not place.slot.lead or text in _INTAKE or is_of_court(place)
    if not thing and place.unit == "件" and not _PROSECUTED.match(text):
        thing = "案件"
    return Reading(thing + text, alt=(text,), narrowed=not told and thing == "案件")


def averaged(match: re.Match[str], place: Place) -> Reading | None:
    """What each has done of what all have (审结案件3200件，人均86件: 人均审结)."""
    frame = place.frame
    deed = _FINISHED.search(frame.object) if frame.unit == "件" else None
    if deed is None:
        return None
    thing = frame.thing if frame.restricts() and deed[0] not in frame.thing else ""
    return Reading(match["who"] + deed[0] + thing, kind="measure")


def _object(place: Place, text: str) -> str:
    """What a verb alone is about: what was counted before it, or what the clause before names."""
    frame = place.frame
    given = _TOWARDS.match(frame.object) if frame.last and _PROSECUTED.match(text) else None
    if given:
        return given[1]
    aim = lead_aim(place.slot.lead) if place.unit in {"件", "人", "名"} else ""
    if aim:
        frame.thing = aim
        return aim
    thing, offence = frame.thing, lead_cases(place.slot.lead)
    if text.startswith("金额") and frame.last and frame.unit not in {"件", "人", "名", "元", "%"}:
        return frame.object
    if not thing or offence.endswith("犯罪") or (_WRITTEN.search(thing) and text in _CASE_DEEDS):
        thing = offence or (frame.branch if place.unit in {"件", "%"} else "")
        frame.thing = thing or frame.thing
    thing = _HANDED.sub("", thing)
    thing = thing.removesuffix("线索") if text.startswith(_SENTENCED) else thing
    if thing in WIDE and (place.unit in {"人", "名", "元", "天"} or _PROSECUTED.match(text)):
        return ""
    if text.startswith("立案") and not thing.endswith("问题线索"):
        return thing.removesuffix("线索") or frame.branch
    return thing


def begun(place: Place, text: str) -> Reading | None:
    """What takes the place of the end of the words before it (监督立案56件、撤案89件; 司法拍卖成交12件，成交额…)."""
    last = place.frame.last
    if last is None:
        return None
    sold = _AUCTION.search(last.text) if text.startswith(_OF_AUCTIONS) else None
    undone = text == "撤案" and last.text.endswith("立案") and "监督" in last.text
    settled = _BEFORE_SUIT.search(last.text) if text.startswith(_SETTLED) else None
    if settled:
        done = f"成功{text}" if text == "化解" else text.removeprefix("调解").removeprefix("化解")
        return Reading(f"诉前{settled['how']}{done}", alt=(text,))
    if not sold and not undone and not place.slot.before.startswith(ANDS):
        return None
    end = _ELLIPTIC_END.search(last.text)
    stem = last.text[: max(end.start(), sold.end() if sold else 0)] if end else last.text if sold else ""
    stem = _LOT.sub("", stem) if sold else stem
    return Reading(stem + text, alt=(text,)) if len(stem) > 1 else None


def shared_verb(match: re.Match[str], place: Place) -> Reading | None:
    """A noun under the verb of the clause before (盘活土地453亩、房屋23.1万平方米)."""
    frame, joint, own = place.frame, place.slot.joint, match["what"]
    said = frame.object
    joined = joint == "" and own.startswith(ANDS)
    if frame.lead and frame.lead[-1][-1:] == "的" and such_as(place):
        return None
    may_share = joined or (joint in {"，", "；", "（"} and frame.unit == place.unit)
    if not may_share or not frame.verb or not said.startswith(frame.verb):
        return None
    text = clean(_JOINT.sub("", own))
    if len(text) < 2 or text.endswith(("率", "占比", frame.verb)) or any(p.match(text) for p in _OWN_DEED):
        return None
    same_kind = text[-2:] in said or (text.endswith(PEOPLE) and said.endswith(PEOPLE))
    if not joined and (not same_kind or _MANNER.match(text)):
        return None
    field = _BRANCHED.match(said) if _BRANCH.fullmatch(text) else None
    return Reading((field[1] if field else frame.verb) + text, kind="sibling")


def placed_some(match: re.Match[str], place: Place) -> Reading | None:
    """Those of some metrics that have such a place (21项指标中有15项位列全市前三)."""
    lead = place.slot.lead[-1] if place.slot.lead else ""
    among = match["what"] or (lead[:-1] if lead.endswith("指标中") else "")
    metrics = clean(among) if among else place.frame.object
    return Reading(match["where"] + metrics, kind="measure") if metrics.endswith("指标") else None


def lonely(match: re.Match[str], place: Place) -> Reading | None:
    """A figure without words of its own: those after it, else what was measured last, else the topic."""
    last, after = place.frame.changed or place.frame.last, clean(place.slot.after)
    if last and place.slot.before in {"成功", "其中成功"}:
        return Reading(last.text + "成功")
    if place.slot.joint == "：" and place.slot.lead:
        topic = clean(_TREND.sub("", place.slot.lead[-1]))
        return Reading(EXPANSIONS.get(topic, topic))
    if place.slot.joint == "（" and not place.slot.before and place.slot.lead:
        return Reading(_bracketed(place.slot.lead[-1]))
    if place.slot.joint == "，" and place.slot.lead and _PLACED.match(place.slot.after):
        return Reading(clean(place.slot.lead[-1]))
    text = last.text if last else after if len(after) >= 2 else lead_topic(place.slot.lead)
    text = text or organs_counted(place)
    return Reading(text) if text else None


def _bracketed(words: str) -> str:
    """What a figure in brackets counts: the last name before them (依次为甲（9件）、乙（5件）)."""
    return clean(_LISTING.sub("", words)) or clean(words)
