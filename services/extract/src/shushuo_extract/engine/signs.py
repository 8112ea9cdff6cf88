"""Which of many rules may match a text: those of whose signs it has one."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from .types import Rule

T = TypeVar("T")


class BySigns(Generic[T]):
    """Rules in the order to try them, of which a text need only be tried with those that its characters allow."""

    def __init__(self, rules: Iterable[Rule[T]]) -> None:
        self._rules = tuple(rules)
        signs = sorted(set().union(*(rule.signs for rule in self._rules)))
        self._bits = {sign: self._bits_of([sign in rule.signs for rule in self._rules]) for sign in signs}
        self._unsigned = self._bits_of([not rule.signs for rule in self._rules])
        self._sign = re.compile(f"[{re.escape(''.join(signs))}]")
        self._picked = lru_cache(maxsize=1024)(self._pick)

    def fitting(self, text: str) -> tuple[Rule[T], ...]:
        """The rules that may match a text by the signs in it, in their order."""
        shown = self._unsigned
        for sign in self._sign.findall(text):
            shown |= self._bits[sign]
        return self._picked(shown)

    def _pick(self, shown: int) -> tuple[Rule[T], ...]:
        return tuple([rule for at, rule in enumerate(self._rules) if shown >> at & 1])

    @staticmethod
    def _bits_of(chosen: Iterable[bool]) -> int:
        """A number whose bit ``n`` says whether rule ``n`` is among the chosen."""
        return sum(1 << at for at, is_chosen in enumerate(chosen) if is_chosen)
