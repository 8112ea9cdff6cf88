"""A headline for a highlight: at most thirty characters, every one of them from the highlight, in its order."""

import re
from collections.abc import Iterator

from .clauses import Clause, Passage
from .cues import Cue
from .groups import Group
from .standing import height

LIMIT = 30
_ASIDE = re.compile(r"（[^）]*）")
_LEAD = re.compile(
    r"(?:其中|同时|此外|目前|一年来|五年来|三年来|近年来|全年|先后|积极|大力|深入|持续|全面|扎实|着力|依法|不断|坚持|重点|广泛|常态化|"
    r"严格|切实|进一步|主动|始终|[0-9]{4}年(?:以来|来|度)?[，,]?|并|共(?![享建青有])|还|(?:我院|本院|全院)?(?:组织|牵头|自主|集中)?(?:办理|打造|报送|撰写|拍摄|选送|创新|研发|推荐|制作)的)+"
)
_NAMED = re.compile(r"“[^”]{2,24}”[^“”，]{0,12}$")
_CARRIES_ON = ("入选", "获", "被", "受到", "得到", "荣获")
_BREAK = re.compile(r"[、，；”》]")
_FILLER = re.compile(r"[，、；\x00]+$")


def title_of(passage: Passage, group: Group, region: str | None) -> str:
    """The first wording that fits; the last resort is a cut at a natural break."""
    barest = ""
    for wording in _wordings(passage, group, region):
        title = _clean(wording)
        if 6 <= len(title) <= LIMIT:
            return title
        barest = title if not barest or 6 <= len(title) < len(barest) else barest
    return _cut(barest)


def _wordings(passage: Passage, group: Group, region: str | None) -> Iterator[str]:
    """Wordings from the fullest to the barest."""
    text = passage.text
    whole = text[group.start : group.end]
    yield _lean(whole)
    covered = [c for c in passage.clauses if group.start <= c.start < group.end]
    recognitions = sorted((cue for cue in group.cues if cue.recognition), key=lambda cue: height(passage, cue, region))
    if recognitions:
        yield from _recognised(text, covered, group, recognitions[0])
    else:
        yield from (
            _lean(text[c.start : c.end]) for c in covered if any(c.start <= cue.start < c.end for cue in group.cues)
        )


def _recognised(text: str, covered: list[Clause], group: Group, best: Cue) -> Iterator[str]:
    """What was recognised and how, each from its fuller to its barer wording."""
    clause = next(c for c in covered if c.start <= best.start < c.end)
    full = text[best.start : clause.end]
    nameless = text[best.start : best.issuer[0]] + text[best.issuer[1] : clause.end] if best.issuer else full
    subject = _lean(_subject(text, covered, group, best))
    for who in dict.fromkeys((subject, _core(subject))):
        yield from (who + tail for tail in dict.fromkeys((full, nameless, _cut_tail(full), _cut_tail(nameless))))
    yield _lean(full)
    yield _lean(nameless)


def _subject(text: str, covered: list[Clause], group: Group, best: Cue) -> str:
    """What was recognised: the words before the first recognition of the group, in the clause that names it."""
    first = min((cue for cue in group.cues if cue.recognition), key=lambda cue: cue.start)
    if best is not first and not text.startswith(_CARRIES_ON, best.start):
        return ""
    return text[group.start : min(covered[0].end, first.start)]


def _core(subject: str) -> str:
    """The named thing in a longer subject: “三色预警”执行工作法 of 创新推出“三色预警”执行工作法."""
    found = _NAMED.search(subject)
    return found.group() if found else subject


def _cut_tail(tail: str) -> str:
    """A recognition without the second and later items of its list."""
    stop = tail.find("、")
    return tail if stop < 0 else tail[:stop]


def _lean(text: str) -> str:
    """Without the adverbs that open it, and without asides where it is too long."""
    text = _ASIDE.sub("", text) if len(text) > LIMIT else text
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead and len(text) - lead.end() >= 6 else text


def _clean(text: str) -> str:
    return _FILLER.sub("", text.replace("\x00", ""))


def _cut(text: str) -> str:
    """The longest beginning that fits and ends at a break with its quotation marks paired."""
    stops = [m.start() + (m.group() in "”》") for m in _BREAK.finditer(text[: LIMIT + 1])]
    for stop in reversed([s for s in stops if 8 <= s <= LIMIT]):
        head = text[:stop]
        if head.count("“") == head.count("”") and head.count("《") == head.count("》"):
            return head
    return text[:LIMIT]
