"""One report whole: its text, everything read from it under lasting ids, and the history of its versions."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from shushuo_publish.cards import ReportCard
from shushuo_publish.reading.cards import report
from shushuo_publish.rows import unpacked
from shushuo_publish.store.models import Figure, Highlight, Rank, Version
from shushuo_shared.report import ExtractedReport

_ID = re.compile(r"[0-9A-Za-z_.:-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One published change of a report and what was different from the one before."""

    sequence: int
    version: str
    state: str
    title: str
    at: datetime
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A report as it is now; ``keys`` gives the lasting id of each item that extract numbered, ``read`` is None
    when the report was withdrawn.
    """

    card: ReportCard
    read: ExtractedReport | None
    keys: dict[str, str]
    editions: list[Edition]


def whole(session: Session, report_id: str) -> Whole | None:
    """The report, or None when it was never published."""
    card = report(session, report_id) if is_id(report_id) else None
    if card is None:
        return None
    payload = session.scalar(
        select(col(Version.payload)).where(col(Version.report_id) == report_id, col(Version.sequence) == card.sequence)
    )
    return Whole(
        card=card,
        read=unpacked(payload) if payload else None,
        keys=_keys(session, report_id),
        editions=editions(session, report_id),
    )


def is_id(text: str) -> bool:
    """Whether the text can name a report; anything else need not be asked of the store."""
    return _ID.fullmatch(text) is not None


def editions(session: Session, report_id: str) -> list[Edition]:
    """All published changes of the report, newest first."""
    columns = (Version.sequence, Version.version, Version.state, Version.title, Version.changed_at, Version.changes)
    query = select(*map(col, columns)).where(col(Version.report_id) == report_id)
    rows = session.execute(query.order_by(col(Version.sequence).desc()))
    return [
        Edition(sequence=sequence, version=version, state=state, title=title, at=at, changes=changes)
        for sequence, version, state, title, at, changes in rows
    ]


def _keys(session: Session, report_id: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (Figure, Rank, Highlight):
        query = select(col(table.local_id), col(table.id)).where(col(table.report_id) == report_id)
        found.update((local, key) for local, key in session.execute(query))
    return found
