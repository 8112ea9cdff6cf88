"""Run the rules over the clauses of a sentence: one pass finds the words that wake a family of rules."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from shushuo_extract.engine.literals import any_seldom
from shushuo_extract.engine.types import Rule

from .asides import Found
from .clauses import Passage
from .cues import Cue
from .deeds import DOCUMENTS, FIRSTS, NAMES, SCHEMES
from .endings import ENDINGS
from .recognitions import AWARDS, LEADING, LISTED, PRAISE, SPREADING
from .stories import CASES, STORIES
from .tales import TALES
from .vocabulary import wakers, words

RULES: tuple[Rule[Cue], ...] = (
    *AWARDS, *PRAISE, *SPREADING, *LEADING, *FIRSTS, *NAMES, *DOCUMENTS, *SCHEMES, *CASES, *STORIES, *ENDINGS, *TALES,
)  # fmt: skip

_WAKERS = wakers()
_WORDS = sorted({word for listed in _WAKERS.values() for word in listed})
_WAKE = re.compile(any_seldom(_WORDS, {"案": "件[0-9]"}))
_ALONE = sum(1 << i for i, rule in enumerate(RULES) if rule.besides is None)


def _of_word(word: str) -> int:
    """The rules that list the word or a part of it, each a bit by its index."""
    return sum(1 << i for i, rule in enumerate(RULES) if any(one in word for one in _WAKERS[rule.name]))


_WOKEN_BY = {word: _of_word(word) for word in _WORDS}
_NOTION = re.compile(words("object", "notion"))
_Try = tuple[str, int, int, list[Cue]]  # a clause in its text, and its cues so far


def waking(text: str) -> list[str]:
    """The words of a sentence that wake rules, in order; none where every such rule misses its second word."""
    wakers: list[str] = _WAKE.findall(text)
    woken = 0
    for word in wakers:
        woken |= _WOKEN_BY[word]
    if woken & _ALONE:
        return wakers
    for second_word in _second_words(woken):
        if second_word(text):
            return wakers
    return []


def read(passages: Sequence[Passage], wakers: Iterable[list[str]]) -> list[Found]:
    """The cues of each passage, by its words that wake rules: each rule in turn reads all clauses that wake it."""
    tries: list[list[_Try]] = [[] for _ in RULES]
    told: list[Found] = []
    for passage, words_of_it in zip(passages, wakers, strict=True):
        found: Found = {}
        for i, rules in _woken(passage, words_of_it):
            clause = passage.clauses[i]
            one = passage.text, clause.start, clause.end, found.setdefault(i, [])
            for at in _indices(rules):
                tries[at].append(one)
        told.append(found)
    for rule, tried in zip(RULES, tries, strict=True):
        if tried:
            _fire(rule, tried)
    return [{i: cues for i, cues in found.items() if cues} for found in told]


def on_wall(passage: Passage) -> Found:
    """The honours that the clauses of a line on a wall of honours name without a verb."""
    found: Found = {i: [] for i in range(len(passage.clauses))}
    _fire(LISTED, [(passage.text, one.start, one.end, found[i]) for i, one in enumerate(passage.clauses)])
    return {i: cues for i, cues in found.items() if cues}


def _woken(passage: Passage, words_of_it: list[str]) -> Iterator[tuple[int, int]]:
    """The clauses, by index, in which any word wakes rules, and these rules."""
    text, clauses = passage.text, passage.clauses
    last = len(clauses) - 1
    after = at = woken = 0
    for word in words_of_it:
        offset = text.index(word, after)
        after = offset + len(word)
        while at < last and clauses[at].end <= offset:
            if woken:
                yield at, woken
            at, woken = at + 1, 0
        if at <= last and clauses[at].start <= offset < clauses[at].end:
            woken |= _WOKEN_BY[word]
    if woken:
        yield at, woken


def _fire(rule: Rule[Cue], tries: list[_Try]) -> None:
    """Put down for each clause the first match that the rule's production accepts and that is no mere wish."""
    asked, reads, produce, name = rule.besides, rule.pattern.finditer, rule.produce, rule.name
    for text, start, end, cues in tries:
        if asked is not None and asked.search(text, start, end) is None:
            continue
        for match in reads(text, start, end):
            cue = produce(match, name)
            if cue is not None and not (cue.recognition and _NOTION.search(text, start, cue.start)):
                cues.append(cue)
                break


@lru_cache(maxsize=1024)
def _second_words(bits: int) -> tuple[Callable[[str], object], ...]:
    """What finds the second words of the rules that bits stand for."""
    return tuple(besides.search for i in _indices(bits) if (besides := RULES[i].besides) is not None)


@lru_cache(maxsize=1024)
def _indices(bits: int) -> tuple[int, ...]:
    """Where the rules stand that bits stand for."""
    return tuple(i for i in range(len(RULES)) if bits >> i & 1)
