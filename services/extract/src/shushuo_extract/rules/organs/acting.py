"""Which mentions act: those that open a clause, and are neither praising, praised by, nor qualifying another."""

import re
from functools import lru_cache

from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.mentions import mentions
from shushuo_extract.rules.organs.within import ONE_PLACE

_OPENS = (
    "年", "月", "日", "底", "末", "初", "季度", "间", "来", "同期", "目前", "其中", "此外", "同时", "今", "日前",
    "仅", "共", "据", "介绍", "显示", "表示", "据悉", "报告", "但", "而",
)  # fmt: skip
_OPENING_ENDS = frozenset(word[-1] for word in _OPENS)
_CONTINUES = frozenset("、%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_TOGETHER = frozenset("、和与等")
_LIST_JOINTS = frozenset("、和与及")
_NOT_ACTING = re.compile(
    r"(?!获|被|受|得|荣)[、的]?(?:主要)?(?:领导|院长|检察长)?[^，。；]{0,6}(?:批示|肯定|点赞|表彰|通报表扬|授予)|的?(?:领导|指导|支持|监督|要求|部署)下|[^，。；]{0,10}采纳"
    r"|(?:组织|开展|组织开展|举办|牵头|委托|通报|发布|督办|制定|部署|下发|出台|印发|评选|公布|颁布|表彰|确定|授予|主办)的"
    r"|[^，。；]{0,6}对(?:该院|我院|本院|其)[^，。；]{0,16}(?:肯定|好评|点赞|表彰|表扬|批示|推广|推介)"
)
_PASSES = re.compile(
    "(?:依法|所)?(?:提起|提出|起诉|移送|申请|抗诉|立案|查办|办理|监督|建议|委托|批捕)的[^，。；、0-9]{0,12}[0-9一二三四五六七八九十]"
)  # what of the figures before is another's (其中检察机关提起的占92.3%)
_OF_ITS_MAN = re.compile(
    "原?[^，。；]{0,8}?(?:长|书记|主任|干部|人员|民警|经理)[^，。；]{0,16}案(?!件)"
)  # 局原局长王某受贿案
_ANSWERS = re.compile(r"(?:已|均|全部|依法|再审|一审|二审|后)*(?:改判|发回|采纳|支持|判决支持)")
_FORERUNNER = re.compile(r"继(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?\Z")  # 继2007年清镇市法院设立环保法庭之后
_FORERUN = 9
_HANDLED = re.compile(
    "(?:依法|成功|日前|近日)?(?:审结|审理|办理|办结|调解|执结|执行|受理|查办|承办|提起公诉|起诉|提起)了?的"
)
_TAKES_ON = re.compile("(?:依法|共同)?(?:办理|审理|审结|查办|承办)(?=[：，。])")  # 其中一件由X院办理：
_STATES = re.compile("的(?:最新)?(?:统计|数据|消息|通报|情况|监测)")  # 来自公安部的统计
_SOUGHT = re.compile(
    "(?:走进|走入|踏进|迈进|来到|赶到|跑到|找到|找上|求助于?)了?(?:[^，。；、“”0-9]{1,12}的)?\\Z|向\\Z"
)  # where people turn for help, or come to see
_ASKED = re.compile("(?:申请|求助|反映|投诉|举报|控告|申诉|报案|寻求|咨询|(?:提起)?起?诉讼?(?=[，。]))")
_OFFICIAL_REACH = 40
_CALLED_ON = re.compile("(?![^，。；]{0,6}(?:视察|调研|考察|参观|观摩|座谈|旁听|检查指导))")
_SOUGHT_ENDS, _SOUGHT_REACH = frozenset("进入到上助于了的向"), 20
_SCENE = re.compile(
    "[^，。；]{0,16}(?:现场|仪式|大厅|大厦|服务中心|执行局|法庭|审判庭|会议室|调解室|听证室|办公室|门口|窗口)(?:[里内外前]|上|门前)?，"
)
_DIRECTING = ("指导", "监督", "督促", "组织", "带领")
_DIRECTED = re.compile(
    "(?:和专门(?:人民)?法院)?(?:共|累计|依法|及时|已)*(?:受理|新收|审结|审执结|审理|办结|办理|执结|起诉|批捕|批准|提起|立案)"
)


def is_subject(view: str, mention: Mention, *, listed: bool = False) -> bool:
    """Whether the organ acts: the mention opens its clause, or is ``listed`` with one before it that acts."""
    acts = (
        listed
        or _opens(view, mention.start)
        or (mention.shape in ("named", "body") and _singled_out(view, mention))
        or (mention.plural and _is_directed(view, mention))
    )
    if not acts or _NOT_ACTING.match(view, mention.end):
        return False
    if view[mention.start - 1 : mention.start] in ("中", "，") and _PASSES.match(view, mention.end):
        return False
    if mention.shape == "generic" and mention.tail == "法院" and _ANSWERS.match(view, mention.end):
        return False
    if mention.shape == "body" and _OF_ITS_MAN.match(view, mention.end):
        return False
    if mention.shape == "body" and mention.spelled and view[mention.end : mention.end + 1] in _TOGETHER:
        return False
    near = max(0, mention.start - _FORERUN)
    return view.find("继", near, mention.start) < 0 or not _FORERUNNER.search(view, near, mention.start)


def _opens(view: str, start: int) -> bool:
    """Whether a clause can begin at ``start``: after a mark, or after words of time and the like."""
    before = view[start - 1 : start] if start else "\n"
    if before == " ":
        return start > 1 and view[start - 2] != "、"
    if "一" <= before <= "龥":
        return before in _OPENING_ENDS and view.endswith(_OPENS, 0, start)
    return before not in _CONTINUES


def _singled_out(view: str, mention: Mention) -> bool:
    """Whether the organ acts though it opens no clause: 经X法院执行, 最高的为X法院，达, 首创者的X院，其, 在X的现场.

    So does one whose case is told (是X法院审结的一起, 在X审理的), and a body by whose word something is known
    (来自公安部的统计).
    """
    before = view[mention.start - 1 : mention.start]
    if mention.shape == "body" and view.endswith("来自", 0, mention.start):
        return _STATES.match(view, mention.end) is not None
    if before == "在":
        if mention.tail == ONE_PLACE:
            return True
        told = _SCENE.match(view, mention.end) or _HANDLED.match(view, mention.end)
        return told is not None and _opens(view, mention.start - 1)
    if before in ("为", "是", "由"):
        case = _HANDLED.match(view, mention.end)
        case = case or (_TAKES_ON.match(view, mention.end) if before == "由" else None)
        return case is not None or (before != "由" and view.startswith(("，达", "，为", "（"), mention.end))
    return before == "经" or (before == "的" and view.startswith("，其", mention.end))


def _is_sought(view: str, mention: Mention) -> bool:
    """Whether it is the one that the people of a story go to (走进离家不远的X法院, 向X检察院申请监督)."""
    if _SOUGHT.search(view, max(0, mention.start - _SOUGHT_REACH), mention.start) is None:
        return False
    if view[mention.start - 1] != "向":
        return _CALLED_ON.match(view, mention.end) is not None
    sentence = max(view.rfind("。", 0, mention.start), mention.start - _OFFICIAL_REACH, 0)
    return _ASKED.match(view, mention.end) is not None and view.find("检察", sentence, mention.start) < 0


def _is_directed(view: str, mention: Mention) -> bool:
    """Whether all organs of a place do what another has them do (监督指导地方各级人民法院审结)."""
    return view.endswith(_DIRECTING, 0, mention.start) and _DIRECTED.match(view, mention.end) is not None


@lru_cache(maxsize=4)
def subjects(view: str) -> tuple[Mention, ...]:
    """The mentions that act, in the order of the text."""
    acting: list[Mention] = []
    last = -2  # where the one that acts last ends
    for one in mentions(view):
        if is_subject(view, one, listed=last == one.start - 1 and view[last] in _LIST_JOINTS):
            acting.append(one)
            last = one.end
    return tuple(acting)


@lru_cache(maxsize=4)
def tellers(view: str) -> tuple[Mention, ...]:
    """The mentions that act, and with them those that the people of a story go to."""
    acting = {one.start for one in subjects(view)}
    may = [one for one in mentions(view) if one.shape == "named" and view[one.start - 1] in _SOUGHT_ENDS]
    sought = {one.start for one in may if not one.plural and one.start not in acting and _is_sought(view, one)}
    if not sought:
        return subjects(view)
    return tuple([one for one in mentions(view) if one.start in acting or one.start in sought])
