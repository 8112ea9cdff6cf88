"""The committed schemas are what the models say, and no release breaks a reader of the last one."""

import copy
import json
from pathlib import Path

import pytest

from shushuo_shared.schemas import incompatibilities, schemas

FOLDER = Path(__file__).parents[2] / "shared" / "schemas"
RELEASED = sorted((FOLDER / "released").iterdir())[-1]


def test_the_committed_schemas_are_those_of_the_models() -> None:
    assert {f.name: f.read_text(encoding="utf-8") for f in FOLDER.glob("*.json")} == schemas()


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_reader_of_the_last_release_understands_this_one(name: str) -> None:
    released = json.loads((RELEASED / name).read_text(encoding="utf-8"))
    assert incompatibilities(released, json.loads(schemas()[name])) == []


def test_incompatible_changes_are_noticed() -> None:
    old = json.loads(schemas()["RawReport.json"])
    new = copy.deepcopy(old)
    del new["properties"]["title"]
    new["properties"]["version"]["type"] = "integer"
    new["required"] = [*old["required"], "text"]
    new["required"].remove("fetched_at")
    del new["$defs"]["BlobRef"]
    assert set(incompatibilities(old, new)) == {
        "RawReport.version has another type",
        "RawReport.title is gone",
        "RawReport.fetched_at was always there and may now be missing",
        "RawReport.text is newly required: events already written lack it",
        "BlobRef is gone",
    }
