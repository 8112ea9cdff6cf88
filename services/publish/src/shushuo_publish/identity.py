"""Which item of a new version is which item of the version before: pure, so that ids survive and changes are true.

Recognised are, in this order: items that say the same; items about the same thing (a figure of the same indicator,
period and organ, whatever its value); for highlights, items whose words are mostly the same. Whatever is left is new
and gets an id made from the report and what the item is about. The same events in the same order give the same ids.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

from shushuo_publish.store.models import Figure, Highlight, Rank

ALIKE = 0.6  # of the words of two highlights, see difflib: a corrected sentence has more, another sentence less

Item = Figure | Rank | Highlight
T = TypeVar("T", Figure, Rank, Highlight)

ABOUT: dict[type[Any], tuple[str, ...]] = {
    Figure: ("role", "indicator", "period", "organ", "unit", "basis"),
    Rank: ("scope", "indicator", "organ"),
    Highlight: ("text",),
}
SAID: dict[type[Any], tuple[str, ...]] = {
    Figure: ("value", "unit", "approx", "role", "indicator", "code", "period", "organ", "basis", "direction", "text"),
    Rank: ("scope", "position", "indicator", "organ", "text"),
    Highlight: ("text", "title", "types", "recognition", "issuer", "organ"),
}
_LETTER = {Figure: "f", Rank: "k", Highlight: "h"}


@dataclass(frozen=True, slots=True)
class Same:
    """A new item and the old one that it is, if any."""

    old: Any  # an Item or None
    new: Any


def said(item: Item) -> dict[str, Any]:
    """What an item states; two items with equal statements differ at most in where they stand and how lines break."""
    return {name: getattr(item, name) for name in SAID[type(item)]} | {"text": "".join(item.text.split())}


def recognise(old: Sequence[T], new: Sequence[T]) -> list[Same]:
    """For each new item, in order, the old one that it is."""
    found: dict[int, T] = {}
    free = list(old)
    _pair(free, new, found, lambda item: repr(said(item)))
    _pair(free, new, found, about)
    _pair_alike(free, new, found)
    return [Same(found.get(n), item) for n, item in enumerate(new)]


def about(item: Item) -> str:
    """What an item is about, whatever it says of it."""
    return "\n".join("".join(str(getattr(item, name)).split()) for name in ABOUT[type(item)])


def new_id(item: Item, taken: set[str]) -> str:
    """An id from the report and what the item is about, numbered while others are about the same."""
    n = 0
    while True:
        digest = hashlib.sha256(f"{item.report_id}\n{about(item)}\n{n}".encode()).hexdigest()[:20]
        found = _LETTER[type(item)] + digest
        if found not in taken:
            return found
        n += 1


def _pair(free: list[T], new: Sequence[T], found: dict[int, T], key: Callable[[T], str]) -> None:
    """Take equal items out of ``free``, in the order of the text."""
    by_key: dict[str, list[T]] = {}
    for item in free:
        by_key.setdefault(key(item), []).append(item)
    for n, item in enumerate(new):
        if n not in found and (same := by_key.get(key(item))):
            found[n] = same.pop(0)
    taken = {id(item) for item in found.values()}
    free[:] = [item for item in free if id(item) not in taken]


def _pair_alike(free: list[T], new: Sequence[T], found: dict[int, T]) -> None:
    """Give each remaining highlight the old one most like it, the most alike first."""
    pairs = [
        (likeness, n, m)
        for n, item in enumerate(new)
        if n not in found and isinstance(item, Highlight)
        for m, before in enumerate(free)
        if (likeness := _likeness(before.text, item.text)) >= ALIKE
    ]
    taken: set[int] = set()
    for _, n, m in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if n not in found and m not in taken:
            found[n] = free[m]
            taken.add(m)
    free[:] = [item for m, item in enumerate(free) if m not in taken]


def _likeness(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
