"""Where a national text's subject turns: back to the nation, of which the supreme organ or an official tells."""

import re
from functools import lru_cache

from shushuo_extract.rules.organs import matters

_MARKS = "[，。；：！？”\n]"
_TOTALS = "(?!法院|检察|首|第|模范|优秀|先进|十|百|前|领先|率先|唯一|最|人大|政协|三八|五一)[^，。；：、“”]{0,14}?[0-9]"
_TELLS = "(?:把|将这|还|也|显示|披露|指出|提到|说|介绍|给出|表明)"
_TO_THE_NATION = re.compile(
    rf"全国(?<={_MARKS}全国){_TOTALS}|全国(?:(?<=放眼全国)|(?<=[从就]全国))(?:来看|看|而言|范围)?，|各地(?<={_MARKS}各地)(?![区市级人民]{{0,2}}(?:法院|检察|中院))"
    rf"|(?:报告|数据|统计|通报)(?<={_MARKS}[报数统通][告据计报]){_TELLS}|白皮书(?<={_MARKS}白皮书){_TELLS}"
)
_OFFICIAL = re.compile("[^，。；、：“”0-9]{0,16}?(?:[厅庭局院]长|检察长|主任|负责人|发言人|专职委员)")
_OWN_PAPERS = re.compile(
    "(?:发布|制发|制定|出台|编发|印发)[^，。；]{0,12}(?:指导性案例|司法解释)|(?:发布|公布|推出|编发|印发)[^，。；]{0,60}(?:典型案例|白皮书|指导意见)|(?:指导性案例|司法解释)[^，。；0-9]{0,6}(?:发布|制发|制定|出台|编发)"
)
_CAMPAIGN = re.compile(
    r"(?:部署|组织|开展|指导)[^。；\n]{0,40}?(?:专项|各地|各级)[^。\n]{0,60}共"
)  # the whole nation's total
_ANNOUNCES = re.compile(
    r"[^，。；0-9]{0,8}(?:(?:发布|通报|公布|披露|介绍)了?[^，。；0-9]{0,30}(?:数据|情况|白皮书|消息|报告)|(?:召开|举行)[^，。；]{0,24}会)"
    r"[^，。；0-9]{0,12}[，。]|[^，。；“”]{0,24}(?:介绍|表示|通报|披露|透露|指出|显示|表明|说)(?:称|道)?[，：]"
)
_GOES_ON = re.compile(
    "(?:并|还|另|又|再|也|共|累计|先后|其中|全年|已|同时|为|对|与|向|派|联合|会同|组织|指导|督办|发布|制定|制发|出台|印发|公布|编发|审结|受理|办结|核准|评选|推出|上线|建成|建立|培训|开展|召开|答复|接收|办理|提出|[0-9])"
)
REACH = 400  # characters of a sentence that a speaker or actor governs; real ones are shorter


@lru_cache(maxsize=4)
def to_the_nation(view: str) -> tuple[int, ...]:
    """Where the nation is spoken of again, by a clause on 全国 or 各地 or by what a report as a whole says."""
    return tuple([turn.start() for turn in _TO_THE_NATION.finditer(view)])


def _is_official(view: str, end: int) -> bool:
    """Whether an organ's name that ends at ``end`` only says whose official speaks (最高检第九检察厅厅长…分析)."""
    return _OFFICIAL.match(view, end) is not None


def _is_of_papers(view: str, start: int, offset: int) -> bool:
    """Whether the clause tells of papers that only the supreme organs make."""
    start = max(start, offset - REACH)
    begin = max(start, view.rfind("；", start, offset) + 1, view.rfind("，", start, offset) + 1)
    return _OWN_PAPERS.search(view, begin, matters.clause_end(view, offset)) is not None


def _changes_subject(view: str, start: int, offset: int) -> bool:
    """Whether the last clause group before an offset has a subject of its own (…联网；网络拍卖成交3000亿元)."""
    mark = view.rfind("；", max(start, offset - REACH), offset)
    return mark >= 0 and _GOES_ON.match(view, mark + 1) is None


def for_the_nation(view: str, end: int, offset: int) -> bool:
    """Whether a figure after the supreme organ's name, which ends at ``end``, is told by it of all organs."""
    if _is_of_papers(view, end, offset):
        return False
    return _is_official(view, end) or _changes_subject(view, end, offset) or speaks_for_all(view, end, offset)


def speaks_for_all(view: str, end: int, offset: int) -> bool:
    """Whether what follows the supreme organ's name until an offset introduces the whole nation's figures."""
    if view.endswith(("发布", "公布", "出台", "制定"), end, offset):
        return False
    reach = min(offset, end + REACH)
    return bool(view.startswith("：", end) or _CAMPAIGN.search(view, end, reach) or _ANNOUNCES.match(view, end, reach))
