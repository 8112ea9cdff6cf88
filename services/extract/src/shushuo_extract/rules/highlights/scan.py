"""Run the rules over the clauses of a sentence: one pass finds the words that wake a family of rules."""

import re
from collections.abc import Sequence

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.types import Rule

from .clauses import Clause, Passage
from .cues import Cue
from .deeds import CASES, DOCUMENTS, FIRSTS, NAMES, SCHEMES, STORIES
from .recognitions import AWARDS, LEADING, LISTED, PRAISE, SPREADING
from .vocabulary import entries, wakers, words

RULES: tuple[Rule[Cue], ...] = (
    *AWARDS, *PRAISE, *SPREADING, *LEADING, *FIRSTS, *NAMES, *DOCUMENTS, *SCHEMES, *CASES, *STORIES,
)  # fmt: skip

_WAKERS = wakers()
_WORDS = sorted({word for entries in _WAKERS.values() for word in entries})
_WAKE = re.compile(any_of(_WORDS))
_WOKEN_BY: dict[str, tuple[int, ...]] = {
    word: tuple(i for i, rule in enumerate(RULES) if any(waker in word for waker in _WAKERS[rule.name]))
    for word in _WORDS
}
Waker = tuple[int, tuple[int, ...]]  # where the word stands, the rules it wakes by index
Found = dict[int, list[Cue]]  # the clauses that have any cue by index, in order, and the cues of each in order
_NOTION = re.compile(words("object", "notion"))
_OUGHT = r"(?:要(?!素|求|件|案|点|闻|旨)|应(?!诉|用|对|收|届|急)|需(?!求))"
_FUTURE = re.compile(
    f"，{_OUGHT}|；{_OUGHT}|：{_OUGHT}|“{_OUGHT}|"
    + words("context", "future").removeprefix("(?:").removesuffix(")")
    + "|将(?:继续|进一步|持续|以|坚持|会|把|聚焦|紧|全面|深入|加快|大力)"
)  # every branch begins with a letter of its own, which lets the search skip
_OPENS_WITH_OUGHT = re.compile(_OUGHT)
_OWN = re.compile(words("context", "own"))
_FOREIGN_HINT = re.compile(any_of(body.removeprefix("[0-9]+") for body in entries("context", "foreign")))
_FOREIGN = re.compile(rf"(?!{words('context', 'address')})[^，]{{0,14}}?{words('context', 'foreign')}")


def waking(text: str) -> list[Waker]:
    """The words of a sentence that wake a rule, in order."""
    return [(hit.start(), _WOKEN_BY[hit.group()]) for hit in _WAKE.finditer(text)]


def read(passage: Passage, wakers: list[Waker], placings: list[Cue]) -> Found:
    """The cues of the passage's clauses; none where somebody else acts or where it is only planned."""
    text, clauses = passage.text, passage.clauses
    found: Found = {}
    for i, rules in _woken(clauses, wakers).items():
        cues = [cue for rule in sorted(rules) if (cue := _fired(RULES[rule], text, clauses[i])) is not None]
        if cues:
            found[i] = cues
    if found:
        if _FOREIGN_HINT.search(text):
            found = _without_foreign(passage, found)
        found = _without_planned(text, found)
    for placing in placings:
        at = next((i for i, c in enumerate(clauses) if c.start <= placing.start < c.end), None)
        if at is not None:
            found.setdefault(at, []).append(placing)
    return {i: sorted(found[i], key=lambda cue: (cue.start, cue.end)) for i in sorted(found) if found[i]}


def on_wall(passage: Passage) -> Found:
    """The honours that the clauses of a line on a wall of honours name without a verb."""
    listed = ((i, _fired(LISTED, passage.text, clause)) for i, clause in enumerate(passage.clauses))
    return {i: [cue] for i, cue in listed if cue is not None}


def _without_foreign(passage: Passage, found: Found) -> Found:
    kept: Found = {}
    foreign = False
    for i, clause in enumerate(passage.clauses):
        foreign = _is_foreign(passage.text, clause, foreign)
        cues = found.get(i, [])
        kept[i] = [cue for cue in cues if cue.types[0] in ("endorsement", "dissemination")] if foreign else cues
    return kept


def _without_planned(text: str, found: Found) -> Found:
    planned = _OPENS_WITH_OUGHT.match(text) or _FUTURE.search(text)
    if planned is None:
        return found
    return {i: [cue for cue in cues if cue.start < planned.start()] for i, cues in found.items()}


def _woken(clauses: Sequence[Clause], wakers: list[Waker]) -> dict[int, set[int]]:
    """Rules to try in each clause, both by index."""
    woken: dict[int, set[int]] = {}
    at = 0
    for start, rules in wakers:
        while at < len(clauses) and clauses[at].end <= start:
            at += 1
        if at == len(clauses):
            break
        if start >= clauses[at].start:
            woken.setdefault(at, set()).update(rules)
    return woken


def _fired(rule: Rule[Cue], text: str, clause: Clause) -> Cue | None:
    """The first match in the clause that the rule's production accepts and that is no mere wish."""
    for match in rule.pattern.finditer(text, clause.start, clause.end):
        cue = rule.produce(match, rule.name)
        if cue is not None and not (cue.recognition and _NOTION.search(text, clause.start, cue.start)):
            return cue
    return None


def _is_foreign(text: str, clause: Clause, before: bool) -> bool:
    """Whether somebody other than a court or procuratorate acts in the clause; an elided subject stays the same."""
    alien = _FOREIGN.match(text, clause.start, clause.end)
    if alien is not None:
        own = _OWN.search(text, clause.start, clause.end)
        return own is None or alien.end() <= own.start()
    return before and _OWN.search(text, clause.start, clause.end) is None
