"""Whether a figure is of one desk, bench or judge of a court (城关法庭, 速裁团队), not of all the court."""

import re
from collections.abc import Sequence

OFFICERS = ("法官", "检察官", "庭长", "科长", "干警", "书记员", "执行员")
DESKS = ("法庭", "合议庭", "工作室", "调解室", "中心", "团队", "工作站", "检察室")
SINCE = "来今底后起"
_DESK_SINCE = re.compile(
    rf"(?:{'|'.join(DESKS)})”?[^，]{{0,10}}(?:成立|设立|运行|挂牌|启用|揭牌|建成|组建)[^，]{{0,12}}(?:来|至今|[年月]底|后|起)$"
)
_MOVES_IN = re.compile(r"(?:进驻|入驻|派驻|派员|融入|对接)[^，]{0,12}(?:综治|矛调|调处|调解|治理|服务)[^，]{0,4}中心$")
_FIELD_SET_UP = re.compile(
    r"(?:揭牌|挂牌|设立|成立|组建|建立|设置|获批|增设|建成)[^，]{0,12}?(?P<field>知识产权|环境资源|生态环境|破产|清算|少年|未成年人?|家事)[^，]{0,6}(?:法庭|审判庭|合议庭|团队|中心)$"
)
_NO_DESK = re.compile("(?:[为绕扣抓]|党委|工作|全局|大局)中心$")  # 以人民为中心, 紧扣中心
_COUNTS_CASES = re.compile(r"收|理|结|化解|调解")
_DONE_BY_DESK = re.compile(  # 城关法庭受理案件, 院庭长办案, 速裁团队法官
    r"(?:法庭|[民刑行]庭|审判庭|合议庭|工作室|调解室|(?:审判|速裁|快审|执行|办案)团队|工作站|院领导|庭长)”?"
    r"(?:共|累计|带头|以)?(?:受理|新收|收案|审结|办结|结案|执结|办理|办案|审理|化解|调解|法官)"
)
_SOME_STAFF = re.compile(
    r"院领导|庭长|入额领导|执行(?:局|庭|条线|一线)?(?:干警|法官|员|人员|团队)|助理|[民刑行]庭|速裁|法庭"
)
ONE_JUDGE = rf"(?:{'|'.join(OFFICERS)})(?!会议|团队|助理|人均|年均|考评)[一-龥]{{2,3}}$|^[他她]$"
LED = r"(?:院庭?长|院领导|庭长|入额领导|领导干部)(?:带头|率先|主动|示范|直接)*(?:办案|办理|审理|承办)[^，]{0,6}$"


def is_of_desk(said: str) -> bool:
    """Whether a clause speaks of a court's part (云溪法庭, 调解中心成立以来)."""
    if said.endswith(DESKS):
        return _NO_DESK.search(said) is None
    return said[-1:] in SINCE and _DESK_SINCE.search(said) is not None


def is_counted_by_desk(before: str, said: str) -> bool:
    """Whether a clause speaks of a court's part, whose own cases are counted, unless they are all of its field."""
    if not is_of_desk(said) or not _COUNTS_CASES.search(before) or _MOVES_IN.search(said):
        return False
    field = _FIELD_SET_UP.search(said)
    return field is None or field["field"] not in before


def done_by_desk(words: str) -> bool:
    """Whether words count what a desk or a leader did (速裁团队审结320件)."""
    return _DONE_BY_DESK.search(words) is not None


def is_average_of_some(said: Sequence[str]) -> bool:
    """Whether what was said before an average names only some who decide cases."""
    return any(map(_SOME_STAFF.search, said))
