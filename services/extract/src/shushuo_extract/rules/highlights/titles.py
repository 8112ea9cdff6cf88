"""A headline for a highlight: at most thirty characters, every one of them from the highlight, in its order."""

import re
from collections.abc import Iterator

from shushuo_extract.engine.literals import any_of

from .clauses import Clause, Passage
from .cues import Cue
from .outcomes import Group
from .standing import Ladder

LIMIT, LEAST = 30, 6
_ASIDE = re.compile(r"（[^）]*）")
_ADVERBS = (
    "其中", "同时", "此外", "目前", "一年来", "五年来", "三年来", "近年来", "全年", "先后", "积极", "大力", "深入",
    "持续", "全面", "扎实", "着力", "依法", "不断", "坚持", "重点", "广泛", "常态化", "严格", "切实", "进一步", "主动",
    "始终", "并", "还",
)  # fmt: skip
_OURS, _BY_US = ("我院", "本院", "全院"), ("组织", "牵头", "自主", "集中")
_MADE = ("办理", "打造", "报送", "撰写", "拍摄", "选送", "创新", "研发", "推荐", "制作")
_LEAD = re.compile(
    rf"(?:{any_of(_ADVERBS)}|共(?![享建青有同])|(?:[0-9]{{4}}年(?:以来|来|度)?、?)+[，,]?"
    rf"|{any_of(_OURS)}?{any_of(_BY_US)}?{any_of(_MADE)}的)+"
)
_LEADERS = frozenset("共0123456789") | {word[0] for word in (*_ADVERBS, *_OURS, *_BY_US, *_MADE)}
_COMPANY = re.compile(
    r"(?:联合|会同|携手|与)[^，]{1,20}?(?=建立|打造|搭建|设立|构建|制定|出台|印发|开展|推进|共建|签订)"
)
_STORY = re.compile(
    r".*?在(?:办理|审理|执行|处理|调处)?的?(?:一[起件宗])?(?P<case>[^，]*(?:案|纠纷)件?)(?:中|时|过程中)"
)
_TITLED = re.compile(r"(?:[\u4e00-\u9fff]{2}了?)?《[^》]+》")
_CARRIES_ON = ("入选", "获", "被", "受到", "得到", "荣获", "在", "写入", "居", "位")
_QUOTE, _JOINT = re.compile("“"), re.compile("[、的，]")
_BREAK = re.compile(r"[、，；”》]")
_EDGE = "，、；\x00"


def title_of(passage: Passage, group: Group, ladder: Ladder) -> str:
    """The first wording that fits; the last resort is a cut at a natural break."""
    text = passage.text
    barest = _lean(text[group.start : group.end]).replace("\x00", "").strip(_EDGE)
    if _fits(barest):
        return barest
    covered = [c for c in passage.clauses if group.start <= c.start < group.end]
    recognitions = [cue for cue in group.cues if cue.recognition]
    if recognitions:
        wordings = _recognised(text, covered, recognitions, ladder.highest(text, recognitions))
    else:
        wordings = _done(text, covered, group)
    for wording in wordings:  # from the fullest to the barest
        title = wording.replace("\x00", "").strip(_EDGE)
        if _fits(title):
            return title
        barest = title if not barest or LEAST <= len(title) < len(barest) else barest
    return _cut(barest)


def _fits(title: str) -> bool:
    """Whether a title has a good length and every quotation opened is closed."""
    return LEAST <= len(title) <= LIMIT and _is_whole(title)


def _done(text: str, covered: list[Clause], group: Group) -> Iterator[str]:
    """A deed: a story by its case and outcome, anything else by one of its clauses, without the company it had."""
    if group.tells_on:
        opening, outcome = (text[c.start : c.end] for c in (covered[0], covered[-1]))
        case, mark = _STORY.fullmatch(opening), text[covered[0].end : covered[0].end + 1]
        yield from (f"{case['case'] if case else opening}{mark}{outcome}", outcome)
    for clause in covered:
        cues = [cue for cue in group.cues if clause.start <= cue.start < clause.end]
        if cues:
            lean = _lean(text[clause.start : clause.end])
            yield lean
            yield _COMPANY.sub("", lean, count=1)
            yield from _TITLED.findall(lean)
            for cue in cues:
                yield text[cue.start : clause.end]


def _recognised(text: str, covered: list[Clause], recognitions: list[Cue], best: Cue) -> Iterator[str]:
    """What was recognised and how, each from its fuller to its barer wording."""
    clause = next(c for c in covered if c.start <= best.start < c.end)
    measured = best.about == "measure" and clause is not covered[0]  # 数量, 降幅: without it another thing is ranked
    full = text[clause.start if measured else best.start : clause.end]
    nameless = full if measured else _nameless(text, best, clause)
    subject = _lean(_subject(text, covered, recognitions[0], best))
    tails = list(dict.fromkeys((full, nameless, _cut_tail(full), _cut_tail(nameless))))
    for tail in tails:
        yield subject + tail
    parts = _endings(subject, told_here=subject in text[clause.start : clause.end])
    for tail in tails:
        for part in parts:
            yield part + tail
    yield _lean(full)
    yield _lean(nameless)


def _nameless(text: str, best: Cue, clause: Clause) -> str:
    """The recognition without the words that name who gave it, where it still says something."""
    if best.issuer is None or best.issuer[1] >= clause.end:
        return text[best.start : clause.end]
    return text[best.start : best.issuer[0]] + text[best.issuer[1] : clause.end].removeprefix("的")


def _subject(text: str, covered: list[Clause], first: Cue, best: Cue) -> str:
    """What was recognised: the words before the first recognition of the group, in the clause that names it."""
    if best is not first and not text.startswith(_CARRIES_ON, best.start):
        return ""
    if best.about == "organ" and first.about == "measure":
        return ""
    return text[covered[0].start : min(covered[0].end, first.start)]


def _endings(subject: str, *, told_here: bool) -> list[str]:
    """What is left of a long subject from a name in quotation marks on, or from a joint of its list; longest first.

    A subject that is another clause has a verb of its own, so only the name in it can stand for it.
    """
    starts = {m.start() for m in _QUOTE.finditer(subject)}
    starts |= {m.end() for m in _JOINT.finditer(subject)} if told_here else set()
    return [subject[start:] for start in sorted(starts) if start and len(subject) - start >= 4]


def _cut_tail(tail: str) -> str:
    """A recognition without the second and later items of its list."""
    stop = tail.find("、")
    return tail if stop < 0 else tail[:stop]


def _lean(text: str) -> str:
    """Without the adverbs that open it, and without asides where it is too long."""
    text = _ASIDE.sub("", text) if len(text) > LIMIT and "（" in text else text
    lead = _LEAD.match(text) if text and text[0] in _LEADERS else None
    if lead is None:
        return text
    return text[lead.end() :] if len(text) - lead.end() >= LEAST or lead.end() == len(text) else text


def _is_whole(text: str) -> bool:
    """Whether every quotation opened is closed."""
    return text.count("“") == text.count("”") and text.count("《") == text.count("》")


def _cut(text: str) -> str:
    """The longest beginning that fits and ends at a break with its quotation marks paired."""
    stops = [m.start() + (m.group() in "”》") for m in _BREAK.finditer(text[: LIMIT + 1])]
    heads = (text[:stop] for stop in reversed(stops) if 8 <= stop <= LIMIT)
    return next((head for head in heads if _is_whole(head)), text[:LIMIT])
