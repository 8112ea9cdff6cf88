"""Transactions: sync sessions, run in threads so that the event loop stays free."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlmodel import Session

from shushuo_shared.errors import Retryable

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """The database as transactions: ``writing`` commits when its block ends well, ``reading`` sees one state."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(writes=True)
        self.sqlite = engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that writes; Retryable when the database is away or another writer won."""
        with _translated(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with _translated(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """A bare connection for one small question; it costs a third of a session."""
        with _translated(), self.engine.connect() as connection:
            yield connection

    def commits(self) -> Callable[[], int] | None:
        """Where the database tells without waiting: a number that is another one after each commit, whoever made it."""
        if not self.sqlite:
            return None
        watching = sqlite3.connect(str(self.engine.url.database), check_same_thread=False)
        return lambda: int(watching.execute("PRAGMA data_version").fetchone()[0])

    async def write(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``work(session, …)`` in a writing transaction on a thread."""

        def run() -> T:
            with self.writing() as session:
                return work(session, *args, **kwargs)

        return await asyncio.to_thread(run)

    async def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``work(session, …)`` in a reading transaction on a thread."""

        def run() -> T:
            with self.reading() as session:
                return work(session, *args, **kwargs)

        return await asyncio.to_thread(run)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as e:
        raise Retryable(f"the store is not ready: {_first_line(e)}") from e
    except DBAPIError as e:
        if e.connection_invalidated:
            raise Retryable(f"the store went away: {_first_line(e)}") from e
        raise


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]
