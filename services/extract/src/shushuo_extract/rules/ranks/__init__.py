"""Placings among peers: where they stand in the text, among whom, which, and of what."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.records import Draft
from shushuo_extract.engine.types import Bound, Document, Naming, Ranking, Sentence
from shushuo_extract.rules.ranks.rules import (
    AHEAD,
    FURTHER,
    LEADING,
    POSITION,
    RULES,
    SCOPED,
    TERMS,
    Place,
    number,
    position_of,
)
from shushuo_extract.rules.ranks.subject import Ranked, dealt, only_adverbs, ranked

_REACH = 46
_BEFORE_SCOPE = 20  # the longest verb with blanks, and the name of an area
_WISH_REACH = 24
_JOINT_REACH = 12
_WISH, _WISH_OR_SLOGAN = (
    re.compile(any_of(words)) for words in (TERMS["wishes"], [*TERMS["wishes"], *TERMS["slogans"]])
)
_WITHOUT_SCOPE = [rule for rule in RULES if rule.besides is not SCOPED]
_PART = re.compile(r"，其中(?:有)?[0-9]{1,3}项")
_ENUMERATES = re.compile("的?(?:(?:依次|分别)?[为是]|案由|罪名|案件|类型|纠纷)")  # 数量排名前三的依次为 …


def find(doc: Document, bounds: Sequence[Bound], namings: Sequence[Naming]) -> list[Ranking]:
    """Every placing told as achieved, in the order of the text, as the bounds are."""
    told: list[_Told] = []
    for place, rule in _places(doc.view):
        sentence = max(0, bisect_right(doc.starts, place.start) - 1)
        extent = doc.sentences[sentence]
        if extent.zone != "body" or place.end > extent.end or _wished(doc.view, extent.start, place.start):
            continue
        if place.position is None and _ENUMERATES.match(doc.view, place.end):
            continue
        listed = [(one, extent, rule) for one in _with_further(doc.view, place)]
        if told and _goes_on(doc.view, told[-1].places[-1][0], place):
            told[-1].places += listed
            continue
        about = ranked(doc, sentence, place, bounds, namings)
        if about.indicator:
            told.append(_Told(listed, about))
    found: list[Ranking] = []
    for one in told:
        several = dealt(doc.view, [place for place, _, _ in one.places], one.about, bounds, namings)
        for (place, extent, rule), about in zip(one.places, several, strict=True):
            found.append(_rank(doc, place, about, extent=extent, rule=rule, nth=len(found) + 1))
    return found


class _Told(Draft):
    """The placings that one thing, or several in order, are told to have; each with its sentence and rule."""

    places: list[tuple[Place, Sentence, str]]
    about: Ranked


def _with_further(view: str, place: Place) -> list[Place]:
    """A placing and those that go on with only a position."""
    places = [place]
    while (further := FURTHER.match(view, places[-1].end)) is not None:
        start, end = further.span("text")
        places.append(place._replace(start=start, end=end, position=number(further["nth"]), about=start))
    return places


def _rank(doc: Document, place: Place, about: Ranked, *, extent: Sentence, rule: str, nth: int) -> Ranking:
    return Ranking(
        id=f"r{nth}",
        start=place.start,
        end=place.end,
        text=doc.text[place.start : place.end],
        scope=place.scope,
        position=place.position,
        indicator=about.indicator,
        alt=about.alt,
        of=about.of,
        sentence=(extent.start, extent.end),
        rule=rule,
    )


def _goes_on(view: str, last: Place, place: Place) -> bool:
    """Whether a placing goes on with what the one before it ranks (全省第七、全市第一), and in no other contest."""
    if (place.contest and place.about < place.start) or not 0 <= place.about - last.end < _JOINT_REACH:
        return False
    between = view[last.end : place.about]
    return only_adverbs(between) or _PART.fullmatch(between) is not None


def _places(view: str) -> list[tuple[Place, str]]:
    """Placings by their form alone, none overlapping another."""
    found = [(LEADING.produce(match), LEADING.name) for match in AHEAD.finditer(view)]
    found += [_place(view, match) for match in POSITION.finditer(view)]
    placed = sorted(((place, rule) for place, rule in found if place), key=lambda one: one[0].start)
    return [one for at, one in enumerate(placed) if not at or one[0].start >= placed[at - 1][0].end]


def _place(view: str, position: re.Match[str]) -> tuple[Place | None, str]:
    """The first reading of the words before a position, with it, and its rule."""
    start, end = position.span()
    lowest = max(0, start - _REACH)
    lowest = max(lowest, *[view.rfind(mark, lowest, start) + 1 for mark in "。；\n"])
    scope = SCOPED.search(view, lowest, start)
    since = max(lowest, scope.start() - _BEFORE_SCOPE) if scope else start
    for rule in RULES if scope else _WITHOUT_SCOPE:
        match = rule.pattern.search(view, since if rule.besides else lowest, start)
        place = rule.produce(match) if match else None
        if place and view[max(0, place.start - 1)] in "从由":
            return None, ""  # where it stood before
        if place:
            among = view.startswith("之一", end)
            if among:
                return place._replace(end=end + len("之一")), rule.name
            return place._replace(end=end, position=position_of(position)), rule.name
    return None, ""


def _wished(view: str, sentence: int, start: int) -> bool:
    """Whether the clause tells an aim, not an achievement."""
    lead = view[max(sentence, start - _WISH_REACH) : start].rpartition("，")[2]
    wish = _WISH_OR_SLOGAN if view.startswith("走在", start) else _WISH
    return wish.search(lead) is not None
