"""Stores what the handler decided: rows, deliveries, the event for the bus and the inbox entry, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import delete, insert, literal, select, update
from sqlmodel import Session, col

from shushuo_publish.cards import Links
from shushuo_publish.facets import facet_rows, passage_row, report_sheet, sheets
from shushuo_publish.handler import Before, Known, Nothing, Outcome, Published, decide, extracted, give_way
from shushuo_publish.rows import Items, unpacked
from shushuo_publish.storable import check_storable
from shushuo_publish.store.models import (
    Counter,
    Facet,
    Figure,
    Finding,
    Highlight,
    Rank,
    Report,
    Unlisted,
    Version,
)
from shushuo_publish.store.outgoing import Delivery, Endpoint, Inbox, OutboxEvent
from shushuo_publish.store.search import add_passages, drop_passages
from shushuo_publish.webhooks.payload import notices
from shushuo_publish.webhooks.routing import Route, recipients
from shushuo_shared.bus import Message as BusMessage
from shushuo_shared.codec import Event, encode, make_event
from shushuo_shared.events import INLINE_BYTES, PublishedEvent
from shushuo_shared.report import ExtractedReport

T = TypeVar("T", Figure, Rank, Highlight)


def publish(session: Session, event: Event, report: ExtractedReport | None, *, links: Links, now: datetime) -> Outcome:
    """Handle one ``report.extracted`` in the session's transaction; the same event again is Nothing."""
    data = extracted(event)
    check_storable(event, data, report)
    # Taken first: publishing is one at a time from here to the commit, so change numbers appear in their order.
    counter = select(col(Counter.value)).where(col(Counter.name) == "change").with_for_update()
    change = session.execute(counter).scalar_one() + 1
    if session.get(Inbox, event.id) is not None:
        return Nothing("seen before")
    known = Known(
        change=change,
        now=now,
        revision=session.scalar(select(col(Unlisted.revision)).where(col(Unlisted.report_id) == data.report_id)) or 0,
        original=data.copy_of != data.report_id and _is_present(session, data.copy_of),
    )
    outcome = decide(event, report, before(session, data.report_id), known)
    if isinstance(outcome, Published):
        outcome = replace(outcome, gave_way=_copies(session, event, outcome.report))
        _carry_out(session, outcome, links, heard=event.lane == "live")
    elif not isinstance(outcome, Nothing):
        session.merge(outcome)
    elif outcome.revision is not None:
        mine = col(Report.report_id) == data.report_id
        session.execute(update(Report).where(mine).values(revision=outcome.revision, copy_of=outcome.copy_of))
    session.add(Inbox(event_id=event.id, at=now))
    return outcome


def _copies(session: Session, event: Event, original: Report) -> list[Published]:
    """The published copies that came before the report, as they give way to it."""
    if original.state != "present":
        return []
    published = select(col(Report.report_id)).where(col(Report.state) == "present")
    mine = published.where(col(Report.copy_of) == original.report_id, col(Report.report_id) != original.report_id)
    held = [before(session, copy) for copy in session.scalars(mine.order_by(col(Report.report_id))).all()]
    numbered = zip(count(original.change + 1), filter(None, held), strict=False)
    return [
        give_way(event, copy, original.report_id, Known(change=change, now=original.changed_at))
        for change, copy in numbered
    ]


def _carry_out(session: Session, published: Published, links: Links, *, heard: bool) -> None:
    """Store the change and those of its copies; history that takes the place of news is told as well."""
    changes = [published, *published.gave_way]
    newest = changes[-1].report.change
    session.execute(update(Counter).where(col(Counter.name) == "change").values(value=newest))
    heard = heard or any(_was_told(session, copy.report.report_id) for copy in published.gave_way)
    for change in changes:
        _store(session, change)
        if heard:
            _notify(session, change, links)


def _was_told(session: Session, report_id: str) -> bool:
    live = select(literal(1)).where(col(Version.report_id) == report_id, col(Version.lane) == "live")
    return session.execute(live.limit(1)).first() is not None


def before(session: Session, report_id: str) -> Before | None:
    """What is published of the report now."""
    report = session.get(Report, report_id)
    if report is None:
        return None
    mine = select(col(Version.payload)).where(col(Version.report_id) == report_id)
    payload = session.scalar(mine.where(col(Version.sequence) == report.sequence))
    items = Items(
        figures=_rows(session, Figure, report_id),
        ranks=_rows(session, Rank, report_id),
        highlights=_rows(session, Highlight, report_id),
    )
    session.expunge_all()  # what was stays as it was, whatever is stored in its place
    return Before(report, items, unpacked(payload).text if payload else "")


def _rows(session: Session, table: type[T], report_id: str) -> list[T]:
    mine = select(table).where(col(table.report_id) == report_id)
    return list(session.scalars(mine.order_by(col(table.start), col(table.end), col(table.id))))


def _is_present(session: Session, report_id: str | None) -> bool:
    if report_id is None:
        return False
    return session.scalar(select(col(Report.state)).where(col(Report.report_id) == report_id)) == "present"


def _store(session: Session, published: Published) -> None:
    """Put the new state in the place of the old one; earlier versions stay."""
    report, items = published.report, published.items
    if was := published.before:
        places = {was.report.change, *was.items.changes()}
        drop_passages(session, places)
        session.execute(delete(Facet).where(col(Facet.change).in_(places)))
        for table in (Figure, Rank, Highlight, Finding):
            session.execute(delete(table).where(col(table.report_id) == report.report_id))
    session.execute(delete(Unlisted).where(col(Unlisted.report_id) == report.report_id))
    session.merge(report)
    session.flush()
    session.add(published.version)
    session.add_all([*items.figures, *items.ranks, *items.highlights, *items.findings])
    _index(session, published)


def _index(session: Session, published: Published) -> None:
    """Make the report and its items findable; a withdrawn report stays, as withdrawn, in the lists it was in."""
    report, was = published.report, published.before
    if report.state == "withdrawn" and was:
        found = [report_sheet(report, was.items, was.text)]
    else:
        found = sheets(report, published.items, published.text)
    session.add_all([row for sheet in found for row in facet_rows(sheet)])
    add_passages(session, [passage_row(sheet) for sheet in found])


def _notify(session: Session, published: Published, links: Links) -> None:
    """Queue the webhooks and the event for the bus."""
    session.add(_bus_event(published, links))
    told = recipients(notices(published, links), published, routes(session))
    session.add_all([notice.message for notice, chosen in told if chosen])
    session.flush()
    deliveries = [
        {
            "message_id": notice.message.id,
            "endpoint_id": route.id,
            "report_id": published.report.report_id,
            "status": "held" if route.held else "pending",
            "next_attempt_at": published.report.changed_at,
            "created_at": published.report.changed_at,
        }
        for notice, chosen in told
        for route in chosen
    ]
    if deliveries:
        session.execute(insert(Delivery), deliveries)


def routes(session: Session) -> Sequence[Route]:
    """All endpoints, as routing sees them."""
    columns = select(col(Endpoint.id), col(Endpoint.event_types), col(Endpoint.filters), col(Endpoint.state))
    return [
        Route(id=id_, event_types=frozenset(types), filters=filters, held=state == "paused")
        for id_, types, filters, state in session.execute(columns)
    ]


def _bus_event(published: Published, links: Links) -> OutboxEvent:
    """The event for the bus; changes too many to travel are told as their number."""
    message = _bus_message(published, published.changes, links)
    if len(message.value) > INLINE_BYTES:
        counts = {name: [{"count": len(entries)}] for name, entries in published.changes.items()}
        message = _bus_message(published, counts, links)
    return OutboxEvent(topic=message.topic, key=message.key, headers=dict(message.headers), value=message.value)


def _bus_message(published: Published, changes: Mapping[str, Any], links: Links) -> BusMessage:
    report = published.report
    data = PublishedEvent(
        report_id=report.report_id,
        version=report.version,
        sequence=report.sequence,
        title=report.title,
        organs=report.organs,
        url=links.report(report.report_id),
        changed_at=report.changed_at,
        changes=dict(changes),
    )
    event = make_event(
        published.kind,
        data,
        service="publish",
        subject=report.report_id,
        parts=(str(report.sequence),),
        time=report.changed_at,
        lane="live",
    )
    return encode(event)
