"""Ingest's own database, on SQLite or PostgreSQL: one engine, transactions on threads, failures told apart."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from shushuo_shared.errors import ConfigError, Retryable

T = TypeVar("T")


class IngestTable(SQLModel):
    """Base of ingest's own tables; their metadata is kept apart from those of the other services."""

    metadata = MetaData()


class Database:
    """One engine; blocking work is done on threads. Opening it brings its tables up to date."""

    def __init__(self, url: str) -> None:
        from shushuo_ingest.migrations import upgrade

        self._engine = _engine(url)
        # SQLite has one writer: threads that compete for it sleep longer and longer, in threads that others need.
        self._threads = ThreadPoolExecutor(1 if self._engine.dialect.name == "sqlite" else 8, "ingest-database")
        try:
            upgrade(self._engine)
        except DBAPIError as e:
            raise Retryable(f"ingest's database could not be opened: {type(e.orig).__name__}: {e.orig}") from e

    async def run(self, work: Callable[[Session], T], *, durable: bool = False) -> T:
        """Do the work in one transaction on a thread; Retryable when the database is away or busy.

        What is ``durable`` is on the disk when this returns; of the rest a loss of power may take the last moments.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work, durable)

    def _run(self, work: Callable[[Session], T], durable: bool) -> T:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                session.connection(execution_options={"durable": durable})
                return work(session)
        except DBAPIError as e:
            raise Retryable(f"ingest's database could not be used: {type(e.orig).__name__}: {e.orig}") from e

    def close(self) -> None:
        """Finish what is under way and close all connections."""
        self._threads.shutdown()
        self._engine.dispose()


def _engine(url: str) -> Engine:
    if url.startswith("sqlite:"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": 30})
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_on_sqlite)
        return engine
    if url.startswith(("postgresql:", "postgresql+")):
        return create_engine("postgresql+psycopg:" + url.partition(":")[2], pool_pre_ping=True)
    raise ConfigError(f"SHUSHUO_INGEST_DATABASE_URL is {url!r}; expected sqlite:///path or postgresql://…")


def _tune_sqlite(connection: Any, _: object) -> None:
    # The driver's own transactions begin too late to read and write in one; ``begin`` does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")


def _begin_on_sqlite(connection: Connection) -> None:
    durable = connection.get_execution_options().get("durable")
    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
