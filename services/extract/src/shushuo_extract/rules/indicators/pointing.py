"""What 这项工作, 该系统 and the like mean: what the clauses before have named."""

import re
from collections.abc import Iterable

from .vocabulary import VERBS
from .words import clean, thing_of

_THIS = re.compile(
    r"(?:(?:这|该|此)(?:一|项|一项|种|个|套|款)?|[这此该]类(?=[犯案纠]))(?P<kind>犯罪|案件|纠纷|工作|试点|改革|系统|机制|制度|平台|模式|做法|程序|行动|服务)"
)
_DEED = re.compile(rf"{VERBS}(?P<thing>.+)$")
_LOOSE = frozenset({"工作", "做法"})
_LONGEST = 24


def spelt(text: str, said: Iterable[str]) -> str:
    """A wording in which such a word gives way to what ``said``, nearest first, names; the same where nothing does."""
    found = _THIS.search(text)
    if found is None:
        return text
    for words in map(clean, said):
        named = "" if _THIS.search(words) else _named(words, found["kind"])
        if 4 <= len(named) <= _LONGEST:
            return text[: found.start()] + named + text[found.end() :]
    return text


def _named(words: str, kind: str) -> str:
    """What words name that is of a kind; any undertaking is work."""
    thing = thing_of(words)
    if kind in thing[2:]:
        return thing[: thing.rfind(kind) + len(kind)]
    deed = _DEED.search(words) if kind in _LOOSE else None
    return deed["thing"] if deed else ""
