"""Whose work a text reports: the organs it is about, the first of them its own."""

import re
from collections import Counter
from dataclasses import dataclass

from shushuo_extract.engine.types import Document
from shushuo_extract.rules import regions
from shushuo_extract.rules.meta.head import Head
from shushuo_extract.rules.organs import names
from shushuo_extract.rules.organs.mentions import Mention, mentions, unlisted
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.owners import subjects
from shushuo_extract.rules.organs.resolve import Home, resolve

_BEHALF = re.compile(r"我(?:受[^，。]{2,20}委托，)?代表\Z")
_SOUGHT = re.compile(r"(?:找到了?|来到了?|走进)\Z")  # where a story's people turn for help
_TITLE_LINE = 46
_RUNG_OF_SCOPE: dict[str, regions.Rung] = {"省": "province", "市": "prefecture", "州": "prefecture", "县": "county", "区": "county"}


@dataclass(frozen=True, slots=True)
class Scored:
    """An organ and how much of the text is about it."""

    organ: Organ
    score: float


def home(doc: Document, head: Head) -> Home:
    """The text's own organs: those that its title, its opening and its sentences are about."""
    found = mentions(doc.view)
    acting = {one.start for one in subjects(doc.view)}
    scores: Counter[Organ] = Counter()
    titles = _title_starts(head)
    for mention in found:
        organ = _absolute(doc, mention, titles)
        if organ:
            scores[organ] += _weight(doc, mention, acting, titles)
    _favour_scope(scores, found)
    if not scores:
        return Home()
    best = max(scores, key=lambda organ: (scores[organ], organ.level == "supreme"))
    if best.level == "supreme":
        return Home((best, *_other_supreme(doc, best, acting)), None, nationwide=True)
    return Home((best, *_twin(doc, best, scores, acting)), best.seat)


def _title_starts(head: Head) -> dict[int, int]:
    """Offsets of the head's short lines, and where each ends."""
    short: dict[int, int] = {}
    for at, line in head.lines[:12]:
        if len(line) > _TITLE_LINE or line.endswith(("。", "，", "；")):
            break
        short[at] = at + len(line)
    return short


def _absolute(doc: Document, mention: Mention, titles: dict[int, int]) -> Organ | None:
    """The organ that a mention means without knowing whose text it is."""
    if mention.shape in ("national", "group"):
        return names.supreme(mention.kind)
    if mention.shape in ("named", "supreme"):
        return resolve(mention)
    if mention.shape == "generic" and not mention.place and not mention.field:
        return names.supreme(mention.kind)
    full = unlisted(doc.view, mention)
    opens = doc.view.rfind("\n", 0, mention.start) if full else 0
    alone = full and len(doc.view[opens + 1 : mention.start].strip()) <= len(mention.place)
    return names.unlisted(full, mention.kind) if alone else None


def _weight(doc: Document, mention: Mention, acting: set[int], titles: dict[int, int]) -> float:
    if mention.shape == "generic" and not mention.place:
        return 0.5 if mention.start in acting and mention.tail != "法院" else 0.1
    weight = 1.0
    if _BEHALF.search(doc.view, max(0, mention.start - 30), mention.start):
        weight += 20
    for start, end in titles.items():
        if start <= mention.start < end:
            weight += 8 if mention.start - start <= 2 + len(mention.place) and mention.shape != "supreme" else 2
    if mention.start in acting:
        weight += 2
    return weight


def _favour_scope(scores: Counter[Organ], found: tuple[Mention, ...]) -> None:
    """全市法院, 县检察院 … tell of which rung the text's own place is, and that it is no national text."""
    scopes = Counter(one.scope[-1] for one in found if one.shape == "relative")
    if sum(scopes.values()) < 2:
        return
    for organ in scores:
        if organ.level == "supreme":
            scores[organ] *= 0.2  # type: ignore[assignment]
    scope = scopes.most_common(1)[0][0]
    for organ in scores:
        if organ.seat and organ.seat.rung == _RUNG_OF_SCOPE.get(scope):
            scores[organ] += 3


def _other_supreme(doc: Document, best: Organ, acting: set[int]) -> tuple[Organ, ...]:
    """The other supreme organ, where the text reports work of both."""
    kind: names.OrganKind = "court" if best.kind == "procuratorate" else "procuratorate"
    for mention in mentions(doc.view):
        if mention.kind == kind and mention.start in acting and _reports(doc, mention):
            return (names.supreme(kind),)
    return ()


_FIGURE = re.compile(r"[0-9][^，。；]{0,3}[件人元起家份次万亿%]")


def _reports(doc: Document, mention: Mention) -> bool:
    """Whether a national mention acts, with a figure or by name."""
    if mention.shape == "supreme":
        return True
    if mention.shape not in ("national", "generic") or mention.place:
        return False
    stop = min((at for at in (doc.view.find("。", mention.end), doc.view.find("；", mention.end)) if at >= 0), default=mention.end)
    return bool(_FIGURE.search(doc.view, mention.end, min(stop, mention.end + 120)))


def _twin(doc: Document, best: Organ, scores: Counter[Organ], acting: set[int]) -> tuple[Organ, ...]:
    """The other organ of the same place, where the page is of both."""
    kind: names.OrganKind = "court" if best.kind == "procuratorate" else "procuratorate"
    for organ in scores:
        if organ.kind == kind and organ.seat == best.seat and organ.level == best.level and scores[organ] >= 8:
            if organ.seat or _place(organ) == _place(best):
                return (organ,)
    return ()


def _place(organ: Organ) -> str:
    return re.sub(r"(?:中级|高级)?人民(?:法院|检察院)", "", organ.name)


def reported(doc: Document, own: Home) -> tuple[Organ, ...]:
    """All organs whose work the text reports: its own, and those below (anywhere, in a national text) that act in it."""
    organs = list(own.organs)
    acting = {one.start for one in subjects(doc.view)}
    before: Organ | None = None
    for mention in mentions(doc.view):
        organ = before if mention.shape == "that" else resolve(mention, own) if mention.shape == "named" else None
        before = organ or before
        sought = _SOUGHT.search(doc.view, max(0, mention.start - 4), mention.start)
        if organ and organ not in organs and (mention.start in acting or sought) and _counts(organ, own):
            organs.append(organ)
    return tuple(organs)


def _counts(organ: Organ, own: Home) -> bool:
    if own.nationwide:
        return True
    return bool(organ.seat and own.seat and organ.seat.within(own.code) and organ.name not in {one.name for one in own.organs})
