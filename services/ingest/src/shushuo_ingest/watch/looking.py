"""One look at a source: list it, compare with what is known, and write down what is to be fetched, in one transaction.

The source's validators are written in that same transaction: the cursor never moves past a document that is not
either stored, or waiting in the table to be fetched, or listed as failed.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, count

import structlog

from shushuo_ingest.fetch.page import Fetch, FetchFailed, Unchanged, Validators
from shushuo_ingest.sources import Item, Listing, Source
from shushuo_ingest.watch.alarms import with_count
from shushuo_ingest.watch.changes import Changes, compare, moves, vanished_together
from shushuo_ingest.watch.schedule import after_failure, after_success, may_ask_conditionally
from shushuo_ingest.watch.store import WatchStore
from shushuo_ingest.watch.tables import ItemState, SourceState
from shushuo_shared import ids
from shushuo_shared.clock import Clock
from shushuo_shared.errors import ShushuoError

NEWS = timedelta(days=7)
DROP_PATIENCE = timedelta(days=1)
UNLISTED = "(no longer listed)"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What came of a look: entries listed, new and changed documents, those missing; the reason when it failed.

    ``cut`` is what the source left out of the list.
    """

    source: str
    entries: int = 0
    new: int = 0
    again: int = 0
    missing: int = 0
    moved: int = 0
    unchanged: bool = False
    cut: str | None = None
    reason: str | None = None


class Looker:
    """Looks at sources; one source is looked at by one task at a time."""

    def __init__(
        self, store: WatchStore, *, fetch_for: Callable[[Source], Fetch], clock: Clock, chance: random.Random
    ) -> None:
        self._store, self._fetch_for, self._clock, self._chance = store, fetch_for, clock, chance

    async def look(self, source: Source) -> Look:
        """Look once and write down what came of it; failures of every sort are written down, never raised."""
        now = self._clock()
        state = await self._store.source(source.name) or SourceState(name=source.name, since=now, next_look=now)
        try:
            listing = await source.find(self._fetch_for(source), now=now, validators=_validators(source, state))
            look = await self._compared(source, state, listing, now)
        except Unchanged:
            look = Look(source=source.name, unchanged=True)
            await self._store.save([self._good(source, state, now)])
        except Exception as e:
            look = Look(source=source.name, reason=_reason(e))
            await self._store.save([self._failed(source, state, e, now)])
        self._tell(look, state)
        return look

    async def _compared(self, source: Source, state: SourceState, listing: Listing, now: datetime) -> Look:
        known = await self._store.items(source.name)
        changes = compare(listing, known, now=now, recheck=source.recheck)
        moved = await self._moved(source, changes)
        gone = {old.address for old, _ in moved}
        placed = {item.address for _, item in moved}
        missing = [item for item in changes.missing if item.address not in gone and item.mark != UNLISTED]
        new = [item for item in changes.new if item.address not in placed]
        if not vanished_together(changes, known):
            state.dropped_since = None
        else:
            state.dropped_since = state.dropped_since or now
            missing = missing if now - state.dropped_since >= DROP_PATIENCE else []
        rows = [
            *(
                new_item(source, item, self._lane(source, state, item, now), now, report_address=address)
                for item, address in _named(new, known.values())
            ),
            *(item_again(known_item, item, now) for known_item, item in changes.again),
            *(doubted(item, now) for item in missing if item.state != "doubted" and item.version),
            *(_renamed(old, item) for old, item in moved),
        ]
        forget = [old for old, _ in moved] + [item for item in missing if not item.version]
        good = self._good(source, state, now, listing)
        await self._store.save([good, *rows], forget=forget)
        return Look(
            source=source.name,
            entries=listing.entries,
            new=len(new),
            again=len(changes.again),
            missing=len(missing),
            moved=len(moved),
            cut=listing.cut,
        )

    async def _moved(self, source: Source, changes: Changes) -> list[tuple[ItemState, Item]]:
        """Moves proved by their bytes."""
        proved = []
        for old, item in moves(changes):
            try:
                page = await source.read(item.address, self._fetch_for(source))
            except FetchFailed:
                continue
            if ids.version_of(page.body) == old.version:
                proved.append((old, item))
        return proved

    def _lane(self, source: Source, state: SourceState, item: Item, now: datetime) -> str:
        """History, what a source holds at first, must not delay news."""
        recent = item.published_at is not None and now - item.published_at <= NEWS
        return source.history if state.last_good is None and not recent else "live"

    def _good(self, source: Source, state: SourceState, now: datetime, listing: Listing | None = None) -> SourceState:
        state.looks += 1
        state.failures, state.failing_since, state.reason = 0, None, None
        state.last_look = state.last_good = now
        state.next_look = after_success(now, source.every, self._chance)
        if listing is not None:
            state.reason = listing.cut
            state.counts = with_count(state, listing.entries)
            state.etag, state.last_modified = listing.validators.etag, listing.validators.last_modified
            state.next_look = now + listing.again if listing.again else state.next_look
        return state

    def _failed(self, source: Source, state: SourceState, failure: Exception, now: datetime) -> SourceState:
        if not isinstance(failure, ShushuoError):
            log.exception("a look failed in a way nobody foresaw", source=source.name)
        state.looks += 1
        state.failures += 1
        state.failing_since = state.failing_since or now
        state.last_look, state.reason = now, _reason(failure)
        state.next_look = after_failure(
            now,
            failures=state.failures,
            failing_since=state.failing_since,
            every=source.every,
            retry_after=getattr(failure, "retry_after", None),
            chance=self._chance,
        )
        return state

    def _tell(self, look: Look, state: SourceState) -> None:
        outcome = "failed" if look.reason else "unchanged" if look.unchanged else "done"
        reason = look.reason or look.cut
        news = look.new or look.again or look.missing
        tell = log.warning if reason else log.info if news else log.debug
        counts = {"entries": look.entries, "new": look.new, "again": look.again, "missing": look.missing}
        next_look = state.next_look.isoformat(timespec="seconds")
        tell("looked", source=look.source, outcome=outcome, reason=reason, **counts, next_look=next_look)


def _validators(source: Source, state: SourceState) -> Validators | None:
    if source.recheck is not None or not may_ask_conditionally(state.looks):
        return None
    return Validators(etag=state.etag, last_modified=state.last_modified)


def _reason(failure: Exception) -> str:
    return str(failure) if isinstance(failure, ShushuoError) else f"{type(failure).__name__}: {failure}"


def _named(new: Iterable[Item], known: Iterable[ItemState]) -> Iterator[tuple[Item, str]]:
    """The new documents with what names their reports: their addresses, but not one that a moved document kept."""
    taken = {state.report_address for state in known}
    for item in new:
        numbered = (f"{item.address}#{number}" for number in count(2))
        yield item, next(name for name in chain([item.address], numbered) if name not in taken)


def new_item(
    source: Source, item: Item, lane: str, now: datetime, *, parent: str | None = None, report_address: str = ""
) -> ItemState:
    """A document seen for the first time; its address names its report unless another name is given."""
    return ItemState(
        source=source.name,
        address=item.address,
        report_address=report_address or item.address,
        parent=parent,
        place=source.place_of(item.address),
        title=item.title,
        published_at=item.published_at,
        mark=item.mark,
        lane=lane,
        next_try=now,
        first_seen=now,
    )


def item_again(state: ItemState, item: Item, now: datetime) -> ItemState:
    """A known document that is to be read again."""
    state.state, state.attempts, state.next_try, state.failing_since = "waiting", 0, now, None
    state.gone_since, state.mark, state.lane = None, item.mark, "live"
    state.title, state.published_at = item.title or state.title, item.published_at or state.published_at
    return state


def doubted(state: ItemState, now: datetime) -> ItemState:
    """A known document that may be gone: it is fetched again to find out."""
    state.state, state.gone_since, state.next_try = "doubted", state.gone_since or now, now
    return state


def _renamed(old: ItemState, item: Item) -> ItemState:
    """The same document at its new address; the report keeps its name."""
    return ItemState(**{**old.model_dump(), "address": item.address, "mark": item.mark, "state": "stored"})
