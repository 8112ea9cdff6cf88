"""What the user reads of the sources file is true: the example parses, every option is told with its default."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from shushuo_ingest.sources import KINDS, Source
from shushuo_ingest.sources_file import read_sources

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "SOURCES.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "deploy" / "sources.example.toml").read_text(encoding="utf-8")
TOLD = {match[1]: match[2] for match in re.finditer(r"(?m)^\| `(\w+)` \| ([^|]+) \|", GUIDE)}
SNIPPETS = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def spelt(value: object) -> str:
    """A default as the sources file spells it."""
    if isinstance(value, timedelta):
        for unit, length in (("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)):
            if value.total_seconds() % length == 0:
                return f"{value.total_seconds() / length:.0f}{unit}"
    return str(value).lower()


def test_the_example_file_parses_and_shows_every_kind() -> None:
    found = read_sources(EXAMPLE)

    assert found.problems == ()
    assert {source.kind for source in found.sources} == set(KINDS)


@pytest.mark.parametrize("text", [*SNIPPETS, EXAMPLE])
def test_every_snippet_of_the_guide_parses(text: str) -> None:
    assert tomllib.loads(text)["source"]
    assert read_sources(text).problems == ()


@pytest.mark.parametrize(
    ("kind", "option", "field"),
    [(kind, name, field) for kind in KINDS.values() for name, field in kind.model_fields.items()],
)
def test_every_option_is_told_with_its_default(kind: type[Source], option: str, field: FieldInfo) -> None:
    if field.is_required():
        assert option in TOLD
    elif field.default is not None and option != "match":
        assert f"`{spelt(field.default)}`" in TOLD[option]


@pytest.mark.parametrize("alarm", ["failing", "overdue", "silent", "stuck", "zero", "count", "drop", "entry"])
def test_every_alarm_is_told(alarm: str) -> None:
    assert f"| `{alarm}` |" in GUIDE
