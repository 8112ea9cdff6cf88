"""How a clause says what its figure measures: each rule a pattern over ``words before<unit>words after``.

The rules are tried in order at the line's beginning; the first whose production accepts names the figure.
"""

import re
from collections.abc import Callable

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.signs import BySigns
from shushuo_extract.engine.types import Rule

from .counted import counted
from .elided import (
    PLACED_SOME,
    averaged,
    bare,
    bracket,
    branch,
    dependent,
    guests,
    lonely,
    of_those,
    pair,
    placed_some,
    refusal,
    related,
    shared_verb,
    such_cases,
    viewed,
)
from .frame import Reading
from .measures import (
    dealt,
    dealt_before,
    dealt_to,
    deeds_in_turn,
    done_rate,
    from_value,
    from_value_of_lead,
    from_words,
    rate,
    rates_in_turn,
    time_between,
    time_of_before,
    time_of_each,
    time_taken,
    time_until,
    to_value,
)
from .openers import served_by, such_as
from .parts import PERSONS_OF, part_beyond, part_of_those
from .place import ANDS, Place
from .shares import part_done, ratio, share, share_of_whole, such_share, whole_of_share
from .supervision import in_field, next_step, sent, suggestion
from .vocabulary import ELLIPTIC, VERBS
from .words import is_verbal, thing_of, verb_of

_ENDS_IN_DEED = re.compile(VERBS + "$")
_SHARES = frozenset({"%", "成"})
_THINGS = frozenset("份家户处所")  # of which a further deed may have been done to some


def _plain(match: re.Match[str], place: Place) -> Reading | None:
    """Verb and object before the figure, under the subject that the clause before counts."""
    text, frame = place.said, place.frame
    if frame.subject and place.slot.joint == "，" and is_verbal(text):
        return Reading(frame.subject + text, alt=(text,))
    if place.slot.joint == "，" and place.unit == frame.unit and place.unit in _THINGS and verb_of(text) == text:
        thing = thing_of(frame.object)
        return Reading(text if _ENDS_IN_DEED.search(thing) else text + thing, alt=(text,))
    last = frame.lead[-1][-1:] if frame.lead else ""
    if last and last in "来今后起" and is_verbal(text):
        return Reading(served_by(place) + text, alt=(text,))
    if last == "的" and len(text) >= 2 and not is_verbal(text):
        return Reading(such_as(place) + text, alt=(text,))
    if place.unit in _SHARES and place.slot.before.endswith("的") and len(text) >= 2:
        return Reading(text + "占比", kind="measure")
    return Reading(text) if len(text) >= 2 else None


def _rule(
    name: str, pattern: str, produce: Callable[[re.Match[str], Place], Reading | None], signs: str = ""
) -> Rule[Reading]:
    return Rule(name, re.compile(pattern), produce, signs)


RULES: tuple[Rule[Reading], ...] = (
    _rule("<metric><pair>", rf"{any_of(ANDS)}?<", pair),
    _rule(
        "<what>、<what>分别<metric>",
        r"(?P<what>[^<]*[、和与及][^<]*)(?:分别(?!占)|各(?=[为是有]))(?P<deed>[^<]{0,4})<",
        dealt,
        "别各",
    ),
    _rule(
        "<deed>、<deed><object><metric>", r"(?P<what>[^<]*[、和与及][^<]*)<(?:件|人|名|)>", deeds_in_turn, "、和与及"
    ),
    _rule("<rate>、<rate>为<metric>", r"(?P<what>[^<]*[、和与及][^<]*率)(?:为|达|是)<%>", rates_in_turn, "率"),
    _rule(
        "<what>、<what>次之，分别为<metric>",
        r"(?:(?:收案|发案|案件)?(?:数量|数|件数|案件数|人数))?分别(?:为|是|达|有)?<",
        dealt_before,
        "别",
    ),
    _rule(
        "对<whom>、<whom>分别<deed><metric>",
        rf"[^<对]{{0,20}}(?P<to>对)(?P<what>[^<]*[、和与及][^<]*?)分别(?P<deed>{VERBS}[^<]{{2,10}})<",
        dealt_to,
        "别",
    ),
    _rule(
        "<what>由<metric>",
        r"(?P<what>[^<]{2,})(?:由|从)(?:[^<]{0,8}的|[0-9]{4}年[^<]{0,12}的|最初|最高|[^<]{0,5}年)?<",
        from_value,
        "由从",
    ),
    _rule(
        "<what>，由<metric>",
        r"(?:均|也|已|现|就|平均)*(?:由|从)(?:[^<]{0,8}的|[0-9]{4}年[^<]{0,12}的|最初|最高|[^<]{0,5}年)?<",
        from_value_of_lead,
        "由从",
    ),
    _rule(
        "<what>由<words>增至<metric>",
        r"(?P<what>[^<]{2,}?)(?:由|从)[^<]{0,14}(?:寥寥|几乎|零|空白|个位数|几[件个起家次]|屈指可数)[^<]{0,8}?(?:[增升降减涨扩缩压]|提高|发展|跃升|攀升)[^<至到]{0,3}[至到为]<",
        from_words,
        "由从",
    ),
    _rule(
        "降至<metric>",
        r"(?:(?:20[0-9]{2}年)?[^<率额比]{0,4}(?:调整为|[降升增减缩提扩变压拓优简精落][^<至到]{0,3}[至到为成])(?:(?:[0-9]{4}|去|今|上|前)?年(?:年?[初底末]|[上下]半年|同期|[0-9]{1,2}月(?:底|末)?|前?[一二三四]个?季度|前[0-9一二三四五六七八九十]{1,3}个?月|[0-9]{1,2}月?[至-][0-9]{1,2}月|[初底末])?的?|目前的?|现在的?)?|比[^<]*的|(?:20[0-9]{2}年)?(?:至|到|达到?)|(?:首次|再次|连续|已|均)+(?:跌破|突破)?)<",
        to_value,
        "至到达为成比次续破已均",
    ),
    _rule(
        "<part>超过<whole>的<metric>",
        r"(?P<part>[^<]*?(?:量|数|人员|收案|结案|案件))(?:已|仅)?(?:超过|达到|不到|不足|突破|接近|只有)(?P<whole>[^<]{2,16}的)<(?:%|成|)>",
        share,
        "超达不突接只",
    ),
    _rule(
        "<part>占<whole><metric>",
        r"(?P<part>[^<]*?)(?:占比[^<]{0,4}|占到?(?![据用领空])(?P<whole>[^<]{0,16}?)|比[例重][^<]{0,4})<(?:%|成|)>",
        share,
        "占比",
    ),
    _rule(
        "占<whole><metric>的",
        r"[^<]*占到?(?P<whole>(?:同期|全部|所有|全[国省市])[^<]{2,30})<[^%成>]+>的",
        whole_of_share,
        "占",
    ),
    _rule("的<share of a whole>", r"的(?:约|近)?<(?:%|成)>", share_of_whole, "%成"),
    _rule(
        "<measure>为<measure>的<fraction>",
        r"(?P<what>[^<]{4,}?)(?:仅|只|不足|不到|约)*(?:为|是|相当于)(?P<base>[^<]{2,}?)的(?:近|约|不足|不到)?<>$",
        ratio,
        "的",
    ),
    _rule("<share>是<what>的", r"[^<]{0,8}<(?:%|成|)>(?:都|均)?是(?P<what>[^<，]{3,24})的$", such_share, "是"),
    _rule("<rate><metric>", r"(?P<rate>[^<]*率)[^<率]{0,6}<(?:%|成|)>", rate, "率"),
    _rule("<cases><metric><deed>", rf"(?P<what>[^<]+)<%>(?P<deed>{ELLIPTIC})$", done_rate, "%"),
    _rule(
        "<cases>中<metric><deed>",
        r"(?P<what>[^<]{2,}(?:案件|纠纷|判决|裁判|建议|当事人|被告人))中，?(?:有|约|近)?<(?:%|成)>(?P<deed>(?:得到|获得?|被|为|属|来自|涉及?|由|通过|实现|在|系|是)[^<，]{2,16})$",
        part_done,
        "中",
    ),
    _rule(
        "用<metric><deed>",
        rf"[^<]{{0,30}}(?<![适利使运采费作])用(?:时|了)?(?:不到|短短)?<(?:天|日|小时|分钟|月)>(?:的?时间)?(?:[就便即](?:在[^<，]{{2,12}}?(?={VERBS}))?|(?<=[仅只]用<.>)|(?<=[仅只]用<..>)|(?<=用时<.>)|(?<=用时<..>))(?:顺利|成功|圆满)*(?P<deed>{VERBS}[^<]{{0,30}})",
        time_taken,
        "用",
    ),
    _rule(
        "<metric>就<deed>",
        rf"[^<均]{{0,12}}<(?:天|小时|分钟)>(?:的?时间)?[就便](?:能够?|可以?|顺利|成功|圆满)*(?P<deed>{VERBS}[^<]{{0,30}})",
        time_taken,
        "就便",
    ),
    _rule(
        "平均<metric><deed>一件<cases>",
        r"[^<]*平均(?:每)?(?:只需|仅需|只用|仅用|用时|需|用|约)*<(?:天|日|小时|分钟|月|工作日)>(?:的?时间)?[就便即可能]*(?P<deed>审结|办结|执结|调解|审完|办完|结)(?:一|1)[件起宗个](?P<what>[^<]{0,20}(?:案件|纠纷|[^<]案))$",
        time_of_each,
        "均",
    ),
    _rule(
        "从<start>到<end>用<metric>",
        r"(?P<what>[^<]{0,16}从[^<]{1,10}到[^<]{1,10}?)(?P<mean>平均)?(?:总共|一共|全程|前后)*(?:只|仅|才|共|就)*(?:用|花|耗时|历时|用时|需要?)了?<(?:天|日|小时|分钟|月|年|周|工作日)>",
        time_between,
        "用花历耗需",
    ),
    _rule(
        "<deed>，用了<metric>",
        r"[^<，均]{0,4}(?:(?:只|仅|共|就)(?:用|花)|用时)(?:时|了)*(?:不到|短短|近)?<(?:天|日|小时|分钟|月|工作日)>(?:的?时间)?$",
        time_of_before,
        "用花",
    ),
    _rule(
        "<metric>，<what>就<deed>",
        r"(?:仅|只|短短|才)*<(?:天|小时|分钟|周)>(?:后|的?时间)?$",
        time_until,
        "天时钟周",
    ),
    _rule(
        "<metrics>中有<metric><placed>",
        rf"(?:(?P<what>[^<]{{2,16}}指标)中?)?[^<]{{0,4}}<项>(?P<where>{PLACED_SOME})",
        placed_some,
        "项",
    ),
    _rule("<verb><metric><object>", r"[^<]*<", counted),
    _rule(
        "<verb>案件<metric>",
        rf"(?:全年|共|依法|累计|已|全院|高效)*(?P<verb>{VERBS})(?:相关|此类|各类|该类)?案件<",
        such_cases,
        "案",
    ),
    _rule("<verb>相关<cases><metric>", r"(?P<what>[^<]*(?:相关|此类|该类|这类|上述|有关)[^<]*)<", related, "关类述"),
    _rule(
        "<years of prison><metric>",
        r"(?P<term>[^<]{0,8}年(?:以上|以下|不满|至)*[^<]{0,4}[年下上])(?:的|有期徒刑|刑罚)*<",
        bracket,
        "年",
    ),
    _rule(
        "其中<bound><metric>",
        r"(?:其中，?)?(?![^<]*[判惩徒][处刑])(?P<part>[^<]*?(?:以上|以下|以内|[不未]满[^<]{1,5}))的?<",
        part_beyond,
        "上下内满",
    ),
    _rule(
        "<field of public interest><metric>",
        r"(?P<field>[^<]{2,20}(?:领域|方面))(?P<filed>立案)?<件>",
        in_field,
        "域面",
    ),
    _rule(
        "<step of public interest><metric>",
        r"[^<]{0,8}?(?P<step>诉前程序(?:案件)?|提起(?:公益)?诉讼)<",
        next_step,
        "诉",
    ),
    _rule(
        "<views of a deed><metric>",
        r"[^<]{0,6}?(?P<what>(?:累计|总|日均|月均|年均)?(?:观看|收看|点击|浏览|阅读|播放)(?:总)?[量数率人]?(?:人?[次数])?)[^<]{0,4}<",
        viewed,
        "看击览读放",
    ),
    _rule("追究刑事责任<metric>", r"[^<]{0,4}追究(?:其)?刑事责任<", refusal, "究"),
    _rule(
        "<suggestions>，共发<metric>", r"(?:全年|已|累计|共|合计)*(?:发|发出|发送|制发|提出)<[份件条]>", sent, "发提"
    ),
    _rule("检察建议<metric>", r"[^<]{0,6}检察建议书?<", suggestion, "议"),
    _rule(
        "<outcome of some cases><metric>",
        r"(?P<what>[^<]{0,4}(?:执行到位[^<]{0,4}|(?:判处|惩处)(?:罪犯|被告人|刑罚)|判决生效|生效判决(?:人数)?|追究刑事责任|获刑))<",
        dependent,
        "位处决究刑效",
    ),
    _rule(  # but what a maritime court is there for, whose cases by that name are all of its cases elsewhere
        "<verb>案件中，<cases><metric>", r"(?P<what>(?!海事)[^<]{2,16}(?:案件|纠纷|案))<件>", of_those, "案纷"
    ),
    _rule(
        "<branch of law><metric>",
        r"[、，其中]{0,3}(?P<branch>(?:一审|二审)?(?:刑事|民事|行政|执行|民商事|商事)|一审|二审|再审)(?:类|案(?P<cases>件)?)?<件>",
        branch,
        "事政执审",
    ),
    _rule(
        "参加<what><metric>",
        r"(?P<what>(?:参加|参与|旁听|观摩|视察|见证|列席|评议|监督)[^<]*)<",
        guests,
        "参旁观视见列评监",
    ),
    _rule(
        "<average><metric>",
        r"以?(?P<who>(?:[^<，]{0,6}(?:法官|干警|检察官|人员))?(?:年|月)?(?:人|平)均)<件>",
        averaged,
        "均",
    ),
    _rule(PERSONS_OF, r"(?:其中)?(?:包括|含)?(?P<part>[^<，]{2,12})<(?:人|名|位|人次|名次)>", part_of_those, "人名位"),
    _rule("<verb alone><metric>", r"[^<]+<", bare),
    _rule("、<noun><metric>", r"(?P<what>[^<]+)<", shared_verb),
    _rule("<verb><object><metric>", r"[^<]{2,}<", _plain),
    _rule("<metric alone>", r"[^<]*<", lonely),
)
candidates = BySigns(RULES).fitting  # the rules that may match a line, in the order to try them
