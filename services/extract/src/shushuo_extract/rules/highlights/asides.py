"""What a sentence tells beside achievements of ours: what somebody else does, and what is only planned."""

import re

from shushuo_extract.engine.literals import any_of

from .clauses import Clause, Passage
from .cues import Cue
from .vocabulary import entries, words

Found = dict[int, list[Cue]]  # the clauses that have any cue by index, in order, and the cues of each in order
_OF_OTHERS = frozenset({"endorsement", "dissemination"})
_OUGHTS, _OPENERS = "要应需", "，；：“"
_WILL = ("继续", "进一步", "持续", "以", "坚持", "会", "把", "聚焦", "紧", "全面", "深入", "加快", "大力")
_OUGHT = r"(?:要(?!素|求|件|案|点|闻|旨|钱)|应(?!诉|用|对|收|届|急)|需(?!求))"
_ABOUT_TO = [f"将{word}" for word in _WILL] + entries("context", "future")
_OPENS_WITH_OUGHT = re.compile(_OUGHT)
_PLANNED = re.compile("|".join([opener + _OUGHT for opener in _OPENERS] + _ABOUT_TO))
_OWN = re.compile(words("context", "own"))
_FOREIGN = re.compile(rf"(?!{words('context', 'address')})[^，]{{0,14}}?{words('context', 'foreign')}(?!督办|挂牌)")
_SHOWS_OUGHT = re.compile(rf"[{_OUGHTS}](?<=[{_OPENERS}].)")
_SHOWS_OTHER = re.compile(any_of(_ABOUT_TO + [body.removeprefix("[0-9]+") for body in entries("context", "foreign")]))


def ours_and_done(passage: Passage, found: Found) -> Found:
    """The cues without those of clauses where somebody else acts, and without those after words of a plan."""
    text = passage.text
    if text[0] in _OUGHTS or _SHOWS_OTHER.search(text) or _SHOWS_OUGHT.search(text):
        return _without_planned(text, _without_foreign(passage, found))
    return found


def _without_foreign(passage: Passage, found: Found) -> Found:
    """What is left where another body acts: what others say of us."""
    kept: Found = {}
    foreign = False
    for i, clause in enumerate(passage.clauses[: max(found) + 1]):
        foreign = _is_foreign(passage.text, clause, foreign)
        cues = found.get(i, [])
        if foreign:
            cues = [cue for cue in cues if cue.types[0] in _OF_OTHERS]
        if cues:
            kept[i] = cues
    return kept


def _is_foreign(text: str, clause: Clause, before: bool) -> bool:
    """Whether somebody other than a court or procuratorate acts in the clause; an elided subject stays the same."""
    alien = _FOREIGN.match(text, clause.start, clause.end)
    if alien is not None:
        own = _OWN.search(text, clause.start, clause.end)
        return own is None or alien.end() <= own.start()
    return before and _OWN.search(text, clause.start, clause.end) is None


def _without_planned(text: str, found: Found) -> Found:
    """What is left before the first word of a plan."""
    planned = _OPENS_WITH_OUGHT.match(text) or _PLANNED.search(text)
    if planned is None:
        return found
    done = {i: [cue for cue in cues if cue.start < planned.start()] for i, cues in found.items()}
    return {i: cues for i, cues in done.items() if cues}
