"""The vocabulary of what is measured, compiled once into pattern pieces."""

import tomllib
from importlib.resources import files
from typing import Any

from shushuo_extract.engine.literals import any_here, any_of

TERMS: dict[str, Any] = tomllib.loads((files(__package__) / "terms.toml").read_text(encoding="utf-8"))


def _unless_longer(words: list[str], others: list[str]) -> dict[str, str]:
    """What may not follow each of the words that begins longer ones of the others: their ends."""
    ends = {word: [other.removeprefix(word) for other in others if other.startswith(word)] for word in words}
    return {word: any_of(filter(None, longer)) for word, longer in ends.items() if any(longer)}


VERBS = any_here(TERMS["verbs"], unless=_unless_longer(TERMS["verbs"], TERMS["not_verbs"]))
ELLIPTIC, PEOPLE_WORDS, BODIES = any_here(TERMS["elliptic"]), any_of(TERMS["people"]), any_here(TERMS["bodies"])
ADVERBS = any_here(TERMS["adverbs"])
PEOPLE = tuple(TERMS["people"])
WIDE = frozenset(TERMS["wide"])
EXPANSIONS: dict[str, str] = TERMS["expansions"]
