"""What an extracted report changes: pure, from the event and what was published before to rows and notifications.

Exactly one event tells of each real change. An event seen before, an older one that comes late, and a new version that
says the same as the last are no change. Items that their text does not prove are refused before anything is stored.
Of a report and its copies one is published: a copy that came before its original gives way to it when that comes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from shushuo_publish import changes as differences
from shushuo_publish.identity import Same, new_id, recognise, said
from shushuo_publish.rows import Items, items_of, packed
from shushuo_publish.store.models import Figure, Highlight, Rank, Report, Unlisted, Version
from shushuo_shared.codec import Event
from shushuo_shared.errors import Poison
from shushuo_shared.events import ExtractedEvent
from shushuo_shared.report import ExtractedReport

Kind = Literal["report.published", "report.updated", "report.withdrawn"]


@dataclass(frozen=True, slots=True)
class Before:
    """What is published of a report; ``text`` is that of its last version."""

    report: Report
    items: Items
    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """No change, and why; ``revision`` is the newest one known from now on, ``copy_of`` what it says to repeat."""

    reason: str
    revision: int | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A change to store and to tell of: the rows as they are from now on, and the copies that it takes the place of."""

    kind: Kind
    report: Report
    version: Version
    items: Items
    text: str
    changes: differences.Changes
    before: Before | None = None
    new_highlights: list[Highlight] = field(default_factory=list)
    gave_way: Sequence["Published"] = ()


Outcome = Nothing | Unlisted | Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What deciding needs besides the report itself: the number a change would get, and the time.

    ``revision`` is the newest one seen of a report that is not listed, ``original`` whether the report that this one
    is said to be a copy of is published.
    """

    change: int
    now: datetime
    revision: int = 0
    original: bool = False


def decide(event: Event, report: ExtractedReport | None, before: Before | None, known: Known) -> Outcome:
    """What follows from the event, given what is published and what else is known."""
    data = extracted(event)
    newest = max(known.revision, before.report.revision if before else 0)
    if data.revision <= newest:
        return Nothing("seen before" if data.revision == newest else "older than what is known")
    if data.state == "withdrawn":
        return _withdrawn(event, data, before, known)
    if report is None:
        raise Poison("report.extracted carries no report")
    check(data, report)
    if data.copy_of and known.original:
        return _copy(event, data, before, known)
    return _present(event, data, report, before, known)


def extracted(event: Event) -> ExtractedEvent:
    """The event's data; Poison when it is none that publish reads."""
    if not isinstance(event.data, ExtractedEvent):
        raise Poison(f"publish reads report.extracted, not {event.type}")
    return event.data


def check(data: ExtractedEvent, report: ExtractedReport) -> None:
    """Poison unless the report is the one announced and its text proves every item."""
    if (report.report_id, report.version) != (data.report_id, data.version):
        raise Poison(f"event of {data.report_id} {data.version} carries {report.report_id} {report.version}")
    items: list[Any] = [*report.figures, *report.ranks, *report.highlights]
    wrong = [i.id for i in items if not i.start < i.end <= len(report.text) or report.text[i.start : i.end] != i.text]
    if wrong:
        raise Poison(f"items that their text does not prove: {', '.join(wrong[:5])}")
    ids = [item.id for item in items]
    if len(ids) != len(set(ids)):
        raise Poison("two items of the report share an id")


def _present(
    event: Event, data: ExtractedEvent, report: ExtractedReport, before: Before | None, known: Known
) -> Outcome:
    row = _report_row(data, report, before, known)
    items = items_of(report, data.report_id, known.now)
    was = before.items if before else Items()
    pairs = {
        "figures": _placed(was.figures, items.figures, known.change),
        "ranks": _placed(was.ranks, items.ranks, known.change),
        "highlights": _placed(was.highlights, items.highlights, known.change),
    }
    _rename(items)
    told: differences.Changes = {}
    kind: Kind = "report.published"
    if before is not None and before.report.state == "present":
        kind = "report.updated"
        told = _changes(before, row, pairs, report.text)
        if not told:
            return Nothing("says the same as the version before", data.revision, data.copy_of)
    return Published(
        kind=kind,
        report=row,
        version=_version_row(event, row, told, packed(report)),
        items=items,
        text=report.text,
        changes=told,
        before=before,
        new_highlights=[pair.new for pair in pairs["highlights"] if pair.old is None],
    )


def _changes(before: Before, row: Report, pairs: dict[str, list[Same]], text: str) -> differences.Changes:
    found: differences.Changes = {
        "report": differences.of_report(before.report, row),
        "figures": differences.of_items(before.items.figures, pairs["figures"]),
        "ranks": differences.of_items(before.items.ranks, pairs["ranks"]),
        "highlights": differences.of_items(before.items.highlights, pairs["highlights"]),
    }
    if "".join(before.text.split()) != "".join(text.split()):
        found["text"] = [{"change": "changed", "characters_before": len(before.text), "characters_after": len(text)}]
    return {name: entries for name, entries in found.items() if entries}


def _placed(old: Sequence[Any], new: Sequence[Any], change: int) -> list[Same]:
    """Give ids and places: an item that says the same keeps both, a changed one keeps its id and takes a new place."""
    pairs = recognise(old, new)
    taken = {item.id for item in old}
    for n, pair in enumerate(pairs):
        item, known = pair.new, pair.old
        item.id = known.id if known is not None else new_id(item, taken)
        taken.add(item.id)
        item.change, item.ordinal = change, len(pairs) - 1 - n  # lists run downwards: the first of the text comes first
        if known is not None:
            item.published_at = known.published_at
            if said(known) == said(item):
                item.change, item.ordinal, item.changed_at = known.change, known.ordinal, known.changed_at
    return pairs


def _rename(items: Items) -> None:
    """References between items: from the ids that extract gave to those of the store."""
    ids = {figure.local_id: figure.id for figure in items.figures}
    referring: list[Figure | Rank] = [*items.figures, *items.ranks]
    for item in referring:
        item.of_id = ids.get(item.of_id) if item.of_id else None
    for finding in items.findings:
        finding.figures = [ids[figure] for figure in finding.figures if figure in ids]


def _report_row(data: ExtractedEvent, report: ExtractedReport, before: Before | None, known: Known) -> Report:
    meta = report.meta
    return Report(
        report_id=data.report_id,
        version=data.version,
        revision=data.revision,
        sequence=before.report.sequence + 1 if before else 1,
        change=known.change,
        state="present",
        source_name=data.source.name,
        source_kind=data.source.kind,
        source_address=data.source.address,
        title=meta.title or data.title or _untitled(report),
        headline=report.headline,
        organs=list(meta.organs),
        kind=meta.kind,
        level=meta.level,
        region=meta.region,
        period=meta.period,
        reported_on=meta.published,
        figure_count=len(report.figures),
        warnings=sum(check.severity == "warning" for check in report.checks),
        original_sha256=data.original.sha256 if data.original else None,
        layout_sha256=data.layout.sha256 if data.layout else None,
        fetched_at=data.fetched_at,
        source_published_at=data.published_at,
        published_at=before.report.published_at if before else known.now,
        changed_at=known.now,
        copy_of=data.copy_of,
    )


def _untitled(report: ExtractedReport) -> str:
    """What a report without a title of its own is called: whose and of when, or how it begins.

    The headline says whose and of when before its colon; where neither is known it begins with a figure, which is no
    name.
    """
    known = report.meta.organs or report.meta.period
    whose = report.headline.partition("：")[0] if known else ""
    return whose or report.text.strip().partition("\n")[0][:60]


def _withdrawn(event: Event, data: ExtractedEvent, before: Before | None, known: Known) -> Outcome:
    if before is None:
        return _unlisted(data, "withdrawn", known)
    if before.report.state == "withdrawn":
        return Nothing("withdrawn already", data.revision, before.report.copy_of)
    return _gone(event, before, known, {"version": data.version, "revision": data.revision, "copy_of": None})


def _copy(event: Event, data: ExtractedEvent, before: Before | None, known: Known) -> Outcome:
    """What a copy of a published report comes to."""
    if before is None:
        return _unlisted(data, "copy", known)
    if before.report.state == "withdrawn":
        return Nothing("a copy of what is published", data.revision, data.copy_of)
    of = {"version": data.version, "revision": data.revision, "copy_of": data.copy_of}
    return _gone(event, before, known, of)


def give_way(event: Event, copy: Before, original: str, known: Known) -> Published:
    """The change of a published copy when the event has its original published."""
    return _gone(event, copy, known, {"copy_of": original})


def _gone(event: Event, before: Before, known: Known, more: Mapping[str, object]) -> Published:
    """The change of a report that is published no more."""
    new: dict[str, object] = {
        **more,
        "sequence": before.report.sequence + 1,
        "change": known.change,
        "state": "withdrawn",
        "figure_count": 0,
        "warnings": 0,
        "changed_at": known.now,
    }
    row = Report.model_validate(before.report.model_dump() | new)
    told: differences.Changes = {"report": differences.of_report(before.report, row)}
    if row.copy_of:
        told["report"].append({"field": "copy_of", "before": None, "after": row.copy_of})
    version = _version_row(event, row, told, None)
    return Published(
        kind="report.withdrawn", report=row, version=version, items=Items(), text="", changes=told, before=before
    )


def _unlisted(data: ExtractedEvent, reason: str, known: Known) -> Unlisted:
    return Unlisted(
        report_id=data.report_id,
        reason=reason,
        copy_of=data.copy_of,
        version=data.version,
        revision=data.revision,
        source_name=data.source.name,
        source_address=data.source.address,
        seen_at=known.now,
    )


def _version_row(event: Event, row: Report, told: differences.Changes, payload: bytes | None) -> Version:
    return Version(
        report_id=row.report_id,
        sequence=row.sequence,
        version=row.version,
        revision=row.revision,
        state=row.state,
        event_id=event.id,
        lane=event.lane,
        fetched_at=extracted(event).fetched_at,
        extracted_at=event.time,
        title=row.title,
        changed_at=row.changed_at,
        changes=told,
        payload=payload,
    )
