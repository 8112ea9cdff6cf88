"""The families of grammar, discovered: a folder under ``rules`` that holds a ``corpus.toml`` or ``rules.py`` is one."""

from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from .types import Rule

_ROOTS = ("shushuo_extract.rules",)
_SINGLES = ("shushuo_extract.checks",)


def names() -> list[str]:
    """Module names of all families, in alphabetical order."""
    found = []
    for root in _ROOTS:
        package = import_module(root)
        found += [f"{root}.{info.name}" for info in iter_modules(package.__path__) if info.ispkg]
    found += [single for single in _SINGLES if _is_importable(single)]
    return sorted(name for name in found if has_rules(name) or has_corpus(name))


def has_corpus(family: str) -> bool:
    """Whether the family ships examples."""
    return files(family).joinpath("corpus.toml").is_file()


def has_rules(family: str) -> bool:
    """Whether the family has a module of rules."""
    return files(family).joinpath("rules.py").is_file()


def rules_of(family: str) -> list[Rule[Any]]:
    """The rules of a family, wherever in its modules they are bound, each once, in the order met."""
    found: dict[int, Rule[Any]] = {}
    for module in _modules(family):
        for value in vars(module).values():
            for rule in _rules_in(value):
                found.setdefault(id(rule), rule)
    return list(found.values())


def _is_importable(name: str) -> bool:
    try:
        import_module(name)
    except ModuleNotFoundError:
        return False
    return True


def _modules(family: str) -> Iterator[ModuleType]:
    package = import_module(family)
    yield from (import_module(f"{family}.{info.name}") for info in iter_modules(package.__path__))


def _rules_in(value: object) -> Iterator[Rule[Any]]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _rules_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _rules_in(item)
