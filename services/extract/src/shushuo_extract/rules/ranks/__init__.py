"""Placings among peers: where they stand in the text, among whom, which, and of what."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from shushuo_extract.engine.types import Bound, Document, Naming, Sentence
from shushuo_extract.rules.ranks.rules import AHEAD, FURTHER, LEADING, POSITION, RULES, TERMS, Place, number
from shushuo_extract.rules.ranks.subject import Ranked, dealt, only_adverbs, ranked
from shushuo_shared.report import Rank

_REACH = 46
_WISH_REACH = 24
_JOINT_REACH = 12
_PART = re.compile(r"，其中(?:有)?[0-9]{1,3}项")
_ENUMERATES = re.compile("的?(?:(?:依次|分别)?[为是]|案由|罪名|案件|类型|纠纷)")  # 数量排名前三的依次为 …


def find(doc: Document, bounds: Sequence[Bound], namings: Sequence[Naming]) -> list[Rank]:
    """Every placing told as achieved, in the order of the text."""
    pairs = sorted(zip(bounds, namings, strict=True), key=lambda pair: pair[0].amount.start)
    ordered, named = [bound for bound, _ in pairs], [naming for _, naming in pairs]
    found: list[Rank] = []
    for place, rule in _places(doc.view):
        sentence = max(0, bisect_right(doc.sentences, place.start, key=lambda one: one.start) - 1)
        extent = doc.sentences[sentence]
        if extent.zone != "body" or place.end > extent.end or _wished(doc.view, extent.start, place.start):
            continue
        if place.position is None and _ENUMERATES.match(doc.view, place.end):
            continue
        about = _again(doc, found, place) or ranked(doc, sentence, place, ordered, named)
        if about.indicator:
            listed = _listed(doc.view, place, about, dealt(place, about, ordered, named))
            found += [
                _rank(doc, one, what, extent=extent, rule=rule, nth=len(found) + n)
                for n, (one, what) in enumerate(listed, 1)
            ]
    return found


def _listed(view: str, place: Place, about: Ranked, several: list[Ranked]) -> list[tuple[Place, Ranked]]:
    """A placing and those that go on with only a position; as many indicators as positions are dealt out in order."""
    places = [place]
    while (further := FURTHER.match(view, places[-1].end)) is not None:
        start, end = further.span("text")
        places.append(replace(place, start=start, end=end, position=number(further["nth"]), about=start))
    if len(several) == len(places):
        return list(zip(places, several, strict=True))
    if several:
        about = Ranked("、".join(one.indicator for one in several))
    parts = re.split("[、和及]", about.indicator)
    if len(parts) != len(places) or len(places) == 1:
        return [(one, about) for one in places]
    return [(one, Ranked(part)) for one, part in zip(places, parts, strict=True)]


def _rank(doc: Document, place: Place, about: Ranked, *, extent: Sentence, rule: str, nth: int) -> Rank:
    return Rank(
        id=f"r{nth}",
        start=place.start,
        end=place.end,
        text=doc.text[place.start : place.end],
        scope=place.scope,
        position=place.position,
        indicator=about.indicator,
        alt=list(about.alt),
        of=about.of,
        sentence=(extent.start, extent.end),
        rule=rule,
    )


def _again(doc: Document, found: list[Rank], place: Place) -> Ranked | None:
    """What the placing before named, where this one goes on with it (全省第七、全市第一)."""
    if not found or not 0 <= place.about - found[-1].end < _JOINT_REACH:
        return None
    between = doc.view[found[-1].end : place.about]
    joint = only_adverbs(between) or _PART.fullmatch(between)
    return Ranked(found[-1].indicator, tuple(found[-1].alt), found[-1].of) if joint else None


def _places(view: str) -> list[tuple[Place, str]]:
    """Placings by their form alone, none overlapping another."""
    found = [(LEADING.produce(match), LEADING.name) for match in AHEAD.finditer(view)]
    found += [_place(view, match.start(), match.end()) for match in POSITION.finditer(view)]
    placed = sorted(((place, rule) for place, rule in found if place), key=lambda one: one[0].start)
    return [one for at, one in enumerate(placed) if not at or one[0].start >= placed[at - 1][0].end]


def _place(view: str, start: int, end: int) -> tuple[Place | None, str]:
    """The first reading of the words that end at ``end``, and its rule."""
    lowest = max(0, start - _REACH)
    lowest = max(lowest, *(view.rfind(mark, lowest, start) + 1 for mark in "。；\n"))
    for rule in RULES:
        match = rule.pattern.search(view, lowest, end)
        place = rule.produce(match) if match else None
        if place and view[max(0, place.start - 1)] in "从由":
            return None, ""  # where it stood before
        if place:
            among = view.startswith("之一", end)
            return (replace(place, end=end + 2, position=None) if among else place), rule.name
    return None, ""


def _wished(view: str, sentence: int, start: int) -> bool:
    """Whether the clause tells an aim, not an achievement."""
    lead = view[max(sentence, start - _WISH_REACH) : start].rpartition("，")[2]
    words = (*TERMS["wishes"], *TERMS["slogans"]) if view.startswith("走在", start) else TERMS["wishes"]
    return any(word in lead for word in words)
