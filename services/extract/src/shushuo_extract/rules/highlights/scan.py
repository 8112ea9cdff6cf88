"""Run the rules over the clauses of a sentence: one pass finds the words that wake a family of rules."""

import re
from collections.abc import Iterator

from ...engine.types import Rule
from .clauses import Clause, Passage
from .cues import Cue
from .deeds import CASES, FIRSTS, NAMES, SCHEMES
from .recognitions import AWARDS, LEADING, PRAISE, SPREADING
from .vocabulary import words

FAMILIES: dict[str, tuple[Rule[Cue], ...]] = {
    "award": AWARDS,
    "praise": PRAISE,
    "spread": SPREADING,
    "lead": LEADING,
    "first": FIRSTS,
    "name": NAMES,
    "scheme": SCHEMES,
    "case": CASES,
}
RULES: tuple[Rule[Cue], ...] = tuple(rule for family in FAMILIES.values() for rule in family)

_WAKE = re.compile("|".join(f"(?P<{family}>{words('wake', family)})" for family in FAMILIES))
_NOTION = re.compile(words("object", "notion"))
_FUTURE = re.compile(rf"{words('context', 'future')}|(?<![^，；：“])(?:要(?!素|求|件|案|点|闻|旨)|应(?!诉|用|对|收|届|急)|需(?!求))|将(?:继续|进一步|持续|以|坚持|会|把|聚焦|紧|全面|深入|加快|大力)")
_OWN = re.compile(words("context", "own"))
_FOREIGN = re.compile(rf"(?!{words('context', 'address')})[^，]{{0,14}}?{words('context', 'foreign')}")


def read(passage: Passage, placings: list[Cue]) -> list[list[Cue]]:
    """For each clause of the passage, its cues in order; none where somebody else acts or where it is only planned."""
    woken = _woken(passage)
    found: list[list[Cue]] = []
    foreign = False
    planned = _FUTURE.search(passage.text)
    for i, clause in enumerate(passage.clauses):
        foreign = _is_foreign(passage.text, clause, foreign)
        cues = [] if foreign else [*_cues(passage.text, clause, woken.get(i, set()))]
        cues += [p for p in placings if clause.start <= p.start < clause.end]
        if planned is not None:
            cues = [cue for cue in cues if cue.start < planned.start()]
        found.append(sorted(cues, key=lambda cue: (cue.start, cue.end)))
    return found


def _woken(passage: Passage) -> dict[int, set[str]]:
    """Families to try in each clause, by the clause's index."""
    woken: dict[int, set[str]] = {}
    at = 0
    for hit in _WAKE.finditer(passage.text):
        while at < len(passage.clauses) and passage.clauses[at].end <= hit.start():
            at += 1
        woken.setdefault(at, set()).add(str(hit.lastgroup))
    return woken


def _cues(text: str, clause: Clause, families: set[str]) -> Iterator[Cue]:
    for family, rules in FAMILIES.items():
        if family in families:
            for rule in rules:
                yield from _fired(rule, text, clause)


def _fired(rule: Rule[Cue], text: str, clause: Clause) -> Iterator[Cue]:
    """The first match in the clause that the rule's production accepts and that is no mere wish."""
    for match in rule.pattern.finditer(text, clause.start, clause.end):
        cue = rule.produce(match, rule.name)
        if cue is not None and not (cue.recognition and _NOTION.search(text, clause.start, cue.start)):
            yield cue
            return


def _is_foreign(text: str, clause: Clause, before: bool) -> bool:
    """Whether somebody other than a court or procuratorate acts in the clause; an elided subject stays the same."""
    if _FOREIGN.match(text, clause.start, clause.end) is not None:
        own = _OWN.search(text, clause.start, clause.end)
        alien = _FOREIGN.match(text, clause.start, clause.end)
        return own is None or (alien is not None and alien.end() <= own.start())
    return before and _OWN.search(text, clause.start, clause.end) is None
