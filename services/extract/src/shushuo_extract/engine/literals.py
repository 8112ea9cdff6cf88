"""Many words as one pattern that a search runs through fast."""

import re
from collections.abc import Iterable, Iterator, Mapping
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


class Ends:
    """Words that are found by how they end, where few characters end many (院, 局): a search halts half as often.

    A word inside a longer one is not found.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words), key=lambda word: (word[-1], -len(word), word))
        by_end: dict[str, list[str]] = {}
        for word in self._words:
            by_end.setdefault(word[-1], []).append(f"(?<={re.escape(word)}){self._unless_longer(word)}()")
        self._pattern = re.compile("|".join(f"{re.escape(end)}(?:{'|'.join(words)})" for end, words in by_end.items()))

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where each word begins, and the word, in the order of their ends."""
        for match in self._pattern.finditer(text):
            word = self._words[(match.lastindex or 1) - 1]
            yield match.end() - len(word), word

    def _unless_longer(self, word: str) -> str:
        """A pattern that no longer word goes on after this one."""
        cut = [(longer, at + len(word)) for longer in self._words for at in _places(word, longer)]
        rests = [f"(?<={re.escape(longer[:end])}){re.escape(longer[end:])}" for longer, end in cut if end < len(longer)]
        return f"(?!{'|'.join(rests)})" if rests else ""


def _places(word: str, longer: str) -> list[int]:
    """Where a word stands in another."""
    return [at for at in range(len(longer) - len(word) + 1) if longer != word and longer.startswith(word, at)]
