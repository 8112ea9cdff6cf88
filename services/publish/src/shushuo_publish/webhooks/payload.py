"""The webhook documents: pure. ``{"type", "timestamp", "data"}``, serialised once: the bytes are what is signed.

``data.schema`` names the version of the payload; within it keys are added, never changed. An endpoint gets the full
data or, if it asked for ``thin``, ids, counts and links.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shushuo_publish.cards import Links
from shushuo_publish.changes import told
from shushuo_publish.handler import Published
from shushuo_publish.store.models import Figure, Highlight, Rank, Report
from shushuo_publish.store.outgoing import Message
from shushuo_shared.ids import event_id

SCHEMA = "shushuo/webhook/1"
TYPES = ("report.published", "report.updated", "report.withdrawn", "highlight.published", "endpoint.test")

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to be, and the highlight that it tells of, if it tells of one."""

    message: Message
    highlight: Highlight | None = None


def notices(published: Published, links: Links) -> list[Notice]:
    """One message for the change of the report, and one for each new highlight, in the order of the text."""
    report = published.report
    about = Notice(_message(published.kind, report, "", _report(published, links), _report_thin(published, links)))
    return [about, *(_highlight_notice(report, highlight, links) for highlight in published.new_highlights)]


def test_message(endpoint_id: str, number: int, now: datetime) -> Message:
    """An ``endpoint.test`` event; ``number`` tells one test from another."""
    data = {"schema": SCHEMA, "endpoint_id": endpoint_id, "message": "测试事件，收到即表示签名与网络均正常"}
    body = _document("endpoint.test", now, data)
    name = _name("endpoint.test", endpoint_id, str(number))
    return Message(id=name, type="endpoint.test", report_id="", sequence=0, created_at=now, body=body, thin_body=body)


def _highlight_notice(report: Report, highlight: Highlight, links: Links) -> Notice:
    data = _thin(report, links) | {"highlight": _highlight(report, highlight, links)}
    return Notice(_message("highlight.published", report, highlight.id, data, data), highlight)


def _message(kind: str, report: Report, item: str, full: Data, thin: Data) -> Message:
    return Message(
        id=_name(kind, report.report_id, str(report.sequence), item),
        type=kind,
        report_id=report.report_id,
        sequence=report.sequence,
        created_at=report.changed_at,
        body=_document(kind, report.changed_at, full),
        thin_body=_document(kind, report.changed_at, thin),
    )


def _name(kind: str, *parts: str) -> str:
    """The ``webhook-id``: the same change has the same one, also after the store was built again."""
    return "msg_" + event_id(f"webhook.{kind}", *parts).replace("-", "")


def _document(kind: str, at: datetime, data: Data) -> bytes:
    document = {"type": kind, "timestamp": at.isoformat(), "data": data}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _thin(report: Report, links: Links) -> Data:
    return {
        "schema": SCHEMA,
        "report_id": report.report_id,
        "version": report.version,
        "sequence": report.sequence,
        "state": report.state,
        "title": report.title,
        "headline": report.headline,
        "organs": report.organs,
        "kind": report.kind,
        "level": report.level,
        "region": report.region,
        "period": report.period,
        "url": links.report(report.report_id),
        "api_url": links.at(f"/api/v1/reports/{report.report_id}"),
        "source_url": report.source_address,
        "published_at": report.published_at.isoformat(),
        "changed_at": report.changed_at.isoformat(),
    } | ({"copy_of": report.copy_of} if report.state == "withdrawn" and report.copy_of else {})


def _report_thin(published: Published, links: Links) -> Data:
    items = published.items
    counts = {"figures": len(items.figures), "ranks": len(items.ranks), "highlights": len(items.highlights)}
    changed = {name: len(entries) for name, entries in published.changes.items()}
    return _thin(published.report, links) | {"counts": counts} | ({"changed": changed} if changed else {})


def _report(published: Published, links: Links) -> Data:
    report, items = published.report, published.items
    data = _thin(report, links)
    if published.changes:
        data["changes"] = published.changes
    if report.state == "withdrawn":
        return data
    keys = sorted((f for f in items.figures if f.key_rank is not None), key=lambda f: f.key_rank or 0)
    return data | {
        "key_figures": [figure.id for figure in keys],
        "figures": [_figure(report, figure, links) for figure in items.figures],
        "ranks": [_rank(report, rank, links) for rank in items.ranks],
        "highlights": [_highlight(report, highlight, links) for highlight in items.highlights],
        "checks": [f.model_dump(include={"kind", "message", "severity", "figures"}) for f in items.findings],
    }


def _item(report: Report, item: Figure | Rank | Highlight, links: Links) -> Data:
    proof = {"start": item.start, "end": item.end, "sentence": item.sentence, "places": item.places}
    return {"id": item.id, "url": links.report(report.report_id, item.id)} | told(item) | proof


def _figure(report: Report, item: Figure, links: Links) -> Data:
    return _item(report, item, links) | {"of": item.of_id, "suspect": item.suspect}


def _rank(report: Report, item: Rank, links: Links) -> Data:
    return _item(report, item, links) | {"of": item.of_id}


def _highlight(report: Report, item: Highlight, links: Links) -> Data:
    return _item(report, item, links)
