"""What ingest has seen of each report: the difference between new, changed, unchanged and a copy.

A revision is written down as untold before it is published. The same transaction decides whose copy it is, and which
copies of the report lose their original by it: those are to be told again, too.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Index, func, or_, text, update
from sqlmodel import Field, Session, col, delete, select

from shushuo_ingest.copies import Sketch, same_report
from shushuo_ingest.database import Database, IngestTable
from shushuo_shared.columns import UtcTime
from shushuo_shared.errors import Retryable
from shushuo_shared.events import BlobRef, SourceRef

LOCK = 7469  # any number that nobody else locks
MOST_AT_ONCE = 100


class Seen(IngestTable, table=True):
    """The last revision of a report, and the original it was read from.

    ``state``: present, withdrawn, or failed when it was left untold and could not be read again. ``untold`` is since
    when the revision waits to be published; None when it was.
    """

    __tablename__ = "ingest_report"
    __table_args__ = (
        Index("ix_ingest_report_source_fetched_at", "source", "fetched_at"),
        Index("ix_ingest_report_source_name", "source", "name"),
    )

    report_id: str = Field(primary_key=True)
    source: str
    kind: str
    address: str
    name: str
    version: str
    text_hash: str
    sequence: int
    state: str = "present"
    original_sha256: str
    original_size: int
    original_type: str
    title: str | None = None
    fetched_at: datetime = Field(sa_type=UtcTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcTime)
    lane: str = "live"
    copy_of: str | None = Field(default=None, index=True)
    untold: datetime | None = Field(default=None, sa_type=UtcTime, index=True)

    @property
    def original(self) -> BlobRef:
        """The archived bytes."""
        return BlobRef(sha256=self.original_sha256, size=self.original_size, media_type=self.original_type)

    @property
    def source_ref(self) -> SourceRef:
        """Where the report was found."""
        return SourceRef(name=self.source, kind=self.kind, address=self.address)


class SketchRow(IngestTable, table=True):
    """The sketch of a report's text, by which copies of it are known."""

    __tablename__ = "ingest_sketch"

    report_id: str = Field(primary_key=True)
    key: str = Field(index=True)
    length: int
    numbers: str
    court: str | None = None
    hashes: str

    def sketch(self) -> Sketch:
        """The sketch as a value."""
        numbers, hashes = tuple(json.loads(self.numbers)), tuple(json.loads(self.hashes))
        return Sketch(key=self.key, length=self.length, numbers=numbers, court=self.court, hashes=hashes)


class AnchorRow(IngestTable, table=True):
    """An anchor of a sketch: what candidates for a copy are found by."""

    __tablename__ = "ingest_anchor"

    anchor: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    report_id: str = Field(primary_key=True, index=True)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A revision as it was written down, and the reports that are to be told again because of it."""

    seen: Seen
    heirs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A report with its sketch; a withdrawn or failed one has none."""

    seen: Seen
    sketch: Sketch | None


class Outrun(Retryable):
    """Another worker has written what was decided upon: decide again."""


class SeenStore:
    """The reports seen, by report id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, report_id: str) -> Seen | None:
        """What is known of the report; None when it was never taken in."""
        return await self._database.run(lambda session: session.get(Seen, report_id))

    async def remember(
        self, seen: Seen, sketch: Sketch | None, *, now: datetime, revisions: int | None = None
    ) -> Remembered:
        """Write the revision down as untold, with its sketch, as a copy where it is one; of one text, one is none.

        On the disk when this returns, so that no revision that was told is ever forgotten and its number given again.
        Outrun when another worker has written a revision of the report since ``seen`` was made, or one of any report
        of its name since there were ``revisions``.
        """
        return await self._database.run(lambda session: _remember(session, seen, sketch, now, revisions), durable=True)

    async def told(self, seen: Seen) -> None:
        """Remember that the revision was published, unless there is a newer one."""
        await self._database.run(lambda session: _told(session, seen))

    async def fail(self, seen: Seen, *, now: datetime) -> Sequence[str]:
        """Remember that the untold revision can never be told; the reports that are to be told again because of it."""
        return await self._database.run(lambda session: _fail(session, seen, now))

    async def untold(self, *, before: datetime) -> Sequence[str]:
        """Some of the reports that are untold since before then, the longest first."""
        query = select(Seen.report_id).where(col(Seen.untold) < before).order_by(col(Seen.untold)).limit(MOST_AT_ONCE)
        return await self._database.run(lambda session: session.exec(query).all())

    async def newest(self) -> dict[str, datetime]:
        """When each source last gave a new report or a changed one."""
        query = select(Seen.source, func.max(Seen.fetched_at)).group_by(col(Seen.source))
        return dict(await self._database.run(lambda session: session.exec(query).all()))

    async def of_name(self, source: str, name: str) -> Sequence[Known]:
        """The reports at the address NAME or NAME#…, that one first."""
        return await self._database.run(lambda session: _known(session, *_named(source, name)))

    async def out_of(self, source: str, archive: str) -> Sequence[Known]:
        """The reports that ever came out of an archive at an address that begins so, and perhaps others."""
        beginning = col(Seen.address).startswith(archive, autoescape=True)
        return await self._database.run(lambda session: _known(session, col(Seen.source) == source, beginning))

    async def members_of(self, source: str, address: str) -> Sequence[Seen]:
        """The reports that came out of the archive at the address and are not withdrawn."""
        inside = col(Seen.address).startswith(f"{address}!", autoescape=True)
        query = select(Seen).where(Seen.source == source, inside, Seen.state != "withdrawn")
        return await self._database.run(lambda session: session.exec(query).all())


def _known(session: Session, *where: ColumnElement[bool]) -> Sequence[Known]:
    sketched = select(Seen, SketchRow).join(SketchRow, col(SketchRow.report_id) == Seen.report_id, isouter=True)
    rows: Iterable[tuple[Seen, SketchRow | None]] = session.exec(sketched.where(*where).order_by(col(Seen.address)))
    return [Known(seen, row.sketch() if row else None) for seen, row in rows]


def _named(source: str, name: str) -> Sequence[ColumnElement[bool]]:
    """The reports of the name; not pages, attachments and members of archives that are called like it."""
    at_name = or_(col(Seen.address) == name, col(Seen.address).startswith(f"{name}#", autoescape=True))
    return col(Seen.source) == source, col(Seen.name) == name, at_name


def _remember(session: Session, seen: Seen, sketch: Sketch | None, now: datetime, revisions: int | None) -> Remembered:
    _alone(session)
    known = session.get(Seen, seen.report_id)
    if (known.sequence if known else 0) != seen.sequence - 1:
        raise Outrun("another worker took in a version of this report at the same moment")
    if revisions is not None and revisions != _revisions(session, seen):
        raise Outrun("another worker took in a report of this name at the same moment")
    copy_of = _original_of(session, seen.report_id, sketch) if sketch else None
    written = session.merge(seen.model_copy(update={"copy_of": copy_of, "untold": now}))
    _put_sketch(session, seen.report_id, sketch)
    return Remembered(written, _hand_down(session, written, sketch, now))


def _revisions(session: Session, seen: Seen) -> int:
    return sum(session.exec(select(Seen.sequence).where(*_named(seen.source, seen.name))).all())


def _alone(session: Session) -> None:
    """Let one transaction at a time decide who is whose copy; on SQLite each is alone from its beginning."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def _told(session: Session, seen: Seen) -> None:
    revision = (col(Seen.report_id) == seen.report_id, col(Seen.sequence) == seen.sequence)
    session.execute(update(Seen).where(*revision).values(untold=None))


def _fail(session: Session, seen: Seen, now: datetime) -> Sequence[str]:
    _alone(session)
    known = session.get(Seen, seen.report_id)
    if known is None or known.sequence != seen.sequence:
        return ()
    known.state, known.untold = "failed", None
    _put_sketch(session, known.report_id, None)
    return _hand_down(session, known, None, now)


def _hand_down(session: Session, seen: Seen, sketch: Sketch | None, now: datetime) -> Sequence[str]:
    """Give copies that no longer repeat this report another original; the first of them becomes one itself."""
    copies = (
        select(Seen, SketchRow)
        .join(SketchRow, col(SketchRow.report_id) == Seen.report_id)
        .where(Seen.copy_of == seen.report_id, Seen.state == "present")
        .order_by(col(Seen.fetched_at), col(Seen.report_id))
    )
    heirs = []
    for copy, row in session.exec(copies).all():
        if sketch is None or seen.copy_of or not same_report(sketch, row.sketch()):
            copy.copy_of = _original_of(session, copy.report_id, row.sketch())
            copy.sequence, copy.lane, copy.untold = copy.sequence + 1, "live", now
            heirs.append(copy.report_id)
    return heirs


def _put_sketch(session: Session, report_id: str, sketch: Sketch | None) -> None:
    for table in (AnchorRow, SketchRow):
        session.exec(delete(table).where(col(table.report_id) == report_id))
    if sketch is not None:
        session.add(SketchRow(**_columns(report_id, sketch)))
        session.add_all(AnchorRow(anchor=anchor, report_id=report_id) for anchor in sketch.anchors())


def _columns(report_id: str, sketch: Sketch) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "key": sketch.key,
        "length": sketch.length,
        "numbers": json.dumps(sketch.numbers, ensure_ascii=False),
        "court": sketch.court,
        "hashes": json.dumps(sketch.hashes),
    }


def _original_of(session: Session, report_id: str, sketch: Sketch) -> str | None:
    if not sketch.comparable:
        return None
    by_key = select(SketchRow.report_id).where(SketchRow.key == sketch.key)
    by_anchor = select(AnchorRow.report_id).where(col(AnchorRow.anchor).in_(sketch.anchors()))
    query = (
        select(Seen, SketchRow)
        .join(SketchRow, col(SketchRow.report_id) == Seen.report_id)
        .where(col(Seen.report_id).in_(by_key.union(by_anchor)), Seen.report_id != report_id)
        .where(Seen.state == "present", col(Seen.copy_of).is_(None))
        .order_by(col(Seen.fetched_at), col(Seen.report_id))
    )
    found = session.exec(query)
    return next((seen.report_id for seen, row in found if same_report(sketch, row.sketch())), None)
