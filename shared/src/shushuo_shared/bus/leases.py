"""Who reads which partition of the embedded log: a member holds its share by leases, renewed while it lives."""

import math
import sqlite3
import time
from collections.abc import Iterable

from shushuo_shared.bus.log_file import PARTITIONS, LogFile

LEASE_SECONDS = 5.0


class Leases:
    """The leases of one member of one group on one topic."""

    def __init__(self, log: LogFile, topic: str, group: str, member: str) -> None:
        self._log = log
        self._scope = (topic, group)
        self._member = member

    def renew(self) -> tuple[dict[int, int], list[int]]:
        """Renew, take free partitions up to a fair share; those held with their cursors, and those above the share."""
        now = time.time()
        with self._log.transaction(durable=False) as db:
            db.executemany(
                'INSERT OR IGNORE INTO cursor (topic, grp, "partition", until) VALUES (?,?,?,?)',
                [(*self._scope, p, now) for p in range(PARTITIONS)],
            )
            held = self._held(db)
            share = math.ceil(PARTITIONS / self._living(db, now))
            free = db.execute(
                'SELECT "partition" FROM cursor WHERE topic=? AND grp=? AND (owner IS NULL OR (owner<>? AND until<?))',
                (*self._scope, self._member, now),
            )
            taken = [p for (p,) in free.fetchall()][: max(0, share - len(held))]
            self._own(db, [*held, *taken], self._member, now + LEASE_SECONDS)
            return self._held(db), sorted(held)[share:]

    def give(self, partitions: Iterable[int]) -> None:
        """Give partitions back."""
        with self._log.transaction(durable=False) as db:
            self._own(db, set(partitions) & set(self._held(db)), None, time.time())

    def leave(self) -> None:
        """Give everything back at once."""
        with self._log.transaction(durable=False) as db:
            self._own(db, self._held(db), None, time.time())
            db.execute("DELETE FROM member WHERE topic=? AND grp=? AND name=?", (*self._scope, self._member))

    def _living(self, db: sqlite3.Connection, now: float) -> int:
        """Count the members alive, this one among them."""
        db.execute("REPLACE INTO member VALUES (?,?,?,?)", (*self._scope, self._member, now + LEASE_SECONDS))
        db.execute("DELETE FROM member WHERE until<?", (now,))
        row = db.execute("SELECT count(*) FROM member WHERE topic=? AND grp=?", self._scope).fetchone()
        return int(row[0])

    def _held(self, db: sqlite3.Connection) -> dict[int, int]:
        rows = db.execute(
            'SELECT "partition", next FROM cursor WHERE topic=? AND grp=? AND owner=?', (*self._scope, self._member)
        )
        return dict(rows.fetchall())

    def _own(self, db: sqlite3.Connection, partitions: Iterable[int], owner: str | None, until: float) -> None:
        db.executemany(
            'UPDATE cursor SET owner=?, until=? WHERE topic=? AND grp=? AND "partition"=?',
            [(owner, until, *self._scope, p) for p in partitions],
        )
