"""Whether a figure counts only a part, by words that its wording leaves out: then no code fits it exactly."""

import re
from collections.abc import Sequence

from .bare import BARE, is_of_some
from .clauses import Slot
from .desks import (
    DESKS,
    LED,
    OFFICERS,
    ONE_JUDGE,
    SINCE,
    is_counted_by_desk,
)
from .fields import is_of_field
from .frame import Frame
from .words import addressee, clean, has_company

_PROSECUTION = re.compile(r"捕|诉(?!讼费|讼执行费)|检察建议|立案")
_GOES_ON = frozenset({"审结", "结案", "办结", "执结", "判处", "判处罪犯", "判处被告人", "判决"})
_OF_ONE_BRANCH = re.compile(r"民事|行政|刑事")
_MOST = re.compile(r"最(?:[多少长短低]|高(?!人民|检|法))")
_FOCUS = re.compile(r"(?:支持|服务|助力|护航|守护|聚焦|围绕|针对|严惩|惩治|打击|整治|参与|保障|保护)")
_AGAINST = re.compile(r"惩治|打击|严惩|惩处|整治")
_ALL = re.compile(
    "各类|刑事犯罪|违法犯罪|大局|监督|职责|职能|主责|主业|中心工作|高质量发展|经济社会发展|安居乐业|社会治理|稳定|安定|公正|正义|(?:惩治|打击|惩处|严惩|惩罚)犯罪"
    "|(?:[护航卫障牢进设]|一方|社会|百姓|群众|人民|万家|水平的?)平安|(?:刑事|四大)检察"
)
_SOME = re.compile(r"专项|(?:对|在(?:办理|审查))(?!各类|全部|所有)[^，]*(?:案件|犯罪|嫌疑人|人员|未成年人)")
_IN_FIELD = re.compile(
    r"(?:^|院|机关)(?:在)?(?!各类|全部|所有|(?:刑事)?(?:诉讼|法律|检察|刑事)(?:活动)?监督)[^，]{2,12}(?:监督|诉讼|犯罪|案件|领域|行动)(?:工作|办案)?中$"
)
_DRIVE = re.compile(
    r"(?:专项|集中|百日|雷霆|[春夏秋冬]季)[^，“”]{0,6}(?:行动|活动|执行|整治|清理)|(?:行动|活动)(?:期间|当[天日]|中)$|“[^“”]{2,12}”[^，“”]{0,8}(?:行动|战役|活动)$|“[^“”]{2,10}(?:行动|战役|攻坚|会战)”(?:中|期间|以来)?$|涉[^，]{2,8}案件(?:的?执行)?(?:过程)?中$"
)
_IN_DRIVE = re.compile("交叉执行|行动”?(?:中|期间)|^[此本这该]次?(?:行动|活动)")
_OF_SOME_CASES = re.compile("积案|终本|恢复执行")
_ENFORCING = "执结|执行到位|到位金额|拘留|拘传|失信|限制|限高"
_COMBINED = re.compile("结合[^，]{0,12}?(?:“|专项|行动|活动)")
_BY_MEANS = ("依托", "借助", "结合", "通过")
_ENFORCES = re.compile(rf"{_ENFORCING}|^执行完毕|^到位")
_TAKEN_IN = re.compile(r"受理|新收|收案|全年|执结各类|执结全部")
_SUPERVISED, _OF_ALL = re.compile(r"纠正违法|纠正意见|诉前程序|公益诉讼"), re.compile(r"全年|共|各类")
_GROUP = "(?:未成年|妇女|女性|残疾|退役|军[人属]|儿童|老年|女童|孤儿|学生|贫困户|农民工)"
_HELPED = re.compile(rf"(?:司法)?救助[^，]{{0,6}}?{_GROUP}|[对向为][^，]{{0,8}}?{_GROUP}[^，]{{0,12}}救助")
_GIVEN_TO_SOME = re.compile(rf"[^，]{{0,10}}{_GROUP}[^，]{{0,8}}(?:发放|开展|实施|给予|提供|办理)")
_SOME_SUSPECTS = re.compile(
    r"(?:决定)?(?:不?批?准?逮?捕|不?起?诉|提起公诉)(?!各类|犯罪嫌疑人|刑事犯罪|被告人|人数)[^，]{3,}"
    r"|[^，]*(?:的|未成年|企业|轻微|初犯|偶犯|学生|老年)[^，]*[捕诉]$"
)
_ADDRESSED = re.compile("向|对|给|与|就|围绕")
_SOME_WAY = re.compile("(?:以|采[取用])[^，]{0,6}(?:调解|撤诉|和解|判决|速裁|独任|在线|巡回)[^，]{0,4}(?:方式|形式)")
_PUNISHES = re.compile("判处|惩处|判决")
_STRIKES = ("严惩", "惩治", "打击", "惩处", "整治", "严打", "审理")
_BEGINS_SOME = "".join(sorted({word[0] for word in (*OFFICERS, *_STRIKES, *DESKS)})) + SINCE + "针他她院入领"
_OF_SOME = re.compile(  # a clause that speaks of one judge, of some offences, or maybe of a part of the court
    rf"(?=[{_BEGINS_SOME}])(?:(?P<whole>^针对|{ONE_JUDGE}|{LED})"
    rf"|(?P<foe>(?:{'|'.join(_STRIKES)})(?!(?:各类|各种)?(?:严重)?(?:刑事|违法)?(?:犯罪)?(?:案件|行为|活动|分子)?$)[^，“”]{{2,24}}(?:犯罪|案件|罪|诈骗|活动|行为)$)"
    rf"|(?:{'|'.join(DESKS)}|[{SINCE}])$)"
)
_MAY_NARROW = re.compile(  # in all words that narrow by themselves; literals first, which lets the search skip
    rf"最|方式|形式|救助|会同|联合|携手|联手|“|服判|{_PROSECUTION.pattern}|{_ENFORCING}|执行完毕|到位(?<!.到位)|{_ADDRESSED.pattern}"
)
_ANYONE = re.compile(
    rf"^(?:向|对|给|与|针对)(?!.*{_GROUP})(?:有关|相关|各类|社会|各级|困难|刑事被害|生活|符合|因案|涉案|经济困难|申请|被害|被执行|党政|党委|当事|涉诉|失信|老赖|(?:有[^，]{{0,6}})?(?:拒不|拒绝|规避|逃避|抗拒)(?:履行|执行))"
    r"|^对(?:认为)?(?:确有|可能有?)?错误的?+(?:生效|各类)?+(?:(?:刑事|民商?事|行政)[^，]{0,4}(?:刑事|民商?事|行政)[^，]{0,4}(?:刑事|民商?事|行政)|(?!刑|民|行政))[^，]{0,4}(?:裁判|判决|裁定)"
)


def is_narrowed(text: str, slot: Slot, frame: Frame) -> bool:
    """Whether the words around narrow a count (对…的，不捕31人; 最多的达420件)."""
    before = slot.before
    if frame.lead and _is_led_by_some(before, frame.lead[-1]):
        return True
    if text in BARE and is_of_some(text, slot, frame):
        return True
    return _MAY_NARROW.search(before) is not None and (_narrows(before, frame) or _helps_some(before, frame))


def _is_led_by_some(before: str, lead: str) -> bool:
    """Whether the clause before speaks of one judge or desk, or of some offences that are punished."""
    of_some = _OF_SOME.search(lead)
    return of_some is not None and (
        of_some["whole"] is not None
        or (of_some["foe"] is not None and _PUNISHES.search(before) is not None)
        or is_counted_by_desk(before, lead)
    )


def _narrows(before: str, frame: Frame) -> bool:
    heard, told = frame.heard, [*frame.earlier, *frame.told[-3:]]
    of_some = "司法救助" not in before and (has_company(before) or _COMBINED.search(before))
    if of_some or _MOST.search(before) or _SOME_WAY.search(before) or _is_of_guilty(before, (*heard, *told[-3:])):
        return True
    if _PROSECUTION.search(before) and _prosecutes_some(before, frame, (*heard, frame.branch), told):
        return True
    if before.endswith("对其中") or (before.endswith("对") and any(map(_SOME_SUSPECTS.match, told[-1:]))):
        return True
    return _ENFORCES.search(before) is not None and _is_driven(before, heard, frame)


def _helps_some(before: str, frame: Frame) -> bool:
    """Whether something is given or sent to some people or bodies only (向残疾人发放救助金; 向行政机关发送)."""
    if "救助" in before and (_GIVEN_TO_SOME.match(before) or any(map(_HELPED.match, frame.told[-1:]))):
        return True
    to = addressee(before) if _ADDRESSED.search(before) else ""
    return bool(to) and not _ANYONE.search(to)


def _prosecutes_some(before: str, frame: Frame, heard: Sequence[str], told: Sequence[str]) -> bool:
    """Whether a step of prosecution or a suggestion is told of some cases only."""
    if (frame.lead and _aims(before, frame.lead[-1])) or _is_titled_by_field(before, frame):
        return True
    if "未成年人案件" in heard or any(map(_SOME.search, heard)) or any(map(_IN_FIELD.search, heard)):
        return True
    if "检察建议" in before and not _OF_ALL.search(before) and _is_before_suit(told):
        return True
    return "抗诉" in before and any(_OF_ONE_BRANCH.search(said) for said in (*heard, *told))


def _aims(before: str, lead: str) -> bool:
    """Whether the clause before speaks of some whom, or one field at which, the step is aimed."""
    said = clean(lead)
    aimed = _FOCUS.match(said) or _AGAINST.search(said) or is_of_field(said)
    return bool((lead[:1] in "对就" and not _ANYONE.match(lead)) or (aimed and not _ALL.search(said + before)))


def _is_titled_by_field(before: str, frame: Frame) -> bool:
    """Whether a run-in title with nothing told under it yet names one field; suits for the public are all told so."""
    titled = frame.title and not frame.told and "公益诉讼" not in before and "各类" not in before
    return bool(titled) and is_of_field(frame.title) and not _ALL.search(frame.title)


def _is_before_suit(told: Sequence[str]) -> bool:
    """Whether suggestions are told of as papers of supervision, or as a step before a suit for the public."""
    return any(map(_SUPERVISED.search, told[-1:])) or any("诉前程序" in said for said in told[-3:])


def _is_of_guilty(before: str, said: Sequence[str]) -> bool:
    """Whether acceptance of judgments is told of those who pleaded guilty."""
    return "服判" in before and any("认罪认罚" in words for words in said)


def _is_driven(before: str, heard: Sequence[str], frame: Frame) -> bool:
    """Whether enforcement is told of one drive (开展集中执行行动，执结320件), not of the year or of drives counted.

    A drive that the title says the whole text is on narrows nothing in it.
    """
    theme = frame.drive
    told = (*frame.earlier, *frame.told[-3:])
    driven = (
        any(map(_OF_SOME_CASES.search, frame.told[-1:]))
        or any(_DRIVE.search(said) for said in heard if not (said.startswith(_BY_MEANS) or (theme and theme in said)))
        or any(map(_IN_DRIVE.search, told))
    )
    return driven and not any(_TAKEN_IN.search(said) for said in (before, *heard, *told))


def goes_on_with(slot: Slot) -> bool:
    """Whether a clause is still about those whom the one before it has narrowed (不批捕36人、不起诉12人)."""
    if slot.lead or slot.joint not in {"", "，"}:
        return False
    return not slot.joint or slot.before in _GOES_ON or _PROSECUTION.search(slot.before) is not None
