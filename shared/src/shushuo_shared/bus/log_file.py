"""The SQLite file under the embedded bus: append, lease, read, acknowledge, prune. Blocking; one thread at a time."""

import json
import math
import sqlite3
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from shushuo_shared.bus import Message
from shushuo_shared.errors import Retryable

PARTITIONS = 8
LEASE_SECONDS = 5.0
FORGET_GROUP = timedelta(days=90)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS log (
    "offset" INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, "partition" INTEGER NOT NULL, "key" TEXT NOT NULL,
    headers TEXT NOT NULL, value BLOB NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS log_by_partition ON log (topic, "partition", "offset");
CREATE INDEX IF NOT EXISTS log_by_age ON log (at);
CREATE TABLE IF NOT EXISTS cursor (
    topic TEXT, grp TEXT, "partition" INTEGER, "offset" INTEGER NOT NULL DEFAULT 0,
    owner TEXT, until REAL NOT NULL DEFAULT 0, PRIMARY KEY (topic, grp, "partition"));
CREATE TABLE IF NOT EXISTS member (topic TEXT, grp TEXT, name TEXT, until REAL NOT NULL, PRIMARY KEY (topic, grp, name));
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A partition that a member holds, by a lease."""

    partition: int


def partition_of(key: str) -> int:
    """The partition of a key; the same for ever."""
    return zlib.crc32(key.encode()) % PARTITIONS


class LogFile:
    """The log and its cursors. Every write is one transaction, synced before the call returns."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)

    def append(self, message: Message) -> None:
        """Add the message at the end of its partition; Retryable when the file cannot be written."""
        row = (
            message.topic,
            partition_of(message.key),
            message.key,
            json.dumps(dict(message.headers), ensure_ascii=False),
            message.value,
            time.time(),
        )
        try:
            self._db.execute(
                'INSERT INTO log (topic, "partition", "key", headers, value, at) VALUES (?,?,?,?,?,?)', row
            )
        except sqlite3.OperationalError as e:
            raise Retryable(f"the embedded log could not be written: {e}") from e

    def renew(self, topic: str, group: str, member: str, busy: Sequence[int]) -> list[Claim]:
        """Renew the member's leases, take its fair share of free partitions, give surplus idle ones back."""
        now = time.time()
        mine = (topic, group, member)
        with self._transaction():
            self._db.executemany(
                'INSERT OR IGNORE INTO cursor (topic, grp, "partition") VALUES (?,?,?)',
                [(topic, group, p) for p in range(PARTITIONS)],
            )
            self._db.execute("REPLACE INTO member VALUES (?,?,?,?)", (*mine, now + LEASE_SECONDS))
            self._db.execute("DELETE FROM member WHERE until < ?", (now - LEASE_SECONDS,))
            living = self._db.execute(
                "SELECT count(*) FROM member WHERE topic=? AND grp=? AND until>=?", (topic, group, now)
            ).fetchone()[0]
            held = self._held(mine)
            share = math.ceil(PARTITIONS / living)
            surplus = [p for p in held if p not in busy][: max(0, len(held) - share)]
            self._set_owner(topic, group, surplus, None, 0.0)
            free = self._db.execute(
                'SELECT "partition" FROM cursor WHERE topic=? AND grp=? AND (owner IS NULL OR until<?) ORDER BY "partition"',
                (topic, group, now),
            ).fetchall()
            take = [p for (p,) in free if p not in surplus][: max(0, share - len(held) + len(surplus))]
            self._set_owner(topic, group, [*(p for p in held if p not in surplus), *take], member, now + LEASE_SECONDS)
            return [Claim(p) for p in self._held(mine)]

    def next(self, topic: str, group: str, member: str, partition: int) -> tuple[int, Message] | None:
        """The first message of the partition not yet acknowledged, with its offset; None without one or the lease."""
        row = self._db.execute(
            """SELECT l."offset", l."key", l.value, l.headers FROM cursor c JOIN log l
                 ON l.topic=c.topic AND l."partition"=c."partition" AND l."offset">c."offset"
               WHERE c.topic=? AND c.grp=? AND c."partition"=? AND c.owner=? AND c.until>=?
               ORDER BY l."offset" LIMIT 1""",
            (topic, group, partition, member, time.time()),
        ).fetchone()
        if row is None:
            return None
        offset, key, value, headers = row
        return offset, Message(topic=topic, key=key, value=value, headers=json.loads(headers))

    def acknowledge(self, topic: str, group: str, member: str, partition: int, offset: int) -> None:
        """Move the group's cursor, if the member still holds the partition; otherwise its successor redoes the work."""
        self._db.execute(
            'UPDATE cursor SET "offset"=max("offset", ?) WHERE topic=? AND grp=? AND "partition"=? AND owner=?',
            (offset, topic, group, partition, member),
        )

    def leave(self, topic: str, group: str, member: str) -> None:
        """Give all partitions of the member back at once."""
        with self._transaction():
            self._db.execute(
                "UPDATE cursor SET owner=NULL, until=0 WHERE topic=? AND grp=? AND owner=?", (topic, group, member)
            )
            self._db.execute("DELETE FROM member WHERE topic=? AND grp=? AND name=?", (topic, group, member))

    def lag(self, topic: str, group: str) -> int:
        """How many messages of the topic lie behind the group's cursors."""
        query = """SELECT count(*) FROM log l LEFT JOIN cursor c
                     ON c.topic=l.topic AND c."partition"=l."partition" AND c.grp=?
                   WHERE l.topic=? AND l."offset" > coalesce(c."offset", 0)"""
        return int(self._db.execute(query, (group, topic)).fetchone()[0])

    def prune(self, keep: timedelta) -> int:
        """Delete messages older than ``keep`` that every group of their topic has acknowledged; how many."""
        now = time.time()
        with self._transaction():
            self._db.execute("DELETE FROM cursor WHERE until>0 AND until<?", (now - FORGET_GROUP.total_seconds(),))
            done = self._db.execute(
                """DELETE FROM log WHERE at<? AND NOT EXISTS (SELECT 1 FROM cursor c WHERE c.topic=log.topic
                     AND c."partition"=log."partition" AND c."offset"<log."offset")""",
                (now - keep.total_seconds(),),
            )
        return done.rowcount

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _held(self, mine: tuple[str, str, str]) -> list[int]:
        rows = self._db.execute(
            'SELECT "partition" FROM cursor WHERE topic=? AND grp=? AND owner=? ORDER BY "partition"', mine
        )
        return [p for (p,) in rows.fetchall()]

    def _set_owner(self, topic: str, group: str, partitions: Sequence[int], owner: str | None, until: float) -> None:
        self._db.executemany(
            'UPDATE cursor SET owner=?, until=? WHERE topic=? AND grp=? AND "partition"=?',
            [(owner, until, topic, group, p) for p in partitions],
        )

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._db)


class _Transaction:
    """BEGIN IMMEDIATE … COMMIT, rolled back on any exception."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._db.execute("ROLLBACK" if kind else "COMMIT")
