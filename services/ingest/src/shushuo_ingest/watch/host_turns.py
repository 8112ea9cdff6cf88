"""Turns at hosts, kept in the database: a redirect may lead a worker to a host that is another worker's to visit."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from shushuo_ingest.database import Database
from shushuo_ingest.watch.tables import HostTurn
from shushuo_shared.clock import Clock


class HostTurns:
    """The gaps that all workers together keep towards each host."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def reserve(self, host: str, gap: timedelta, *, patience: timedelta) -> timedelta:
        """How long to wait for a turn; the turn is taken unless the wait is longer than ``patience``."""
        now = self._clock()
        return await self._database.run(lambda session: _reserve(session, host, now, gap, patience))

    async def pause(self, host: str, wait: timedelta) -> None:
        """Nobody asks the host before ``wait`` has passed."""
        until = self._clock() + wait
        await self._database.run(lambda session: _put_off(session, host, until))


def _reserve(session: Session, host: str, now: datetime, gap: timedelta, patience: timedelta) -> timedelta:
    row = _row(session, host, now)
    wait = max(timedelta(0), row.next_at - now)
    if wait <= patience:
        row.next_at = now + wait + gap
    return wait


def _put_off(session: Session, host: str, until: datetime) -> None:
    row = _row(session, host, until)
    row.next_at = max(row.next_at, until)


def _row(session: Session, host: str, moment: datetime) -> HostTurn:
    """The host's row, locked; of two workers that make a new one at once, one fails at its key and tries again."""
    row = session.exec(select(HostTurn).where(HostTurn.host == host).with_for_update()).first()
    if row is None:
        row = HostTurn(host=host, next_at=moment)
        session.add(row)
    return row
