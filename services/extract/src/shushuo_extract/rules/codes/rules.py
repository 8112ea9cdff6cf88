"""One rule per code: the wordings that mean exactly this indicator, and the units it is counted in."""

import re
import tomllib
from importlib.resources import files
from typing import Any, NamedTuple

from shushuo_extract.engine.signs import BySigns
from shushuo_extract.engine.types import Rule


class Asked(NamedTuple):
    """An indicator in a unit, of an organ of a kind."""

    unit: str
    kind: str


_TERMS: dict[str, Any] = tomllib.loads((files(__package__) / "terms.toml").read_text(encoding="utf-8"))
_NAMED = re.compile(r"\{([a-z]+)\}")


def _rule(code: str, entry: dict[str, Any]) -> Rule[str]:
    units, kind = frozenset(entry["units"]), entry.get("kind")

    def produce(asked: Asked) -> str | None:
        fits = asked.unit in units and (kind is None or asked.kind == kind)
        return code if fits else None

    return Rule(f"{code} in whole", re.compile(rf"(?:{_forms(entry)}){_spelt('{tally}')}?"), produce, entry["signs"])


def _forms(entry: dict[str, Any]) -> str:
    """All wordings of a code: those written out, and its deeds before or after what they are done to."""
    forms = [_spelt(form) for form in entry.get("is", ())]
    if "of" in entry:
        deed, thing, prefix = (_spelt(entry.get(key, "")) for key in ("deeds", "of", "prefix"))
        forms.append(f"(?:{prefix})?(?:(?:{deed})(?:{thing})|(?:{thing})(?:{deed}))")
    return "|".join(forms)


def _spelt(form: str) -> str:
    """A form with each {name} replaced by the alternatives it stands for."""
    while found := _NAMED.search(form):
        form = f"{form[: found.start()]}(?:{_TERMS['words'][found[1]]}){form[found.end() :]}"
    return form


RULES: tuple[Rule[str], ...] = tuple(_rule(code, entry) for code, entry in _TERMS["codes"].items())
_COUNTED_IN: dict[str, list[Rule[str]]] = {}
for _made, _entry in zip(RULES, _TERMS["codes"].values(), strict=True):
    for _unit in _entry["units"]:
        _COUNTED_IN.setdefault(_unit, []).append(_made)
BY_UNIT = {unit: BySigns(rules) for unit, rules in _COUNTED_IN.items()}
