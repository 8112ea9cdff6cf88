"""What is different between two versions of a report, told figure by figure: pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from shushuo_publish.identity import Item, Same, said
from shushuo_publish.store.models import Report

Changes = dict[str, list[dict[str, object]]]

_TOLD = ("title", "organs", "kind", "level", "region", "period", "reported_on", "state")


def of_report(before: Report, after: Report) -> list[dict[str, object]]:
    """The changed facts about the report as a whole."""
    return [
        {"field": name, "before": getattr(before, name), "after": getattr(after, name)}
        for name in _TOLD
        if getattr(before, name) != getattr(after, name)
    ]


def of_items(old: Sequence[Item], same: Iterable[Same]) -> list[dict[str, object]]:
    """One entry for each item that was changed, added or removed; unchanged ones have none."""
    pairs = list(same)
    kept = {id(pair.old) for pair in pairs}
    changed = [_changed(pair.old, pair.new) for pair in pairs if pair.old is not None]
    added = [{"change": "added", "id": pair.new.id, "after": told(pair.new)} for pair in pairs if pair.old is None]
    removed = [{"change": "removed", "id": item.id, "before": told(item)} for item in old if id(item) not in kept]
    return [*(entry for entry in changed if entry["fields"]), *added, *removed]


def told(item: Item) -> dict[str, Any]:
    """What an item states, in its own words and as fields."""
    return said(item) | {"text": item.text}


def _changed(old: Item, new: Item) -> dict[str, object]:
    before, after = said(old), said(new)
    fields = [name for name in after if before[name] != after[name]]
    return {"change": "changed", "id": new.id, "fields": fields, "before": told(old), "after": told(new)}
