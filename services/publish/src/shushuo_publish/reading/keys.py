"""Which items a filter lets through, newest change first, as places (change, ordinal) in a stream."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from shushuo_publish.filters import Filters, Window
from shushuo_publish.reading.lists import Listing, Place, Stream, places
from shushuo_publish.store.models import Counter, Report

_OF_REPORTS = ("organ", "kind", "level", "region", "year", "q")


@dataclass(frozen=True, slots=True)
class Places:
    """One stretch of a list; ``cursor`` continues it, None at its end."""

    places: list[Place]
    cursor: str | None


def newest_change(session: Session) -> int:
    """The number of the newest change of anything published; 0 when nothing is."""
    return session.scalar(select(col(Counter.value)).where(col(Counter.name) == "change")) or 0


def changed_at(session: Session) -> datetime | None:
    """When anything published last changed; None when nothing is."""
    return session.scalar(select(col(Report.changed_at)).order_by(col(Report.change).desc()).limit(1))


def find(
    session: Session, stream: Stream, filters: Filters, window: Window, *, sqlite: bool, main: bool = False
) -> Places:
    """The places of a stretch; ``main`` leaves out changes of figures that are told beside their figure."""
    after = _place(window.cursor) if window.cursor else None
    last = after[0] if after else None
    listing = Listing(stream=stream, filters=filters, sqlite=sqlite, main=main, last=last, after=after)
    skip = (window.page - 1) * window.limit
    rows = places(session, listing, limit=window.limit + 1, skip=skip)
    shown = rows[: window.limit]
    return Places(shown, "{}.{}".format(*shown[-1]) if len(rows) > window.limit else None)


def within(
    session: Session,
    stream: Stream,
    filters: Filters,
    changes: range,
    *,
    sqlite: bool,
    limit: int | None = None,
    upwards: bool = False,
) -> list[Place]:
    """What a feed lists of these changes, the newest first, or with ``upwards`` the oldest."""
    if not changes:
        return []
    listing = Listing(
        stream=stream,
        filters=filters,
        sqlite=sqlite,
        main=True,
        first=changes[0],
        last=changes[-1],
        upwards=upwards,
    )
    return places(session, listing, limit=limit)


def of_reports(filters: Filters) -> Filters:
    """Only the conditions that a report as a whole fulfils."""
    return Filters(**{name: value for name, value in filters.model_dump().items() if name in _OF_REPORTS})


def _place(cursor: str) -> Place:
    change, _, ordinal = cursor.partition(".")
    return int(change), int(ordinal or 0)
