"""Clause groups: which clauses make one highlight, from the achievement named to the recognition named."""

import re
from collections.abc import Mapping

from .clauses import Passage
from .cues import Cue
from .origins import NAMED_ORGAN, REACH, RESULTS, STATISTIC, case_taken, origin_of
from .outcomes import Group, ends_in_case, tell_out
from .vocabulary import words

_ADVERBS = (
    r"(?:并|还|也|又|再|均|都|先后|多次|陆续|相继|成功|首次|再次|连续[0-9一二三四五六七八九十两]+[年次届个月]+(?:度)?|[0-9一二三四五六七八九十两]+次|"
    r"分别|共|共计|累计|全年|年内|同时|顺利|一举|光荣|继续|(?:[0-9]{4}年度?、?)+|[今去当同]年[初底]?|年[初底]|日前|近[日期]|最近|不久前|此前|后来|(?<=年)[0-9]{1,2}月份?|、|已|曾|经|要求|由此|因此|从而|一并|双双|更|且|获|被|得到|受到|"
    r"居|位居|位列|分列|分居|并列|列|排名|排|为|达到|成为|稳居|保持|在[^，在]{2,40}?(?:考核|考评|评选|评比|会议|活动|测评)?(?:中|里|上|期间))*"
)
_ELIDED = re.compile(_ADVERBS)
_ANAPHOR = re.compile(
    rf"{_ADVERBS}(?:(?:该|其|此|相关|有关|上述|这一)[^，]{{0,4}}{words('context', 'anaphors')}(?:作为[^，]{{2,10}})?"
    rf"|{words('context', 'bare_anaphors')}|有?[两一二三四五六七八九十0-9]+项(?:指标|成果|经验|做法)?"
    rf"|(?:案件|纠纷|入选|获奖|获评|上榜|刊发)?(?:数量|总数|总量|件数|人数|篇数)|(?:平均)?(?:用时|时长|天数|周期)"
    rf"|[同环]?比?(?:[降增升涨跌]幅|增速|(?:下降|上升|增长)幅度)){_ADVERBS}"
)
_COUNT = re.compile(rf"(?:办案|受理|收案|立案|审结|结案|执结|办结|起诉|批捕|化解)(?:总|案件|件)?数{_ADVERBS}")
_MEANS = re.compile(words("context", "means"))
_BEGINS_NEW = re.compile(r"^(?:issues|publishes)")
_APPOSED = re.compile(r"这也?是|该案[系是为]|[系是为]|也是|成为")
_AT_LEAST, _NEW_GROUND = 4, "breaks new ground"
_THAT_CASE = re.compile(r"[该此本](?:系列)?(?:案|判决|裁判|文书)|案件$")
_SOME_OF_US = re.compile(r"(?:有|共有?|先后有?)*[0-9]+(?:余|多)?[个名]")


def gather(passage: Passage, found: Mapping[int, list[Cue]], *, whole: bool = False) -> list[Group]:
    """The highlights of one sentence in order, none overlapping another, from the cues of each clause by its index.

    The only one of a headline is lifted out as a ``whole``.
    """
    groups: list[Group] = []
    for i, cues in found.items():
        recognition = _recognition(cues)
        if recognition is not None:
            _recognise(passage, groups, i, cues, recognition)
        else:
            _stand(passage, groups, i, cues)
    limit = len(passage.text)
    for group in reversed(groups):
        tell_out(passage, group, limit)
        limit = group.start
    if whole and len(groups) == 1:
        _cover(passage, groups[0])
    return groups


def _cover(passage: Passage, group: Group) -> None:
    """A headline is lifted out as a whole; of one whose parts blanks keep apart, the part that has its own subject."""
    text, parted = passage.text, group.own_subject
    start = text.rfind("\x00", 0, group.start) + 1 if parted else 0
    end = text.find("\x00", group.end) if parted else -1
    inside = [clause for clause in passage.clauses if clause.start >= start and (end < 0 or clause.end <= end)]
    group.start, group.end = inside[0].start, inside[-1].end


def _recognition(cues: list[Cue]) -> Cue | None:
    for cue in cues:
        if cue.recognition:
            return cue
    return None


def _recognise(passage: Passage, groups: list[Group], i: int, cues: list[Cue], cue: Cue) -> None:
    clause = passage.clauses[i]
    prefix = passage.text[clause.start : cue.start]
    elided = not prefix or _ELIDED.fullmatch(prefix) is not None
    last = groups[-1] if groups else None
    counted = last is not None and last.is_deed and _COUNT.fullmatch(prefix) and _ranks(passage, last, i, prefix)
    if clause.strong or not (elided or counted or _ANAPHOR.fullmatch(prefix)):
        groups.append(Group(clause.start, clause.end, i, cues, own_subject=not elided, is_deed=False))
        return
    origin = origin_of(passage, i, cue)
    if _THAT_CASE.match(prefix) or (elided and "typical_case" in cue.types):
        origin = min(origin, case_taken(passage, i))
    comes_of = _ranks if cue.about == "measure" else _comes_of if cue.about == "thing" else None
    if last is not None and last.is_deed and comes_of and comes_of(passage, last, i, prefix):
        origin = last.last
    if last is not None and last.last >= min(origin, i - 1) and _continues(passage.text, last, cue, prefix, origin):
        last.extend(clause, i, cues, is_deed=False)
        return
    first = max(origin, last.last + 1 if last else 0)
    start = passage.clauses[first].start
    groups.append(Group(start, clause.end, i, cues, own_subject=first < i, is_deed=False))


def _continues(text: str, last: Group, cue: Cue, prefix: str, origin: int) -> bool:
    """Whether a recognition without a subject belongs to the highlight before it."""
    if prefix.startswith(("相关", "有关")) and not last.is_deed:
        return "honor" not in last.cues[-1].types
    if cue.rule.startswith("brings forth"):
        return False
    if cue.about == "organ":
        same = last.own_subject and last.cues[-1].about == "organ" and not _SOME_OF_US.match(text, last.start)
        return origin <= last.last if last.is_deed else same
    return not (cue.about == "measure" and last.cues[-1].types == ("honor",))


def _comes_of(passage: Passage, deed: Group, i: int, prefix: str) -> bool:
    """Whether clause ``i`` recognises a deed told before: right after what came of it, or, of a case, however late."""
    if _only_results(passage, deed.last + 1, i):
        return True
    told_on = deed.tells_on or _THAT_CASE.match(prefix) is not None
    return told_on and _is_story(passage, deed, i)


def _ranks(passage: Passage, deed: Group, i: int, prefix: str) -> bool:
    """Whether clause ``i`` ranks what a named organ did: the figures of its deed alone stand between."""
    between = passage.clauses[deed.last + 1 : i]
    named = NAMED_ORGAN.match(passage.text, deed.start, deed.end) is not None
    return named and all(not c.strong and STATISTIC.search(passage.text, c.start, c.end) for c in between)


def _is_story(passage: Passage, deed: Group, i: int) -> bool:
    """Whether a deed is a case that nothing stronger than commas parts from clause ``i``."""
    between = passage.clauses[deed.last + 1 : i + 1]
    return any("case_story" in cue.types for cue in deed.cues) and not any(clause.strong for clause in between)


def _only_results(passage: Passage, start: int, end: int) -> bool:
    """Whether the clauses between a deed and its recognition only tell what came of it: one, or words or figures."""
    between = passage.clauses[start:end]
    if len(between) == 1:
        return not between[0].strong
    return len(between) < REACH and all(
        not c.strong and (RESULTS.match(passage.text, c.start) or STATISTIC.search(passage.text, c.start, c.end))
        for c in between
    )


def _stand(passage: Passage, groups: list[Group], i: int, cues: list[Cue]) -> None:
    clause, last = passage.clauses[i], groups[-1] if groups else None
    if last is not None and (
        clause.start < last.end or _joins(passage, last, i, cues) or _tells_on(passage, last, i, cues)
    ):
        last.extend(clause, i, cues, is_deed=True)
        return
    if last is not None and last.last == i - 1 and not clause.strong and cues[0].rule == _NEW_GROUND:
        last.extend(clause, i, cues, is_deed=last.is_deed)
        return
    start = clause.start
    if i > 0 and not clause.strong and _APPOSED.match(passage.text, clause.start, clause.end):
        if last is not None and _apposes(passage, last, i):
            last.extend(clause, i, cues, is_deed=True)
            return
        before = passage.clauses[i - 1]
        start = before.start if before.end - before.start > _AT_LEAST else start  # 据悉 names nothing
    elif i > 0 and not clause.strong and (last is None or last.last < i - 1):
        before = passage.clauses[i - 1]
        if _MEANS.match(passage.text, before.start, before.end):
            start = before.start
    opens = cues[0].start
    start = min(start, opens if last is None or opens >= last.end else clause.start)
    groups.append(Group(start, max(clause.end, cues[-1].end), i, cues, own_subject=True, is_deed=True))


def _joins(passage: Passage, last: Group, i: int, cues: list[Cue]) -> bool:
    """Whether clause ``i`` names more of what the deeds right before it name, and no organ of its own."""
    clause = passage.clauses[i]
    side_by_side = last.last == i - 1 and last.is_deed and not clause.strong
    return side_by_side and _runs_on(last, cues) and not NAMED_ORGAN.match(passage.text, clause.start, clause.end)


def _tells_on(passage: Passage, last: Group, i: int, cues: list[Cue]) -> bool:
    """Whether clause ``i`` goes on with the case told before it."""
    opened = last.tells_on or ends_in_case(passage.text, last)
    told = opened and all(cue.types == ("case_story",) for cue in cues)
    return told and last.is_deed and _is_story(passage, last, i)


def _apposes(passage: Passage, last: Group, i: int) -> bool:
    """Whether 系全市首例 or 这是 in clause ``i`` speaks of the highlight before, not of the clause before."""
    if last.is_deed and _is_story(passage, last, i):
        return True
    if passage.text.startswith("这", passage.clauses[i].start):
        return last.last >= i - REACH
    between = passage.clauses[last.last + 1 : i]
    return len(between) < REACH and all(STATISTIC.search(passage.text, c.start, c.end) for c in between)


def _runs_on(last: Group, cues: list[Cue]) -> bool:
    """Whether named deeds side by side are one: programmes with programmes, documents with documents."""
    kinds = {type_ for cue in [*last.cues, *cues] for type_ in cue.types}
    if kinds != {"initiative"}:
        return False
    return bool(_BEGINS_NEW.match(cues[0].rule)) == bool(_BEGINS_NEW.match(last.cues[-1].rule))
