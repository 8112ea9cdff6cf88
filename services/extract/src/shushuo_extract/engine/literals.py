"""Many words as one pattern that a search runs through fast."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

_ALWAYS: Mapping[str, str] = MappingProxyType({})


def any_of(words: Iterable[str], unless: Mapping[str, str] = _ALWAYS) -> str:
    """A pattern, one group, for the longest of the words at a place; each beginning that several share written once.

    ``unless`` gives of some words the pattern of what may not follow them. Every branch begins with a character of its
    own, which lets a search skip to the places where any word can begin.
    """
    return f"(?:{_branches([(word, unless.get(word, '')) for word in words])})"


def _branches(words: list[tuple[str, str]]) -> str:
    """A pattern for what is left of words, each with what may not follow it."""
    tails: dict[str, list[tuple[str, str]]] = {}
    end = None
    for rest, barred in words:
        if rest:
            tails.setdefault(rest[0], []).append((rest[1:], barred))
        else:
            end = f"(?!{barred})" if barred else ""
    pattern = "|".join(re.escape(first) + _branches(further) for first, further in tails.items())
    if end is None:
        return f"(?:{pattern})" if len(tails) > 1 else pattern
    if end and pattern:
        return f"(?:{pattern}|{end})"
    return f"(?:{pattern})?" if pattern else end
