"""The watcher's rows: read and written in whole transactions, so that a look counts entirely or not at all."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from shushuo_ingest.database import Database, IngestTable
from shushuo_ingest.watch.tables import ItemState, SourceState

OPEN = ("waiting", "doubted")


class WatchStore:
    """Sources and items, on ingest's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def source(self, name: str) -> SourceState | None:
        """What is known of the source."""
        return await self._database.run(lambda session: session.get(SourceState, name))

    async def sources(self) -> dict[str, SourceState]:
        """What is known of all sources, by name."""
        rows = await self._database.run(lambda session: session.exec(select(SourceState)).all())
        return {row.name: row for row in rows}

    async def items(self, source: str) -> dict[str, ItemState]:
        """Every document known of the source, by address."""
        query = select(ItemState).where(ItemState.source == source)
        rows = await self._database.run(lambda session: session.exec(query).all())
        return {row.address: row for row in rows}

    async def items_at(self, source: str, addresses: Collection[str]) -> dict[str, ItemState]:
        """The documents known of the source at these addresses."""
        query = select(ItemState).where(ItemState.source == source, col(ItemState.address).in_(addresses))
        rows = await self._database.run(lambda session: session.exec(query).all())
        return {row.address: row for row in rows}

    async def attached(self, source: str, parent: str) -> dict[str, ItemState]:
        """The documents known as attached to the one at the address ``parent``, by their own."""
        query = select(ItemState).where(ItemState.source == source, ItemState.parent == parent)
        rows = await self._database.run(lambda session: session.exec(query).all())
        return {row.address: row for row in rows}

    async def item_of_report(self, source: str, report_address: str) -> ItemState | None:
        """The document that is the report with this address."""
        query = select(ItemState).where(ItemState.source == source, ItemState.report_address == report_address)
        return await self._database.run(lambda session: session.exec(query).first())

    async def save(self, rows: Iterable[IngestTable], *, forget: Iterable[IngestTable] = ()) -> None:
        """Write all the rows and delete those to forget, or nothing."""
        await self._database.run(lambda session: _save(session, rows, forget))

    async def due_places(self, now: datetime, sources: Collection[str]) -> set[str]:
        """The places with documents that are due."""
        query = select(ItemState.place).where(
            col(ItemState.state).in_(OPEN), ItemState.next_try <= now, col(ItemState.source).in_(sources)
        )
        return set(await self._database.run(lambda session: session.exec(query.distinct()).all()))

    async def open_places(self, sources: Collection[str]) -> set[str]:
        """The places with documents that are due now or later."""
        query = select(ItemState.place).where(col(ItemState.state).in_(OPEN), col(ItemState.source).in_(sources))
        return set(await self._database.run(lambda session: session.exec(query.distinct()).all()))

    async def due_items(self, now: datetime, *, place: str, sources: Collection[str], limit: int) -> list[ItemState]:
        """Documents of the place that are due, the longest due first."""
        query = (
            select(ItemState)
            .where(col(ItemState.state).in_(OPEN), ItemState.next_try <= now, ItemState.place == place)
            .where(col(ItemState.source).in_(sources))
            .order_by(col(ItemState.next_try), col(ItemState.address))
            .limit(limit)
        )
        return list(await self._database.run(lambda session: session.exec(query).all()))

    async def hurry(self, source: str, now: datetime) -> set[str]:
        """Make everything open of the source due now; the places it is at."""
        return await self._database.run(lambda session: _hurry(session, source, now))

    async def tally(self) -> dict[str, dict[str, int]]:
        """How many documents are in each state, by source."""
        query = select(ItemState.source, ItemState.state, func.count()).group_by(
            col(ItemState.source), col(ItemState.state)
        )
        found: dict[str, dict[str, int]] = {}
        for source, state, count in await self._database.run(lambda session: session.exec(query).all()):
            found.setdefault(source, {})[state] = count
        return found

    async def oldest_waiting(self) -> dict[str, datetime]:
        """Since when the longest failing document of each source has been waiting."""
        query = (
            select(ItemState.source, func.min(ItemState.failing_since))
            .where(ItemState.state == "waiting", col(ItemState.failing_since).is_not(None))
            .group_by(col(ItemState.source))
        )
        rows = await self._database.run(lambda session: session.exec(query).all())
        return {source: since for source, since in rows if since is not None}


def _hurry(session: Session, source: str, now: datetime) -> set[str]:
    rows = session.exec(select(ItemState).where(ItemState.source == source, col(ItemState.state).in_(OPEN))).all()
    for row in rows:
        row.next_try = min(row.next_try, now)
    return {row.place for row in rows}


def _save(session: Session, rows: Iterable[IngestTable], forget: Iterable[IngestTable]) -> None:
    for row in forget:
        session.delete(session.merge(row))
    session.flush()
    for row in rows:
        session.merge(row)
