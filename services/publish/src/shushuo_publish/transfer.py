"""The whole store as JSON Lines, for backup and for moving between SQLite and PostgreSQL.

One line per row, tables in the order in which they refer to one another, rows by their keys; the last line counts the
rows and holds the SHA-256 of all lines before it. Equal stores give equal bytes, whichever database holds them. The
file holds the secrets of the endpoints: keep it like the store itself.
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any, BinaryIO

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table, delete, insert, literal, select, text
from sqlalchemy.exc import OperationalError, StatementError
from sqlmodel import Session, SQLModel

from shushuo_publish.store import models, outgoing
from shushuo_publish.store.search import index_passages
from shushuo_publish.store.session import Store
from shushuo_shared.columns import UtcTime
from shushuo_shared.errors import ConfigError

assert models, outgoing  # imported for their tables

FORMAT = "shushuo/store/1"
CHUNK = 500
_OTHERWISE = "import with the release that wrote the file, or export again"
FILLED_AT_FIRST = ("counter", "lease")
"""Tables that a new store has rows in."""


def export_store(store: Store, out: BinaryIO) -> dict[str, int]:
    """Write everything as it is at one moment; returns the number of rows of each table."""
    counts: Counter[str] = Counter()
    digest = hashlib.sha256()
    with store.reading() as session:
        if not store.sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for table in _tables():
            rows = select(table).order_by(*_by_bytes(table, sqlite=store.sqlite)).execution_options(yield_per=CHUNK)
            for row in session.execute(rows):
                line = _line({"table": table.name, "row": _plain(table, row)})
                digest.update(line)
                out.write(line)
                counts[table.name] += 1
    out.write(_line({"format": FORMAT, "rows": counts, "sha256": digest.hexdigest()}))
    return dict(counts)


def import_store(store: Store, lines: Iterable[bytes]) -> dict[str, int]:
    """Fill an empty store, all or nothing; ConfigError when it is not empty or the file is not whole."""
    with store.writing() as session:
        if held := _held(session):
            names = ", ".join(held)
            raise ConfigError(f"the store to import into is not empty: it holds rows of {names}; name a new database")
        for table in reversed(_tables()):
            session.execute(delete(table))
        counts = _fill(session, lines)
        if not store.sqlite:
            _advance_sequences(session)
    return counts


def _held(session: Session) -> list[str]:
    """The tables in which there is anything that an import would replace."""
    tables = [table for table in _tables() if table.name not in FILLED_AT_FIRST]
    return [table.name for table in tables if session.execute(select(literal(1)).select_from(table).limit(1)).first()]


def _fill(session: Session, lines: Iterable[bytes]) -> dict[str, int]:
    tables = {table.name: table for table in _tables()}
    counts: Counter[str] = Counter()
    read = _Reading(lines)
    for name, rows in read.chunks():
        if name not in tables:
            raise ConfigError(f"the file has a table {name!r} that this release does not know; {_OTHERWISE}")
        try:
            _add(session, tables[name], rows)
        except OperationalError:
            raise
        except (StatementError, ValueError, TypeError, KeyError) as e:
            why = str(e).partition("\n")[0]
            raise ConfigError(f"a row does not fit table {name} ({type(e).__name__}: {why}); {_OTHERWISE}") from e
        counts[name] += len(rows)
    read.check(counts)
    return dict(counts)


def _add(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    values = [_typed(table, row) for row in rows]
    session.execute(insert(table), values)
    if table.name == "passage":
        index_passages(session.connection(), [(row["id"], row["stream"], row["text"]) for row in values])


class _Reading:
    """The lines of an export, checked as a whole at their end."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines, self._digest, self._ending = lines, hashlib.sha256(), dict[str, Any]()

    def chunks(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Rows of one table at a time, some hundred of them."""
        for name, rows in groupby(self._rows(), key=lambda line: str(line["table"])):
            while chunk := [line["row"] for line in islice(rows, CHUNK)]:
                yield name, chunk

    def check(self, counts: Mapping[str, int]) -> None:
        """ConfigError unless the last line agrees with what was read."""
        expected = {"format": FORMAT, "rows": dict(counts), "sha256": self._digest.hexdigest()}
        if self._ending != expected:
            raise ConfigError(
                "the file is cut off or damaged: its last line does not agree with what it holds; export again"
            )

    def _rows(self) -> Iterator[dict[str, Any]]:
        for number, line in enumerate(self._lines, 1):
            try:
                read = json.loads(line)
            except ValueError as e:
                raise ConfigError(f"the file is cut off or damaged: line {number} is no JSON; export again") from e
            if isinstance(read, dict) and "format" in read:
                self._ending = read
                return
            if not _is_row(read):
                raise ConfigError(f"line {number} is no row of a store; expected a file that `shushuo export` wrote")
            self._digest.update(line)
            yield read


def _is_row(read: Any) -> bool:
    return isinstance(read, dict) and isinstance(read.get("table"), str) and isinstance(read.get("row"), dict)


def _tables() -> list[Table]:
    return list(SQLModel.metadata.sorted_tables)


def _by_bytes(table: Table, *, sqlite: bool) -> list[Any]:
    """The table's keys, ordered alike on both databases: PostgreSQL compares text by language unless told not to."""
    keys = list(table.primary_key.columns)
    return keys if sqlite else [k.collate("C") if isinstance(k.type, String) else k for k in keys]


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _plain(table: Table, row: Sequence[Any]) -> dict[str, Any]:
    return {column.name: _out(value) for column, value in zip(table.columns, row, strict=True)}


def _out(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _in(table.columns[name], value) for name, value in row.items()}


def _in(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return datetime.fromisoformat(value) if isinstance(column.type, UtcTime) else value


def _advance_sequences(session: Session) -> None:
    """PostgreSQL hands out ids from where the imported ones end."""
    for table in _tables():
        key = list(table.primary_key.columns)
        if len(key) == 1 and key[0].name == "id" and isinstance(key[0].type, BigInteger):
            newest = f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name})"  # noqa: S608 - our own table names
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {newest}, false)"))
