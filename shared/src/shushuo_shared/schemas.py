"""The JSON Schemas of all events, generated from their models and committed: ``python -m shushuo_shared.schemas DIR``.

``--check DIR`` writes nothing and exits 1 when the committed files are not what the models say.
``incompatibilities`` is the rule for releases: a reader of the old schema must be able to read what the new one allows.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shushuo_shared.report import ExtractedReport
from shushuo_shared.topics import EVENT_TYPES

Schema = dict[str, Any]


def schemas() -> dict[str, str]:
    """File name → content, one file a model."""
    models = {kind.model.__name__: kind.model for kind in EVENT_TYPES.values()} | {"ExtractedReport": ExtractedReport}
    return {
        f"{name}.json": json.dumps(model.model_json_schema(by_alias=True), ensure_ascii=False, indent=2, sort_keys=True)
        + "\n"
        for name, model in sorted(models.items())
    }


def incompatibilities(old: Schema, new: Schema) -> list[str]:
    """What a reader of ``old`` would stumble over in data that fits ``new``; empty when the change is compatible."""
    return [problem for name, was in _objects(old) for problem in _broken(name, was, dict(_objects(new)).get(name))]


def _objects(schema: Schema) -> Iterator[tuple[str, Schema]]:
    yield schema.get("title", "root"), schema
    yield from schema.get("$defs", {}).items()


def _broken(name: str, was: Schema, now: Schema | None) -> Iterator[str]:
    if now is None:
        yield f"{name} is gone"
        return
    kept = now.get("properties", {})
    for field, before in was.get("properties", {}).items():
        if field not in kept:
            yield f"{name}.{field} is gone"
        elif _shape(before) != _shape(kept[field]):
            yield f"{name}.{field} has another type"
        elif field in was.get("required", []) and field not in now.get("required", []):
            yield f"{name}.{field} was always there and may now be missing"
    for field in now.get("required", []):
        if field not in was.get("required", []):
            yield f"{name}.{field} is newly required: events already written lack it"
    if "enum" in was and was["enum"] != now.get("enum"):
        yield f"{name} has other values"


def _shape(field: Schema) -> str:
    return json.dumps({k: v for k, v in field.items() if k not in ("title", "description", "default")}, sort_keys=True)


def main(arguments: list[str]) -> int:
    """Write or check the files of a folder."""
    check = arguments[0] == "--check"
    folder = Path(arguments[-1])
    folder.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, content in schemas().items():
        path = folder / name
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if not check:
            path.write_text(content, encoding="utf-8")
    if check and stale:
        sys.stderr.write(f"out of date in {folder}: {', '.join(stale)}; run make schemas\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
