"""A version in the history of a report: what was different from the one before, in words; pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shushuo_publish.feeds.items import clean
from shushuo_publish.reading.whole import Edition

_FIELDS = {
    "title": "题名",
    "organs": "单位",
    "kind": "类别",
    "level": "级别",
    "region": "地区",
    "period": "期间",
    "reported_on": "报告日期",
}
_KINDS = {"figures": "数据", "ranks": "排名", "highlights": "亮点"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what it is about, and its words before and after, empty where there were none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """One entry of the history."""

    version: str
    at: datetime
    words: str
    changes: list[Difference]


def edition_view(edition: Edition, *, first: bool) -> EditionView:
    """The entry of a published change."""
    if edition.state == "withdrawn":
        return EditionView(version=edition.version, at=edition.at, words="撤回", changes=[])
    words = "首次收录" if first else "更新"
    return EditionView(version=edition.version, at=edition.at, words=words, changes=_differences(edition.changes))


def _differences(changes: dict[str, Any]) -> list[Difference]:
    found = [
        Difference(_FIELDS[entry["field"]], _plain(entry.get("before")), _plain(entry.get("after")))
        for entry in changes.get("report", [])
        if entry.get("field") in _FIELDS
    ]
    for kind, label in _KINDS.items():
        found += [_item(label, entry) for entry in changes.get(kind, [])]
    if changes.get("text"):
        found.append(Difference("正文", "", "文字有改动"))
    return found


def _item(label: str, entry: dict[str, Any]) -> Difference:
    before, after = entry.get("before") or {}, entry.get("after") or {}
    about = clean(str((after or before).get("indicator") or ""))
    return Difference(f"{label} {about}".strip(), _plain(before.get("text")), _plain(after.get("text")))


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "、".join(clean(str(part)) for part in value)
    return clean(str(value)) if value is not None else ""
