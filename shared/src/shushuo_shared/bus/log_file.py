"""The SQLite file under the embedded bus: append, read, acknowledge, prune. Blocking; used by one thread at a time."""

import json
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from shushuo_shared.bus import Message
from shushuo_shared.bus.dispatch import Record
from shushuo_shared.errors import Retryable

PARTITIONS = 8
FORGET_GROUP = timedelta(days=90)
_PRUNE_AT_ONCE = 2000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS log (
    "offset" INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, "partition" INTEGER NOT NULL, "key" TEXT NOT NULL,
    headers TEXT NOT NULL, value BLOB NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS log_by_partition ON log (topic, "partition", "offset");
CREATE TABLE IF NOT EXISTS cursor (
    topic TEXT, grp TEXT, "partition" INTEGER, next INTEGER NOT NULL DEFAULT 0,
    owner TEXT, until REAL NOT NULL DEFAULT 0, PRIMARY KEY (topic, grp, "partition"));
CREATE TABLE IF NOT EXISTS member (
    topic TEXT, grp TEXT, name TEXT, until REAL NOT NULL, PRIMARY KEY (topic, grp, name));
"""


def partition_of(key: str) -> int:
    """The partition of a key; the same for ever."""
    return zlib.crc32(key.encode()) % PARTITIONS


class LogFile:
    """The log and the groups' places in it; any sqlite3 error comes out as Retryable."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _retryable("opened"):
            self.db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self.db.execute("PRAGMA auto_vacuum=INCREMENTAL")
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA journal_size_limit=16777216")
            self.db.executescript(_SCHEMA)

    @contextmanager
    def transaction(self, *, durable: bool) -> Iterator[sqlite3.Connection]:
        """One write; ``durable`` waits for the disk, otherwise a power cut (not a crash) may undo it."""
        with _retryable("written"):
            self.db.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def append(self, messages: Sequence[Message]) -> None:
        """Add the messages at the ends of their partitions, all or none, on the disk when the call returns."""
        now = time.time()
        rows = [
            (m.topic, partition_of(m.key), m.key, json.dumps(dict(m.headers), ensure_ascii=False), m.value, now)
            for m in messages
        ]
        with self.transaction(durable=True) as db:
            db.executemany('INSERT INTO log (topic, "partition", "key", headers, value, at) VALUES (?,?,?,?,?,?)', rows)

    def read(self, topic: str, places: Mapping[int, int], room: int) -> list[Record]:
        """About ``room`` messages at or behind each partition's place, in order within each partition."""
        each = max(1, room // max(1, len(places)))
        found: list[Record] = []
        with _retryable("read"):
            for partition, place in places.items():
                rows = self.db.execute(
                    """SELECT "offset", "key", value, headers FROM log
                       WHERE topic=? AND "partition"=? AND "offset">=? ORDER BY "offset" LIMIT ?""",
                    (topic, partition, place, each),
                )
                found += [
                    Record(partition, at, Message(topic=topic, key=key, value=value, headers=json.loads(headers)))
                    for at, key, value, headers in rows
                ]
        return found

    def acknowledge(self, topic: str, group: str, member: str, positions: Mapping[int, int]) -> None:
        """Move the group's cursors in the partitions that the member still holds; elsewhere its successor decides."""
        with self.transaction(durable=False) as db:
            db.executemany(
                'UPDATE cursor SET next=max(next, ?) WHERE topic=? AND grp=? AND "partition"=? AND owner=?',
                [(at, topic, group, partition, member) for partition, at in positions.items()],
            )

    def lag(self, topic: str, group: str) -> int:
        """How many messages of the topic lie at or behind the group's cursors."""
        query = """SELECT count(*) FROM log l LEFT JOIN cursor c
                     ON c.topic=l.topic AND c."partition"=l."partition" AND c.grp=?
                   WHERE l.topic=? AND l."offset" >= coalesce(c.next, 0)"""
        with _retryable("read"):
            return int(self.db.execute(query, (group, topic)).fetchone()[0])

    def change(self) -> int:
        """A number that changes when another connection has written to the file."""
        with _retryable("read"):
            return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    def prune(self, keep: timedelta) -> bool:
        """Delete some messages older than ``keep`` that every group has acknowledged; whether more may wait."""
        now = time.time()
        with self.transaction(durable=False) as db:
            db.execute("DELETE FROM cursor WHERE until>0 AND until<?", (now - FORGET_GROUP.total_seconds(),))
            done = db.execute(
                """DELETE FROM log WHERE "offset" IN (SELECT "offset" FROM log l WHERE at<? AND NOT EXISTS (
                     SELECT 1 FROM cursor c WHERE c.topic=l.topic AND c."partition"=l."partition"
                       AND c.next<=l."offset") ORDER BY "offset" LIMIT ?)""",
                (now - keep.total_seconds(), _PRUNE_AT_ONCE),
            ).rowcount
        with _retryable("shrunk"):
            self.db.executescript("PRAGMA incremental_vacuum")  # execute() would free one page only
        return done == _PRUNE_AT_ONCE

    def close(self) -> None:
        """Close the file."""
        self.db.close()


@contextmanager
def _retryable(what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as e:
        raise Retryable(f"the embedded log could not be {what}: {e}") from e
