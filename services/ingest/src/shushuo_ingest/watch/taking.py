"""Takes one listed document: fetch it, hand it to intake, and write down what became of it."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

import structlog

from shushuo_ingest.fetch.address import file_name_of
from shushuo_ingest.fetch.believe import doubt_text
from shushuo_ingest.fetch.fake_success import figures_in
from shushuo_ingest.fetch.page import Fetch, Gone, Page, Unchanged, Validators
from shushuo_ingest.intake import Intake, Outcome
from shushuo_ingest.letters import Document
from shushuo_ingest.reading import ReadDocument
from shushuo_ingest.sources import Item, Source, WebSource
from shushuo_ingest.watch.looking import UNLISTED, doubted, item_again, new_item
from shushuo_ingest.watch.schedule import WEEK, after_failure, may_ask_conditionally
from shushuo_ingest.watch.store import WatchStore
from shushuo_ingest.watch.tables import ItemState
from shushuo_shared import ids
from shushuo_shared.clock import Clock
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.events import SourceRef

GONE_ATTEMPTS = 5

BARE = 200

Taken = Literal["attachments", "accepted", "changed", "unchanged", "failed", "later", "doubted", "withdrawn"]

log = structlog.get_logger(__name__)


class Taker:
    """Takes documents of web sites and folders in; one document is taken by one task at a time."""

    def __init__(
        self,
        store: WatchStore,
        *,
        intake: Intake,
        read: ReadDocument,
        fetch_for: Callable[[Source], Fetch],
        clock: Clock,
        chance: random.Random,
    ) -> None:
        self._store, self._intake, self._read, self._fetch_for = store, intake, read, fetch_for
        self._clock, self._chance = clock, chance

    async def take(self, source: Source, item: ItemState) -> Taken:
        """Take the document and write down what became of it; nothing is raised but cancellation."""
        item.takes += 1
        try:
            taken = await self._tried(source, item)
        except Exception as e:
            if not isinstance(e, Retryable):
                log.exception("taking failed in a way nobody foresaw", source=source.name, address=item.address)
            taken = await self._later(source, item, e)
        item.tried_at, item.outcome = self._clock(), taken
        await self._store.save([item])
        tell = log.debug if taken in ("attachments", "accepted", "changed", "unchanged") else log.warning
        tell("took", source=source.name, address=item.address, outcome=taken, reason=item.reason)
        return taken

    async def _tried(self, source: Source, item: ItemState) -> Taken:
        """What became of the document; Retryable where even that could not be told to anybody."""
        try:
            return await self._take(source, item)
        except Gone as e:
            return await self._gone(source, item, e)
        except Poison as e:
            return await self._refused(source, item, e)

    async def _take(self, source: Source, item: ItemState) -> Taken:
        validators = Validators(etag=item.etag, last_modified=item.last_modified)
        ask = item.taken_at is not None and item.state == "waiting" and may_ask_conditionally(item.takes)
        try:
            page = await source.read(item.address, self._fetch_for(source), validators=validators if ask else None)
        except Unchanged:
            return self._stored(item, None)
        version, done = ids.version_of(page.body), None
        carrier = await self._only_carries(source, item, page, version)
        if not carrier:
            doubt = doubt_text if isinstance(source, WebSource) else None
            done = await self._intake.accept(_document(source, item), page.body, doubt=doubt, told=item.reason)
        item.version = version
        if done and done.outcome == "failed":
            item.mark = UNLISTED if item.state == "doubted" else item.mark
            item.state, item.reason, item.etag, item.last_modified = "failed", done.reason, None, None
            return "failed"
        item.etag, item.last_modified = page.validators.etag, page.validators.last_modified
        taken = self._stored(item, done)
        return "attachments" if carrier else taken

    async def _only_carries(self, source: Source, item: ItemState, page: Page, version: str) -> bool:
        """List what is attached; whether the page itself tells nothing."""
        try:
            attached = await asyncio.to_thread(source.attached, page)
        except Poison:  # intake keeps the original, and tells what is wrong with it
            return False
        changed = item.version not in (None, version)
        if attached or changed:
            await self._attach(source, item, attached, changed=changed)
        if not attached:
            return False
        try:
            parsed = await self._read(page.body, file_name_of(item.address))
        except Poison:
            return True
        return len(parsed.text) < BARE and not figures_in(parsed.text)

    async def _attach(self, source: Source, item: ItemState, attached: Sequence[Item], *, changed: bool) -> None:
        """List new attachments; where the page has changed, all of them again, and doubt those it no longer has."""
        here = await self._store.attached(source.name, item.address)
        known = here | await self._store.items_at(source.name, [found.address for found in attached])
        named = [replace(a, title=a.title or item.title, published_at=item.published_at) for a in attached]
        now = self._clock()
        rows = [new_item(source, a, item.lane, now, parent=item.address) for a in named if a.address not in known]
        if changed:
            rows += [item_again(known[a.address], a, now) for a in named if a.address in known]
            rows += _doubted(here, now, kept={a.address for a in attached})
        await self._store.save(rows)

    def _stored(self, item: ItemState, done: Outcome | None) -> Taken:
        if item.state == "doubted":
            item.mark = UNLISTED
        item.state, item.reason, item.attempts, item.taken_at = "stored", None, 0, self._clock()
        item.failing_since = item.gone_since = None
        return done.outcome if done else "unchanged"

    async def _gone(self, source: Source, item: ItemState, failure: Gone) -> Taken:
        """Not there: a document never had is given up after a while, another one withdrawn once that is confirmed."""
        now = self._clock()
        if item.version is None:
            if item.attempts + 1 >= GONE_ATTEMPTS:
                return await self._refused(source, item, failure)
            raise failure
        first = item.gone_since is None or item.state != "doubted"
        item.gone_since = item.gone_since or now
        item.state, item.reason = "doubted", str(failure)
        if not first and now - item.gone_since >= source.confirm_gone:
            await self._intake.withdraw(_document(source, item))
            await self._store.save(_doubted(await self._store.attached(source.name, item.address), now))
            item.state = "gone"
            return "withdrawn"
        item.next_try = now + max(source.confirm_gone / 2, timedelta(seconds=1))
        return "doubted"

    async def _later(self, source: Source, item: ItemState, failure: Exception) -> Taken:
        """Try again later and later; after a week without success the document is listed as failed."""
        now = self._clock()
        item.attempts += 1
        item.failing_since = item.failing_since or now
        item.reason = str(failure)
        if now - item.failing_since >= WEEK and item.state == "waiting":
            with suppress(Retryable):
                return await self._refused(source, item, failure)
        item.next_try = after_failure(
            now,
            failures=item.attempts,
            failing_since=item.failing_since,
            every=source.every,
            retry_after=getattr(failure, "retry_after", None),
            chance=self._chance,
        )
        return "later"

    async def _refused(self, source: Source, item: ItemState, failure: Exception) -> Taken:
        """List the document as failed: in the dead letters, from where an operator may have it fetched again."""
        await self._intake.give_up(_document(source, item), failure)
        item.state, item.reason = "failed", str(failure)
        return "failed"


def _doubted(attached: Mapping[str, ItemState], now: datetime, kept: Set[str] = frozenset()) -> list[ItemState]:
    """Attachments that their page no longer has, or that have no page any more, to be looked for once more."""
    return [doubted(one, now) for one in attached.values() if one.address not in kept and one.state == "stored"]


def _document(source: Source, item: ItemState) -> Document:
    return Document(
        source=SourceRef(name=source.name, kind=source.kind, address=item.report_address),
        name=file_name_of(item.address) if isinstance(source, WebSource) else item.address.rpartition("/")[2],
        title=item.title,
        published_at=item.published_at,
        lane="backfill" if item.lane == "backfill" else "live",
    )
