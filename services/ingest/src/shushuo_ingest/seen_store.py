"""What ingest has seen of each report, on SQLite or PostgreSQL: the difference between new, changed and unchanged."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import DateTime, MetaData, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

from shushuo_shared.errors import ConfigError, Retryable

T = TypeVar("T")


class UtcTime(TypeDecorator[datetime]):
    """A moment with its zone on both databases; SQLite forgets the zone, so it is stored and read as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """To UTC on the way in."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Mark as UTC on the way out."""
        return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)) if value else None


class IngestTable(SQLModel):
    """Base of ingest's own tables; their metadata is kept apart from those of the other services."""

    metadata = MetaData()


class Seen(IngestTable, table=True):
    """The last version of a report that was published to the bus, and the originals it was read from."""

    __tablename__ = "ingest_report"

    report_id: str = Field(primary_key=True)
    source: str = Field(index=True)
    kind: str
    address: str
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
    copy_of: str | None = Field(default=None, index=True)


class Database:
    """One engine; blocking work is done on threads, and its failures are told apart: away, or wrong."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        IngestTable.metadata.create_all(self.engine)

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do the work in one transaction on a thread; Retryable when the database is away or busy."""
        return await asyncio.to_thread(self._run, work)

    def _run(self, work: Callable[[Session], T]) -> T:
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                return work(session)
        except DBAPIError as e:
            raise Retryable(f"ingest's database could not be used: {type(e.orig).__name__}: {e.orig}") from e

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if url.startswith("sqlite:"):
        engine = create_engine(url, connect_args={"timeout": 30})
        event.listen(engine, "connect", _tune_sqlite)
        return engine
    if url.startswith(("postgresql:", "postgresql+")):
        return create_engine("postgresql+psycopg:" + url.partition(":")[2], pool_pre_ping=True)
    raise ConfigError(f"SHUSHUO_INGEST_DATABASE_URL is {url!r}; expected sqlite:///path or postgresql://…")


def _tune_sqlite(connection: Any, _: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


class SeenStore:
    """The reports seen, by report id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, report_id: str) -> Seen | None:
        """What is known of the report; None when it was never published."""
        return await self._database.run(lambda session: session.get(Seen, report_id))

    async def mark(self, seen: Seen) -> None:
        """Remember the version; called only after it was published."""
        await self._database.run(lambda session: session.merge(seen) and None)
