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
    r"严格|切实|进一步|主动|始终|[0-9]{4}年(?:以来|来|度)?[，,]?|并|共(?![享建青])|还)+"
)
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
        best = recognitions[0]
        subject = _subject(text, covered, group, best)
        clause = next(c for c in covered if c.start <= best.start < c.end)
        for tail in (text[best.start : clause.end], _cut_tail(text[best.start : clause.end])):
            yield _lean(subject) + tail
        yield _lean(text[best.start : clause.end])
    else:
        yield from (_lean(text[c.start : c.end]) for c in covered if any(c.start <= cue.start < c.end for cue in group.cues))


def _subject(text: str, covered: list[Clause], group: Group, best: Cue) -> str:
    """What was recognised: the words before the first recognition of the group, in the clause that names it."""
    first = min((cue for cue in group.cues if cue.recognition), key=lambda cue: cue.start)
    head = covered[0]
    told = text[group.start : min(head.end, first.start)]
    return told if first.start <= best.start else ""


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
