"""The tables of what is published: reports, their versions, and everything said in them as flat rows.

Order and paging: each publishing transaction takes the next number of one counter as its ``change``, under a lock,
so that numbers become visible in rising order. Within one change, items of a stream are told apart by ``ordinal``;
the pair (change, ordinal) is unique per stream, orders every list (newest first) and is the cursor of every page.
A report has the ordinal 0.

Filters: table ``facet`` is the index of every filter on every stream. An item has one row per condition it fulfils,
found by the item's (change, ordinal), so a filtered list is a walk along one index, whatever the number of reports
stored. Table ``passage`` holds what free text is searched in, in the same way (``store.search``).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel

from shushuo_shared.columns import UtcTime


def _key(to: str, *, primary: bool = False) -> Any:
    """A reference that goes when its owner goes."""
    return Field(sa_column=Column(Text, ForeignKey(to, ondelete="CASCADE"), primary_key=primary, nullable=False))


def _big() -> Any:
    return Field(sa_type=BigInteger)


def _json() -> Any:
    return Field(default_factory=list, sa_type=JSON)


def _added_json() -> Any:
    """A list that rows of an earlier release have none of."""
    return Field(default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"})


def _time() -> Any:
    return Field(sa_type=UtcTime)


def _maybe_time() -> Any:
    return Field(default=None, sa_type=UtcTime)


def _text() -> Any:
    return Field(sa_type=Text)


class Counter(SQLModel, table=True):
    """Named counters; ``change`` is the number of the newest change of anything published."""

    name: str = Field(primary_key=True)
    value: int = _big()


class Report(SQLModel, table=True):
    """A report as it is now.

    ``state`` is present or withdrawn: then the row stays and its items are gone.
    """

    __table_args__ = (Index("report_change", "change", unique=True),)

    report_id: str = Field(primary_key=True)
    version: str
    revision: int
    sequence: int
    """Rises by one with each published change of this report; the version row of that number holds the full text."""
    change: int = _big()
    state: str = "present"
    source_name: str
    source_kind: str
    source_address: str = _text()
    title: str = _text()
    headline: str = Field(default="", sa_type=Text)
    organs: list[str] = _json()
    kind: str | None = None
    level: str | None = None
    region: str | None = None
    period: str | None = None
    reported_on: str | None = None
    """The date the report itself states (``meta.published``)."""
    figure_count: int = 0
    warnings: int = 0
    original_sha256: str | None = None
    layout_sha256: str | None = None
    fetched_at: datetime = _time()
    source_published_at: datetime | None = _maybe_time()
    published_at: datetime = _time()
    """When it was first published here."""
    changed_at: datetime = _time()
    copy_of: str | None = Field(default=None, index=True)
    """The report that this one is said to repeat: published only while that is not, withdrawn in its favour else."""


class Unlisted(SQLModel, table=True):
    """A report that is known but not published: the same document at a second address, or one withdrawn unseen."""

    report_id: str = Field(primary_key=True)
    reason: str
    """``copy`` or ``withdrawn``."""
    copy_of: str | None = Field(default=None, index=True)
    version: str
    revision: int
    source_name: str
    source_address: str = _text()
    seen_at: datetime = _time()


class Version(SQLModel, table=True):
    """One published change of a report: what it said then, and what was different from the version before."""

    __table_args__ = (Index("version_changed", "changed_at"),)

    report_id: str = _key("report.report_id", primary=True)
    sequence: int = Field(primary_key=True)
    version: str
    revision: int
    state: str
    event_id: str
    """The ``report.extracted`` that it came from."""
    lane: str = "live"
    fetched_at: datetime = _time()
    extracted_at: datetime = _time()
    title: str = _text()
    changed_at: datetime = _time()
    changes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    """The extracted report as zlib-compressed JSON (``store.queries.report_of``); None when withdrawn."""


class _Item(SQLModel):
    """What figures, ranks and highlights have in common; offsets are those of the report's text."""

    id: str = Field(primary_key=True)
    """Given when the item first appears, kept while it is recognised; also its anchor on the report's page."""
    change: int = _big()
    ordinal: int
    local_id: str
    """The id that extract gave it in the current version."""
    start: int
    end: int
    text: str = _text()
    section: str | None = None
    sentence_start: int
    sentence_end: int
    sentence: str = _text()
    places: list[dict[str, Any]] = _added_json()
    """Where the words stand in the original, each a ``shared.report.Spot``; empty where that is plain text."""
    organ: str | None = None
    kind: str | None = None
    level: str | None = None
    region: str | None = None
    rule: str
    published_at: datetime = _time()
    changed_at: datetime = _time()


class Figure(_Item, table=True):
    """One asserted quantity; ``key_rank`` orders the key figures, ``of_id`` is the metric a change belongs to."""

    __table_args__ = (
        Index("figure_change", "change", "ordinal", unique=True),
        Index("figure_report", "report_id"),
        Index("figure_series", "code", "organ", "year_from"),
        Index("figure_compare", "code", "year_from", "region"),
        Index("figure_of", "of_id"),
        Index("figure_key", "report_id", "key_rank"),
    )

    report_id: str = _key("report.report_id")
    value: str
    unit: str
    approx: str
    role: str
    indicator: str = _text()
    code: str | None = None
    period: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    of_id: str | None = None
    basis: str | None = None
    direction: str | None = None
    key_rank: int | None = None
    suspect: bool = False
    """A check of severity ``warning`` names it."""


class Rank(_Item, table=True):
    """A placing; ``position`` is None for 前列 and 之一."""

    __table_args__ = (Index("rank_change", "change", "ordinal", unique=True), Index("rank_report", "report_id"))

    report_id: str = _key("report.report_id")
    scope: str
    position: int | None = None
    indicator: str = _text()
    of_id: str | None = None


class Highlight(_Item, table=True):
    """What a publicity office would lift out; ``recognition`` is the level of the recognising body."""

    __table_args__ = (
        Index("highlight_change", "change", "ordinal", unique=True),
        Index("highlight_report", "report_id"),
    )

    report_id: str = _key("report.report_id")
    title: str
    types: list[str] = _json()
    recognition: str | None = None
    issuer: str | None = None
    year_from: int | None = None
    year_to: int | None = None


class Finding(SQLModel, table=True):
    """What a check found in the current version; ``figures`` are ids of Figure rows."""

    __table_args__ = (Index("finding_report", "report_id"),)

    id: str = Field(primary_key=True)
    report_id: str = _key("report.report_id")
    kind: str
    message: str = _text()
    severity: str
    figures: list[str] = _json()


class Facet(SQLModel, table=True):
    """One condition that an item fulfils. ``stream``: reports, highlights, figures; ``name``: a filter's name."""

    __table_args__ = (Index("facet_change", "change"), {"sqlite_with_rowid": False})

    stream: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    change: int = Field(primary_key=True, sa_type=BigInteger)
    ordinal: int = Field(primary_key=True)


class Passage(SQLModel, table=True):
    """The words of one item that free text is searched in."""

    __table_args__ = (Index("passage_item", "change", "stream", "ordinal", unique=True),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer, "sqlite"))
    stream: str
    change: int = _big()
    ordinal: int
    text: str = _text()


class FeedToken(SQLModel, table=True):
    """Who may read the private feeds; only the token's SHA-256 is kept."""

    id: str = Field(primary_key=True)
    name: str
    sha256: str = Field(unique=True)
    created_at: datetime = _time()
    revoked_at: datetime | None = _maybe_time()
