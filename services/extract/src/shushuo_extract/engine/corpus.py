"""The examples that each family ships: read strictly, compared with what a report was read to say.

An example names, for each kind of item, the items that must be found, and of each only the fields that matter;
``exact`` forbids any other item of the kinds it names. A negative names the kinds of which nothing may be found, and
why. ``gap`` marks what is known not to work yet. An empty string stands for null; ``of`` is given as the metric's
quoted text.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from shushuo_shared.report import ExtractedReport

KINDS = ("figures", "ranks", "highlights", "terms", "checks")
_EXAMPLE_KEYS = frozenset({"text", "exact", "gap", "meta", "headline", "key_figures", *KINDS})
_NEGATIVE_KEYS = frozenset({"text", "none", "why", "gap"})


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the items that must be found in it."""

    family: str
    text: str
    expected: Mapping[str, Any]
    exact: bool
    gap: str | None


@dataclass(frozen=True, slots=True)
class Negative:
    """A text in which nothing of these kinds may be found."""

    family: str
    text: str
    none: tuple[str, ...]
    why: str
    gap: str | None


class CorpusError(ValueError):
    """Raised where a corpus file has a key or value that the format does not know."""


def load(family: str) -> tuple[list[Example], list[Negative]]:
    """The examples and negatives of a family; raises CorpusError where the file strays from the format."""
    data = tomllib.loads(files(family).joinpath("corpus.toml").read_text(encoding="utf-8"))
    _only(data, {"example", "negative"}, family)
    examples = [_example(family, entry) for entry in data.get("example", [])]
    negatives = [_negative(family, entry) for entry in data.get("negative", [])]
    return examples, negatives


def _only(entry: Mapping[str, Any], known: frozenset[str] | set[str], where: str) -> None:
    stray = sorted(set(entry) - known)
    if stray:
        raise CorpusError(f"{where}: unknown keys {stray} in {str(entry)[:80]}")


def _example(family: str, entry: dict[str, Any]) -> Example:
    _only(entry, _EXAMPLE_KEYS, family)
    expected = {k: v for k, v in entry.items() if k not in {"text", "exact", "gap"}}
    if not expected:
        raise CorpusError(f"{family}: an example that expects nothing: {entry['text'][:40]}")
    for kind in KINDS:
        model = ExtractedReport.model_fields[kind].annotation.__args__[0]  # type: ignore[union-attr]
        for item in expected.get(kind, []):
            _only(item, set(model.model_fields), f"{family} {kind}")
    return Example(family, entry["text"], expected, entry.get("exact", False), entry.get("gap"))


def _negative(family: str, entry: dict[str, Any]) -> Negative:
    _only(entry, _NEGATIVE_KEYS, family)
    none = (entry["none"],) if isinstance(entry["none"], str) else tuple(entry["none"])
    if not set(none) <= set(KINDS) or not entry["why"]:
        raise CorpusError(f"{family}: a negative needs kinds and a reason: {entry['text'][:40]}")
    return Negative(family, entry["text"], none, entry["why"], entry.get("gap"))


def misses(example: Example, report: Mapping[str, Any]) -> list[str]:
    """What a report, dumped as JSON values, lacks or has too much of for an example."""
    said: list[str] = []
    for kind, wanted in example.expected.items():
        if kind in KINDS:
            said += _missing_items(kind, wanted, report, example.exact)
        elif kind == "meta":
            said += [
                f"meta {k}: wanted {v!r}, got {report['meta'][k]!r}"
                for k, v in wanted.items()
                if not _same(v, report["meta"][k])
            ]
        elif not _same(wanted, report[kind]):
            said.append(f"{kind}: wanted {wanted!r}, got {report[kind]!r}")
    return said


def _missing_items(kind: str, wanted: list[dict[str, Any]], report: Mapping[str, Any], exact: bool) -> list[str]:
    left = [_shown(item, report) for item in report[kind]]
    said = []
    for want in wanted:
        hit = next((i for i, item in enumerate(left) if all(_same(v, item.get(k)) for k, v in want.items())), None)
        if hit is None:
            near = [item for item in left if item.get("text") == want.get("text")]
            said.append(f"{kind}: wanted {want}, found {[{k: item.get(k) for k in want} for item in near or left]}")
        else:
            left.pop(hit)
    if exact and left:
        said.append(f"{kind}: nothing else was expected, found {[item.get('text') for item in left]}")
    return said


def _shown(item: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, Any]:
    """An item with ``of`` as the quoted text of its metric."""
    of = item.get("of")
    quoted = next((f["text"] for f in report["figures"] if f["start"] == of), None) if of is not None else None
    return {**item, "of": quoted}


def _same(wanted: object, got: object) -> bool:
    if wanted == "":
        return got in ("", None)
    return wanted == got
