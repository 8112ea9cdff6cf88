"""Which worker visits which place: a host is one worker's at a time, and a killed worker's hosts move within a minute.

The leases are rows of ingest's database, so workers that share a database share the places. Each worker takes its fair
share, renews it every few seconds, and gives surplus back when others join.
"""

import math
import os
import socket
import uuid
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from shushuo_ingest.database import Database
from shushuo_ingest.watch.tables import Lease, WorkerBeat
from shushuo_shared.clock import Clock

LEASE = timedelta(seconds=30)
BEAT = timedelta(seconds=8)
FORGET = timedelta(hours=1)


class Leases:
    """This worker's places."""

    def __init__(self, database: Database, *, clock: Clock, name: str | None = None) -> None:
        self._database, self._clock = database, clock
        self.name = name or f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}"
        self._held: dict[str, datetime] = {}

    def held(self) -> set[str]:
        """The places that this worker may visit now; a lease that is about to run out no longer counts."""
        now = self._clock()
        return {place for place, until in self._held.items() if until - timedelta(seconds=5) > now}

    async def start(self) -> None:
        """Free what dead workers of this machine left, so that a restart need not wait for their leases to run out."""
        await self._database.run(lambda session: _bury(session, self.name))

    async def renew(self, places: set[str], *, busy: set[str]) -> None:
        """Renew what is held, take a fair share of what is free, give surplus back; ``busy`` places are never given."""
        now = self._clock()
        held = await self._database.run(lambda session: _renew(session, self.name, places, busy, now))
        self._held = dict.fromkeys(held, now + LEASE)

    async def leave(self) -> None:
        """Give everything back at once."""
        self._held = {}
        await self._database.run(lambda session: _leave(session, self.name))


def _renew(session: Session, me: str, places: set[str], busy: set[str], now: datetime) -> set[str]:
    session.merge(WorkerBeat(name=me, until=now + LEASE))
    workers = [beat for beat in session.exec(select(WorkerBeat)).all() if beat.until >= now]
    query = select(Lease).order_by(col(Lease.place)).with_for_update()
    leases = {lease.place: lease for lease in session.exec(query).all()}
    for place in places - leases.keys():
        leases[place] = session.merge(Lease(place=place, until=now))
    share = math.ceil(len(leases) / max(1, len(workers)))
    mine = sorted((lease for lease in leases.values() if lease.owner == me), key=lambda lease: lease.place not in busy)
    for lease in [lease for lease in mine[share:] if lease.place not in busy]:
        lease.owner = None
    kept = [lease for lease in mine if lease.owner == me]
    free = [lease for lease in leases.values() if lease not in mine and (lease.owner is None or lease.until < now)]
    for lease in [*kept, *free[: max(0, share - len(kept))]]:
        lease.owner, lease.until = me, now + LEASE
    for lease in leases.values():
        if lease.place not in places and lease.until < now - FORGET:
            session.delete(lease)
    for beat in session.exec(select(WorkerBeat)).all():
        if beat.until < now - FORGET:
            session.delete(beat)
    return {lease.place for lease in leases.values() if lease.owner == me}


def _bury(session: Session, me: str) -> None:
    for beat in session.exec(select(WorkerBeat)).all():
        if _is_dead(beat.name, me):
            _leave(session, beat.name)


def _is_dead(name: str, me: str) -> bool:
    """Whether the worker ran on this machine and does so no more; of those elsewhere only their leases tell."""
    machine, _, rest = name.partition("/")
    mine, _, my_rest = me.partition("/")
    number = rest.partition("/")[0]
    if machine != mine or name == me or not number.isdigit():
        return False
    if number == my_rest.partition("/")[0]:
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _leave(session: Session, name: str) -> None:
    for lease in session.exec(select(Lease).where(Lease.owner == name)).all():
        lease.owner = None
    beat = session.get(WorkerBeat, name)
    if beat:
        session.delete(beat)
