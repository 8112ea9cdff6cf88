"""The words of achievements, loaded once, and the few ways to put them into a pattern."""

import tomllib
from importlib.resources import files

_TERMS: dict[str, dict[str, list[str]]] = tomllib.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))


def alternatives(table: str, *names: str) -> list[str]:
    """The entries of the named lists, longest first so that a longer word wins over its beginning."""
    listed = {entry for name in names for entry in _TERMS[table][name]}
    return sorted(listed, key=lambda e: (-len(e), e))


def words(table: str, *names: str) -> str:
    """An alternation of the named lists."""
    return "(?:" + "|".join(alternatives(table, *names)) + ")"


def entries(table: str, name: str) -> list[str]:
    """A list as it stands."""
    return _TERMS[table][name]


def wakers() -> dict[str, tuple[str, ...]]:
    """The literal words that wake each rule, by the rule's name."""
    return {rule: tuple(listed) for rule, listed in _TERMS["wake"].items()}
