"""What ingest has seen of each report: the difference between new, changed, unchanged and a copy."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Index, func, text
from sqlmodel import Field, Session, col, delete, select

from shushuo_ingest.copies import Sketch, same_report
from shushuo_ingest.database import Database, IngestTable
from shushuo_shared.columns import UtcTime
from shushuo_shared.errors import Retryable
from shushuo_shared.events import BlobRef, SourceRef

CLAIM = timedelta(seconds=60)
CLAIMS_LOCK = 7469  # any number that nobody else locks


class Seen(IngestTable, table=True):
    """The last version of a report that was published to the bus, and the original it was read from."""

    __tablename__ = "ingest_report"
    __table_args__ = (Index("ix_ingest_report_source_fetched_at", "source", "fetched_at"),)

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

    @property
    def original(self) -> BlobRef:
        """The archived bytes."""
        return BlobRef(sha256=self.original_sha256, size=self.original_size, media_type=self.original_type)

    @property
    def source_ref(self) -> SourceRef:
        """Where the report was found."""
        return SourceRef(name=self.source, kind=self.kind, address=self.address)


class _SketchFields(IngestTable):
    """A sketch as columns."""

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


class SketchRow(_SketchFields, table=True):
    """The sketch of a report's text, by which copies of it are known."""

    __tablename__ = "ingest_sketch"


class ClaimRow(_SketchFields, table=True):
    """The sketch of a report that a worker is about to publish; forgotten when ``until`` has passed."""

    __tablename__ = "ingest_claim"

    owner: str
    until: datetime = Field(sa_type=UtcTime)


class AnchorRow(IngestTable, table=True):
    """An anchor of a sketch: what candidates for a copy are found by."""

    __tablename__ = "ingest_anchor"

    anchor: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    report_id: str = Field(primary_key=True, index=True)


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether the claim was granted and, if so, the report that the text is a copy of."""

    granted: bool
    copy_of: str | None = None


class SeenStore:
    """The reports seen, by report id."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._owner = uuid.uuid4().hex

    async def get(self, report_id: str) -> Seen | None:
        """What is known of the report; None when it was never published."""
        return await self._database.run(lambda session: session.get(Seen, report_id))

    async def claim(self, seen: Seen, sketch: Sketch, *, now: datetime) -> Claim:
        """Reserve the right to publish the text as ``seen``; of several workers with one text, one gets it at a time.

        Every claim is given back, by ``mark`` or ``release``; that of a dead worker runs out. Retryable when another
        worker has published a version of the report since ``seen`` was made.
        """
        return await self._database.run(lambda session: _claim(session, self._owner, seen, sketch, now))

    async def release(self, report_id: str) -> None:
        """Give a claim back without having published."""
        await self._database.run(lambda session: _release(session, self._owner, report_id))

    async def mark(self, seen: Seen, sketch: Sketch | None) -> None:
        """Remember the version and its sketch, and end the claim; called only after it was published."""
        await self._database.run(lambda session: _mark(session, seen, sketch))

    async def copies_of(self, report_id: str) -> Sequence[Seen]:
        """The present reports that are linked to this one as its copies, oldest first."""
        query = select(Seen).where(Seen.copy_of == report_id, Seen.state == "present").order_by(col(Seen.fetched_at))
        return await self._database.run(lambda session: session.exec(query).all())

    async def newest(self) -> dict[str, datetime]:
        """When each source last gave a new report or a changed one."""
        query = select(Seen.source, func.max(Seen.fetched_at)).group_by(col(Seen.source))
        return dict(await self._database.run(lambda session: session.exec(query).all()))

    async def members_of(self, source: str, address: str) -> Sequence[Seen]:
        """The present reports that came out of the archive at the address."""
        inside = col(Seen.address).startswith(f"{address}!", autoescape=True)
        query = select(Seen).where(Seen.source == source, inside, Seen.state == "present")
        return await self._database.run(lambda session: session.exec(query).all())


def _claim(session: Session, owner: str, seen: Seen, sketch: Sketch, now: datetime) -> Claim:
    if session.get_bind().dialect.name == "postgresql":  # on SQLite every transaction is alone from its beginning
        session.execute(text(f"SELECT pg_advisory_xact_lock({CLAIMS_LOCK})"))
    known = session.get(Seen, seen.report_id)
    if (known.sequence if known else 0) != seen.sequence - 1:
        raise Retryable("another worker took in a version of this report at the same moment")
    for other in session.exec(select(ClaimRow).where(ClaimRow.until > now)).all():
        if other.owner == owner and other.report_id == seen.report_id:
            continue
        if other.report_id == seen.report_id or same_report(sketch, other.sketch()):
            return Claim(granted=False)
    session.merge(ClaimRow(**_columns(seen.report_id, sketch), owner=owner, until=now + CLAIM))
    return Claim(granted=True, copy_of=_original_of(session, seen.report_id, sketch))


def _release(session: Session, owner: str, report_id: str) -> None:
    session.exec(delete(ClaimRow).where(col(ClaimRow.report_id) == report_id, col(ClaimRow.owner) == owner))


def _mark(session: Session, seen: Seen, sketch: Sketch | None) -> None:
    session.merge(seen)
    for table in (AnchorRow, ClaimRow):
        session.exec(delete(table).where(col(table.report_id) == seen.report_id))
    if sketch is None:
        session.exec(delete(SketchRow).where(col(SketchRow.report_id) == seen.report_id))
        return
    session.merge(SketchRow(**_columns(seen.report_id, sketch)))
    session.add_all(AnchorRow(anchor=anchor, report_id=seen.report_id) for anchor in sketch.anchors())


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
    by_key = select(SketchRow.report_id).where(SketchRow.key == sketch.key)
    by_anchor = select(AnchorRow.report_id).where(col(AnchorRow.anchor).in_(sketch.anchors())).distinct()
    candidates = {*session.exec(by_key).all(), *session.exec(by_anchor).all()} - {report_id}
    query = (
        select(Seen, SketchRow)
        .join(SketchRow, col(SketchRow.report_id) == Seen.report_id)
        .where(col(Seen.report_id).in_(candidates), Seen.state == "present", col(Seen.copy_of).is_(None))
        .order_by(col(Seen.fetched_at), col(Seen.report_id))
    )
    found = session.exec(query).all() if candidates else []
    return next((seen.report_id for seen, row in found if same_report(sketch, row.sketch())), None)
