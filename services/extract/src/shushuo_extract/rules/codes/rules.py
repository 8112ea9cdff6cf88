"""One rule per code: the wordings that mean exactly this indicator, and the units it is counted in."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from shushuo_extract.engine.types import Rule


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator in a unit, of an organ of a kind."""

    unit: str
    kind: str


_TERMS: dict[str, Any] = tomllib.loads((files(__package__) / "terms.toml").read_text(encoding="utf-8"))


def _rule(code: str, entry: dict[str, Any]) -> Rule[str]:
    units, kind = frozenset(entry["units"]), entry.get("kind")

    def produce(asked: Asked) -> str | None:
        fits = asked.unit in units and (kind is None or asked.kind == kind)
        return code if fits else None

    pattern = "|".join(re.sub(r"\{([a-z]+)\}", lambda m: _TERMS["words"][m[1]], form) for form in entry["is"])
    return Rule(f"{code} in whole", re.compile(rf"(?:{pattern})(?:数|总数|数量|案件数)?"), produce)


RULES: tuple[Rule[str], ...] = tuple(_rule(code, entry) for code, entry in _TERMS["codes"].items())
BY_UNIT: dict[str, list[Rule[str]]] = {}
for _made, _entry in zip(RULES, _TERMS["codes"].values(), strict=True):
    for _unit in _entry["units"]:
        BY_UNIT.setdefault(_unit, []).append(_made)
