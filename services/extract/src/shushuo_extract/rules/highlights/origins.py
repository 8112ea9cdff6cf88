"""Where the achievement is named that a clause without a subject recognises."""

import re

from .clauses import Clause, Passage
from .cues import Cue
from .vocabulary import words

_WHEN = re.compile(
    r"(?:[0-9]{4}年(?:度|以来|来|底|初)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[一二三四五两]年来|(?:今|去|全|近)年(?:来|以来)?|一年来|过去[一五]年|同时|此外|目前|据统计|其间|期间)"
)
RESULTS = re.compile(words("context", "results"))
_OF_SUCH = re.compile(r"(?:同类|此类|该类|这类|类似)[^，]{0,10}?(?:案件|纠纷|问题|事件|犯罪|收案|发案|投诉|信访)")
_COMPARES = re.compile(r"(?:高于|低于|高出|优于|同比|环比|较|比|上升|下降|提升|提高|增长|降低|缩短)")
STATISTIC = re.compile(r"(?:[0-9]\S{0,6}|[一二三四五六七八九]成)$")
_CASE_TAKEN = re.compile(r"(?:[查侦承]办|办理|监督|审理|审结|办结|判决|执行|起诉|调解|化解)[^，]*(?:案|纠纷)$")
_SEVERAL = re.compile(r"(?P<n>[两二三四五2-5])项(?:指标|数据)")
NAMED_ORGAN = re.compile(
    r"(?![我本该全两各与]|辖区|基层|人民|联合|会同|协同|推动)"
    r"(?:[一-龥]{2,8}(?:[市县区州旗省]|铁路)(?:[高中]级)?(?:人民)?(?:法院|检察院|检察机关)|[一-龥]{2,3}(?:法院|检察院|检察机关|[中高]院))"
)
_TEAM = re.compile("“[^”]{2,12}”[一-龥]{0,6}(?:工作室|团队|法庭|办案组|工作站)")
_NAMED_BODY = re.compile(f"{NAMED_ORGAN.pattern}|{_TEAM.pattern}")
_PERSON = re.compile(rf"[^，]{{0,12}}?{words('context', 'persons')}{words('case', 'surnames')}(?![均额])")
_BODY = re.compile(r"(?:法庭|检察室|团队|[庭局部院])$")
_TAKES_UP = re.compile(
    rf"{NAMED_ORGAN.pattern}(?:针对|聚焦|围绕|立足|瞄准|着眼|面对)"
)  # with the organ an achievement is of
REACH = 4


def origin_of(passage: Passage, i: int, cue: Cue) -> int:
    """Index of the clause that names what clause ``i`` recognises; ``i`` where that is the organ's own honour."""
    clauses = passage.clauses
    if i == 0 or clauses[i].strong:
        return i
    before = clauses[i - 1]
    if _WHEN.fullmatch(passage.text, before.start, before.end):
        return i
    if cue.about == "measure":
        return _measured(passage, i, cue)
    if cue.about == "organ":
        return i - 1 if _shares_topic(passage.text, before, clauses[i]) else _recorded(passage, i)
    j = i - 1
    while j > 0 and i - j < REACH and not clauses[j].strong and _is_result(passage.text, clauses[j].start):
        j -= 1
    if j > 0 and not clauses[j].strong and _TAKES_UP.match(passage.text, clauses[j - 1].start, clauses[j - 1].end):
        return j - 1
    return j + (_WHEN.fullmatch(passage.text, clauses[j].start, clauses[j].end) is not None)


def _is_result(text: str, start: int) -> bool:
    """Whether a clause tells only what came of the one before (实现…; 同类案件下降…)."""
    return (RESULTS.match(text, start) or _OF_SUCH.match(text, start)) is not None


def case_taken(passage: Passage, i: int) -> int:
    """The clause that took up the case which clause ``i`` calls 该案; else the one before it."""
    for j in range(i - 1, -1, -1):
        clause = passage.clauses[j]
        if _CASE_TAKEN.search(passage.text, clause.start, clause.end):
            return j
        if clause.strong:
            break
    return max(0, i - 1)


def _recorded(passage: Passage, i: int) -> int:
    """Where a named organ's record begins that it is honoured for; ``i`` where none is told."""
    text, clauses = passage.text, passage.clauses
    j = first = _back(passage, i, REACH)
    if _PERSON.match(text, clauses[first].start):
        return first
    while j < i and not all(_is_record(text, c) for c in clauses[j:i]):
        j += 1
    if j == i:
        return i
    if j > first and _BODY.search(text, clauses[j - 1].start, clauses[j - 1].end):
        j -= 1
    return j if _NAMED_BODY.match(text, clauses[j].start, clauses[j].end) else i


def _is_record(text: str, clause: Clause) -> bool:
    """Whether a clause ends in what was achieved, or tells what a named team has done."""
    return bool(STATISTIC.search(text, clause.start, clause.end) or _TEAM.match(text, clause.start, clause.end))


def _measured(passage: Passage, i: int, cue: Cue) -> int:
    """The clause that has what is ranked: the one before, past any that only compares it; of 两项指标 the last two."""
    if cue.measured is not None:
        return _back(passage, i, sum(clause.start > cue.measured for clause in passage.clauses[: i + 1]))
    several = _SEVERAL.match(passage.text, passage.clauses[i].start)
    if several:
        return _back(passage, i, "一二三四五".find(several["n"].replace("两", "二")) + 1 or int(several["n"]))
    j = i - 1
    while j > 0 and i - j < REACH and not passage.clauses[j].strong:
        if not _COMPARES.match(passage.text, passage.clauses[j].start):
            break
        j -= 1
    return j


def _back(passage: Passage, i: int, count: int) -> int:
    """``count`` clauses before ``i``, or the first of them that commas join to it."""
    j = i
    while j > 0 and i - j < count and not passage.clauses[j].strong:
        j -= 1
    return j


def _shares_topic(text: str, before: Clause, clause: Clause) -> bool:
    """Whether two clauses have three characters in a row in common."""
    told = text[before.start : before.end]
    return any(text[k : k + 3] in told for k in range(clause.start, clause.end - 2))
