"""Many words as one pattern that a search runs through fast."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

_ALWAYS: Mapping[str, str] = MappingProxyType({})
_TAIL = 2
_BLOCKS = 3


def any_of(words: Iterable[str], unless: Mapping[str, str] = _ALWAYS) -> str:
    """A pattern, one group, for the longest of the words at a place; each beginning that several share written once.

    ``unless`` gives of some words the pattern of what may not follow them. Every branch begins with a character of its
    own, which lets a search skip to the places where any word can begin.
    """
    return f"(?:{_branches([(word, unless.get(word, '')) for word in words])})"


def any_here(words: Iterable[str], unless: Mapping[str, str] = _ALWAYS) -> str:
    """The same for a pattern that is tried at given places, not searched for: where no word begins it fails at once."""
    known = list(words)
    return f"(?:(?={_one_of(word[0] for word in known)}){any_of(known, unless)})"


def any_seldom(words: Iterable[str], unless: Mapping[str, str] = _ALWAYS) -> str:
    """The same for a search in texts that hold few of many words, though the characters that begin one abound.

    The search skips to what can begin a word; the character after it decides which words are tried.
    """
    known = list(words)
    alone = [word for word in known if len(word) == 1]
    after: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for word in known:
        if word not in alone:
            after.setdefault(word[1], {}).setdefault(word[0], []).append((word[2:], unless.get(word, "")))
    blocks = [list(after)[at::_BLOCKS] for at in range(min(_BLOCKS, len(after)))]
    tries = [f"(?={_one_of(block)})(?:{'|'.join([_behind(one, after[one]) for one in block])})" for block in blocks]
    longer = f"(?={_one_of(after)})(?:{'|'.join(tries)})"
    barred = "".join([f"(?<!{word}(?={unless[word]}))" for word in alone if word in unless])
    short = f"|(?<={_one_of(alone)}){barred}" if alone else ""
    return f"(?:{_one_of(word[0] for word in known)}(?:{longer}{short}))"


def _behind(second: str, tails: Mapping[str, list[tuple[str, str]]]) -> str:
    """The words of one second character, behind their first: it, then what is left of them, by first characters."""
    firsts: dict[str, str] = {}
    for first, rests in tails.items():
        rest = _branches(rests)
        firsts[rest] = firsts.get(rest, "") + first
    looks = [f"(?<={_one_of(chars)}.){rest}" for rest, chars in firsts.items()]
    return f"{re.escape(second)}(?:{'|'.join(looks)})"


def _one_of(characters: Iterable[str]) -> str:
    """A pattern for any of the characters."""
    return f"[{re.escape(''.join(sorted(set(characters))))}]"


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
    if not pattern:
        return end or ""
    if end is None:
        return f"(?:{pattern})" if len(tails) > 1 else pattern
    return f"{pattern}?" if len(pattern) == 1 and not end else f"(?:{pattern}|{end})"  # an empty branch is passed fast


class Ends:
    """Words of two characters or more, found by how they end, where few characters end many of them (院, 局, 部).

    A search halts half as often as at their beginnings, and tries nothing of a word but what ends no other, and that
    only after a character that one has there. A word inside a longer one is not found.
    """

    def __init__(self, words: Iterable[str]) -> None:
        longest = sorted(set(words), key=lambda word: (-len(word), word))
        by_tail: dict[str, list[str]] = {}
        for word in longest:
            by_tail.setdefault(word[-_TAIL:], []).append(word)
        by_end: dict[str, list[str]] = {}
        for tail in sorted(by_tail, key=lambda tail: -len(by_tail[tail])):
            by_end.setdefault(tail[-1], []).append(tail)
        looks = {tail: "|".join(_looks_back(words, longest)) for tail, words in by_tail.items()}
        ends = (f"{_end(tails)}(?:{'|'.join(looks[tail] for tail in tails)})" for tails in by_end.values())
        self._longer = {tail: tuple(word for word in words if word != tail) for tail, words in by_tail.items()}
        self._pattern = re.compile("|".join(ends))

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where each word begins, and the word, in the order of their ends."""
        for match in self._pattern.finditer(text):
            end = match.end()
            tail = text[end - _TAIL : end]
            longer = self._longer[tail]
            if longer and text.endswith(longer, 0, end):
                tail = next(word for word in longer if text.endswith(word, 0, end))
            yield end - len(tail), tail


def _end(tails: list[str]) -> str:
    """A pattern for the character that ends all the tails, after any that is before it in one of them."""
    return f"{re.escape(tails[0][-1])}(?<={_one_of(tail[0] for tail in tails)}.)"


def _looks_back(words: list[str], all_words: list[str]) -> Iterator[str]:
    """The patterns of words of one tail, seen from behind them; what ends with a shorter one needs none of its own."""
    for word in words:
        if not any(word.endswith(other) for other in words if other != word):
            yield f"(?<={re.escape(word)}){_unless_longer(word, all_words)}"


def _unless_longer(word: str, words: list[str]) -> str:
    """A pattern that no longer word goes on after this one, which it has inside."""
    found = [(longer, at + len(word)) for longer in words for at in range(len(longer)) if longer.startswith(word, at)]
    rests = [f"(?<={re.escape(longer[:end])}){re.escape(longer[end:])}" for longer, end in found if end < len(longer)]
    return f"(?!{'|'.join(rests)})" if rests else ""
