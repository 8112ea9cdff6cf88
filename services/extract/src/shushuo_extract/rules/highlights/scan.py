"""Run the rules over the clauses of a sentence: one pass finds the words that wake a family of rules."""

import re
from functools import lru_cache
from operator import attrgetter

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.types import Rule

from .asides import Found, ours_and_done
from .clauses import Clause, Passage
from .cues import Cue
from .deeds import DOCUMENTS, FIRSTS, NAMES, SCHEMES
from .recognitions import AWARDS, LEADING, LISTED, PRAISE, SPREADING
from .stories import CASES, STORIES
from .vocabulary import wakers, words

RULES: tuple[Rule[Cue], ...] = (
    *AWARDS, *PRAISE, *SPREADING, *LEADING, *FIRSTS, *NAMES, *DOCUMENTS, *SCHEMES, *CASES, *STORIES,
)  # fmt: skip

_WAKERS = wakers()
_WORDS = sorted({word for listed in _WAKERS.values() for word in listed})
_WAKE = re.compile(any_of(_WORDS, {"案": "件?[0-9]"}))
_ALONE = sum(1 << i for i, rule in enumerate(RULES) if rule.besides is None)


def _of_word(word: str) -> int:
    """The rules that list the word or a part of it, each a bit by its index."""
    return sum(1 << i for i, rule in enumerate(RULES) if any(one in word for one in _WAKERS[rule.name]))


_WOKEN_BY = {word: _of_word(word) for word in _WORDS}
_PLACE = attrgetter("start", "end")
_NOTION = re.compile(words("object", "notion"))


def waking(text: str) -> list[str]:
    """The words of a sentence that wake a rule, in order; none where every such rule misses its second word."""
    wakers: list[str] = _WAKE.findall(text)
    woken = 0
    for word in wakers:
        woken |= _WOKEN_BY[word]
    if woken & _ALONE:
        return wakers
    for rule in _rules(woken):
        if rule.besides is not None and rule.besides.search(text):
            return wakers
    return []


def read(passage: Passage, wakers: list[str], placings: list[Cue]) -> Found:
    """The cues of the passage's clauses; none where somebody else acts or where it is only planned."""
    text, clauses = passage.text, passage.clauses
    found: Found = {}
    for i, rules in enumerate(_woken(passage, wakers)):
        if rules:
            cues = [cue for rule in _rules(rules) if (cue := _fired(rule, text, clauses[i])) is not None]
            if cues:
                found[i] = cues
    if found:
        found = ours_and_done(passage, found)
    for placing in placings:
        at = next((i for i, c in enumerate(clauses) if c.start <= placing.start < c.end), None)
        if at is not None:
            found.setdefault(at, []).append(placing)
    for cues in found.values():
        cues.sort(key=_PLACE)
    return dict(sorted(found.items())) if placings else found


def on_wall(passage: Passage) -> Found:
    """The honours that the clauses of a line on a wall of honours name without a verb."""
    listed = ((i, _fired(LISTED, passage.text, clause)) for i, clause in enumerate(passage.clauses))
    return {i: [cue] for i, cue in listed if cue is not None}


def _woken(passage: Passage, wakers: list[str]) -> list[int]:
    """The rules to be tried in each clause, that any word in it wakes."""
    text, clauses = passage.text, passage.clauses
    count = len(clauses)
    woken = [0] * count
    after = at = 0
    for word in wakers:
        offset = text.index(word, after)
        after = offset + len(word)
        while at < count and clauses[at].end <= offset:
            at += 1
        if at < count and clauses[at].start <= offset:
            woken[at] |= _WOKEN_BY[word]
    return woken


@lru_cache(maxsize=1024)
def _rules(bits: int) -> tuple[Rule[Cue], ...]:
    """The rules that bits stand for, in order."""
    return tuple(rule for i, rule in enumerate(RULES) if bits >> i & 1)


def _fired(rule: Rule[Cue], text: str, clause: Clause) -> Cue | None:
    """The first match in the clause that the rule's production accepts and that is no mere wish."""
    start, end, _ = clause
    if rule.besides is not None and not rule.besides.search(text, start, end):
        return None
    for match in rule.pattern.finditer(text, start, end):
        cue = rule.produce(match, rule.name)
        if cue is not None and not (cue.recognition and _NOTION.search(text, start, cue.start)):
            return cue
    return None
