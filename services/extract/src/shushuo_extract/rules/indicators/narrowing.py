"""Whether a figure counts only a part, by words that its wording leaves out: then no code fits it exactly."""

import re
from collections.abc import Sequence

from .frame import Frame
from .words import addressee, clean, has_company

_PROSECUTION = re.compile(r"捕|诉(?!讼费|讼执行费)|检察建议|立案")
_OF_ONE_BRANCH = re.compile(r"民事|行政|刑事")
_DESKS = ("法庭", "合议庭", "工作室", "调解室", "中心", "团队", "工作站", "检察室")
_DESK_SINCE = re.compile(
    r"(?:法庭|合议庭|工作室|调解室|中心|团队|工作站|检察室)”?[^，]{0,10}(?:成立|设立|运行|挂牌|启用|揭牌|建成|组建)[^，]{0,12}(?:来|至今|[年月]底|后|起)$"
)
_FIELD_SET_UP = re.compile(
    r"(?:揭牌|挂牌|设立|成立|组建|建立|设置|获批|增设|建成)[^，]{0,12}?(?P<field>知识产权|环境资源|生态环境|破产|清算|少年|未成年人?|家事)[^，]{0,6}(?:法庭|审判庭|合议庭|团队|中心)$"
)
_OFFICERS = ("法官", "检察官", "庭长", "科长", "干警", "书记员", "执行员")
_ONE_JUDGE = rf"(?:{'|'.join(_OFFICERS)})(?!会议|团队|助理|人均|年均|考评)[一-龥]{{2,3}}$|^[他她]$"
_COUNTS_CASES = re.compile(r"收|理|结|化解|调解")
_MOST = re.compile(r"最(?:[多少长短低]|高(?!人民|检|法))")
_FOCUS = re.compile(r"(?:支持|服务|助力|护航|守护|聚焦|围绕|针对|严惩|惩治|打击|整治|参与|保障|保护)")
_AGAINST = re.compile(r"惩治|打击|严惩|惩处|整治")
_ALL = re.compile(r"各类|刑事犯罪|违法犯罪|大局|监督|职责|职能")
_SOME = re.compile(
    r"(?:该院|我院|本院|依法)*(?:对|在(?:办理|审查))(?!各类|全部|所有)[^，]*(?:案件|犯罪|嫌疑人|人员|未成年人)"
)
_IN_FIELD = re.compile(
    r"(?:^|院|机关)(?:在)?(?!各类|全部|所有|(?:刑事)?(?:诉讼|法律|检察|刑事)(?:活动)?监督)[^，]{2,12}(?:监督|诉讼|犯罪|案件|领域|行动)(?:工作|办案)?中$"
)
_DRIVE = re.compile(
    r"(?:专项|集中)[^，“”]{0,6}(?:行动|活动|执行|整治|清理)|“[^“”]{2,12}”[^，“”]{0,8}(?:行动|战役|活动)$|“[^“”]{2,10}(?:行动|战役|攻坚|会战)”$"
)
_ENFORCING = "执结|执行到位|到位金额|拘留|拘传|失信|限制|限高"
_COMBINED = re.compile("结合[^，]{0,12}?(?:“|专项|行动|活动)")
_BY_MEANS = ("依托", "借助", "结合", "通过")
_ENFORCES = re.compile(rf"{_ENFORCING}|^执行完毕|^到位")
_TAKEN_IN = re.compile(r"受理|新收|收案|全年|执结各类|执结全部")
_LEADERS = re.compile(r"院领导|庭长|入额领导")
_SUPERVISED, _OF_ALL = re.compile(r"纠正违法|诉前程序|公益诉讼"), re.compile(r"全年|共|各类")
_SUPERVISION = re.compile(r"(?:民事|行政)(?:诉讼)?(?:检察|监督)(?:监督)?案件")
_HELPED = re.compile(r"(?:司法)?救助[^，]{0,6}?(?:未成年|妇女|女性|残疾|退役|军[人属]|儿童|老年|女童|孤儿)")
_SOME_SUSPECTS = re.compile(
    r"(?:决定)?(?:不?批?准?逮?捕|不?起?诉|提起公诉)(?!各类|犯罪嫌疑人|刑事犯罪|被告人|人数)[^，]{3,}"
    r"|[^，]*(?:的|未成年|企业|轻微|初犯|偶犯|学生|老年)[^，]*[捕诉]$"
)
_ADDRESSED = re.compile("向|对|给|与|就|围绕")
_SOME_WAY = re.compile("(?:以|采[取用])[^，]{0,6}(?:调解|撤诉|和解|判决|速裁|独任|在线|巡回)[^，]{0,4}(?:方式|形式)")
_PUNISHES = re.compile("判处|惩处|判决")
_STRIKES, _SINCE = ("严惩", "惩治", "打击", "惩处", "整治", "严打"), "来今底后起"
_BEGINS_SOME = "".join(sorted({word[0] for word in (*_OFFICERS, *_STRIKES, *_DESKS)})) + _SINCE + "针他她"
_OF_SOME = re.compile(  # a clause that speaks of one judge, of some offences, or maybe of a part of the court
    rf"(?=[{_BEGINS_SOME}])(?:(?P<whole>^针对|{_ONE_JUDGE})"
    rf"|(?P<foe>(?:{'|'.join(_STRIKES)})(?!(?:各类|各种)?(?:严重)?(?:刑事|违法)?犯罪(?:行为|活动|分子)?$)[^，“”]{{2,24}}(?:犯罪|案件|罪|诈骗|活动|行为)$)"
    rf"|(?:{'|'.join(_DESKS)}|[{_SINCE}])$)"
)
_MAY_NARROW = re.compile(  # in all words that narrow by themselves; literals first, which lets the search skip
    rf"最|方式|形式|救助|会同|联合|携手|联手|“|人均|生效裁判|服判|{_PROSECUTION.pattern}|{_ENFORCING}|执行完毕|到位(?<!.到位)|{_ADDRESSED.pattern}"
)
_ANYONE = re.compile(
    r"^(?:向|对|给|与|针对)(?:有关|相关|各类|社会|各级|困难(?!妇女|儿童|未成年|残疾|老年|退役|军|学生)|生活|符合|因案|涉案|经济困难|申请|被害|被执行|党政|党委|当事|涉诉|失信|老赖|(?:有[^，]{0,6})?(?:拒不|拒绝|规避|逃避|抗拒)(?:履行|执行))"
    r"|^对(?:认为)?(?:确有|可能有?)?错误的?+(?:生效|各类)?+(?:(?:刑事|民商?事|行政)[^，]{0,4}(?:刑事|民商?事|行政)[^，]{0,4}(?:刑事|民商?事|行政)|(?!刑|民|行政))[^，]{0,4}(?:裁判|判决|裁定)"
)


def is_narrowed(before: str, frame: Frame) -> bool:
    """Whether the words around narrow a count (对…的，不捕31人; 最多的达420件)."""
    lead = frame.lead[-1] if frame.lead else ""
    of_some = _OF_SOME.search(lead) if lead else None
    if of_some and (
        of_some["whole"]
        or (of_some["foe"] and _PUNISHES.search(before) is not None)
        or _is_counted_by_desk(before, lead)
    ):
        return True
    return _MAY_NARROW.search(before) is not None and _narrows(before, frame)


def _is_counted_by_desk(before: str, said: str) -> bool:
    """Whether a clause speaks of a court's part, whose own cases are counted, unless they are all of its field."""
    if not _is_of_desk(said) or not _COUNTS_CASES.search(before):
        return False
    field = _FIELD_SET_UP.search(said)
    return field is None or field["field"] not in before


def _is_of_desk(said: str) -> bool:
    """Whether a clause speaks of a court's part (云溪法庭, 调解中心成立以来)."""
    return said.endswith(_DESKS) or (said[-1:] in _SINCE and _DESK_SINCE.search(said) is not None)


def _narrows(before: str, frame: Frame) -> bool:
    heard, told = frame.heard, [*frame.earlier, *frame.told[-3:]]
    of_some = "司法救助" not in before and (has_company(before) or _COMBINED.search(before))
    if of_some or _MOST.search(before) or _SOME_WAY.search(before) or _is_of_few(before, (*heard, *told[-3:])):
        return True
    if _PROSECUTION.search(before) and _prosecutes_some(before, frame.lead, (*heard, frame.branch), told):
        return True
    if before.endswith("对") and any(map(_SOME_SUSPECTS.match, told[-1:])):
        return True
    if "救助" in before and any(map(_HELPED.match, told[-1:])):
        return True
    if _ENFORCES.search(before) and _is_driven(before, heard, told):
        return True
    to = addressee(before) if _ADDRESSED.search(before) else ""
    return bool(to) and not _ANYONE.search(to)


def _prosecutes_some(before: str, lead: tuple[str, ...], heard: Sequence[str], told: Sequence[str]) -> bool:
    """Whether a step of prosecution or a suggestion is told of some cases only."""
    if lead:
        said = clean(lead[-1])
        aimed = _FOCUS.match(said) or _AGAINST.search(said)
        if (lead[-1].startswith("对") and not _ANYONE.match(lead[-1])) or (aimed and not _ALL.search(said)):
            return True
    if any("专项" in said or said == "未成年人案件" or _SOME.search(said) or _IN_FIELD.search(said) for said in heard):
        return True
    if "检察建议" in before and not _OF_ALL.search(before) and _is_before_suit(told):
        return True
    return "抗诉" in before and any(_OF_ONE_BRANCH.search(said) for said in (*heard, *told))


def _is_before_suit(told: Sequence[str]) -> bool:
    """Whether suggestions are told of as papers of supervision, or as a step before a suit for the public."""
    return any(map(_SUPERVISED.search, told[-1:])) or any("诉前程序" in said for said in told[-3:])


def _is_of_few(before: str, said: tuple[str, ...]) -> bool:
    """Whether an average is of leaders' cases, supervision of one kind, or acceptance of those pleaded guilty to."""
    if before.startswith("人均"):
        return any(map(_LEADERS.search, said))
    if "生效裁判" in before:
        return any(map(_SUPERVISION.search, said))
    return "服判" in before and any("认罪认罚" in words for words in said)


def _is_driven(before: str, heard: Sequence[str], told: Sequence[str]) -> bool:
    """Whether enforcement is told of one drive (开展集中执行行动，执结320件), not of the year or of drives counted."""
    driven = any(_DRIVE.search(said) for said in heard if not said.startswith(_BY_MEANS)) or any(
        "交叉执行" in said for said in told
    )
    return driven and not any(_TAKEN_IN.search(said) for said in (before, *heard, *told))


def goes_on_with(joint: str, lead: tuple[str, ...], before: str) -> bool:
    """Whether a clause is still about those whom the one before it has narrowed (不批捕36人、不起诉12人)."""
    return not lead and (not joint or (joint == "，" and _PROSECUTION.search(before) is not None))
