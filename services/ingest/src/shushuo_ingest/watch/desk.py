"""What an operator asks of the sources: the list with its alarms, a dry run of one, a poll now."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from shushuo_ingest.documents import ParsedDocument
from shushuo_ingest.fetch.address import file_name_of
from shushuo_ingest.fetch.page import Fetch, Unchanged
from shushuo_ingest.intake import best_title
from shushuo_ingest.reading import ReadDocument
from shushuo_ingest.seen_store import SeenStore
from shushuo_ingest.sources import Item, Listing, Source, WebSource
from shushuo_ingest.sources.durations import spell_duration
from shushuo_ingest.sources_file import Problem
from shushuo_ingest.watch.alarms import Alarm, Known, alarms, counts_of
from shushuo_ingest.watch.store import WatchStore
from shushuo_ingest.watch.tables import ItemState, SourceState
from shushuo_ingest.watch.watcher import Watcher
from shushuo_shared import ids
from shushuo_shared.clock import Clock
from shushuo_shared.errors import ShushuoError

SAMPLE = 5
EXCERPT = 200


class FetchFor(Protocol):
    """Gives a source its Fetch."""

    def __call__(self, source: Source) -> Fetch:
        """The Fetch that the source may use."""


class Desk:
    """Answers about the sources of a running watcher."""

    def __init__(
        self,
        *,
        watcher: Watcher,
        store: WatchStore,
        seen: SeenStore,
        fetch_for: FetchFor,
        read: ReadDocument,
        clock: Clock,
    ) -> None:
        self._watcher, self._store, self._seen, self._fetch_for = watcher, store, seen, fetch_for
        self._read, self._clock = read, clock
        self._since = clock()

    def source(self, name: str) -> Source | None:
        """The source of this name, if the file has one."""
        return self._watcher.catalog.sources.get(name)

    async def overview(self) -> list[dict[str, Any]]:
        """All sources with their state and alarms; bad entries of the sources file among them, with their line."""
        states, tally = await self._store.sources(), await self._store.tally()
        waiting, newest, now = await self._store.oldest_waiting(), await self._seen.newest(), self._clock()
        rows = []
        for name, source in self._watcher.catalog.sources.items():
            known = Known(
                state=states.get(name), since=self._since, newest=newest.get(name), failing_since=waiting.get(name)
            )
            row = _row(source, known, alarms(source, known, now=now))
            rows.append({**row, "documents": tally.get(name, {})})
        return rows + [_bad_entry(problem) for problem in self._watcher.catalog.problems]

    async def problems(self) -> list[str]:
        """Everything that is wrong with the sources and with the watching of them, one sentence each."""
        return self.problems_in(await self.overview())

    def problems_in(self, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """The problems that an overview shows."""
        trouble = self.trouble()
        watching = [f"the sources are not watched: {trouble}"] if trouble else []
        return watching + [f"source {row['name']} is in alarm: {row['alarm']}" for row in rows if row["alarm"]]

    def trouble(self) -> str | None:
        """What is wrong with the watching itself."""
        return self._watcher.trouble()

    async def poll(self, source: Source) -> dict[str, Any]:
        """Look now and take what is found; where another worker holds the source, have that one look."""
        started = self._clock()
        await self._watcher.claim()
        if not self._watcher.holds(source):
            state = await self._store.source(source.name) or SourceState(
                name=source.name, since=started, next_look=started
            )
            state.next_look = started
            await self._store.save([state])
            return {"source": source.name, "scheduled": True, "reason": "another worker has it", "documents": []}
        look = await self._watcher.look(source)
        await self._watcher.take_waiting(source)
        items = (await self._store.items(source.name)).values()
        tried = [_tried(item) for item in items if item.tried_at and item.tried_at >= started]
        return {**asdict(look), "scheduled": False, "documents": tried}

    async def check(self, source: Source) -> dict[str, Any]:
        """What a look would find, some of it fetched and read; nothing is emitted, archived or remembered."""
        fetch = self._fetch_for(source)
        try:
            listing = await self._listed(source, fetch)
        except ShushuoError as e:
            return {"source": source.name, "problem": str(e), "documents": []}
        items = [await self._sampled(source, item, fetch) for item in listing.items[:SAMPLE]]
        items += [_shown(item) for item in listing.items[SAMPLE:]]
        problem = None if items else f"nothing to take among {listing.entries} entries"
        return {"source": source.name, "problem": problem, "entries": listing.entries, "documents": items}

    async def _listed(self, source: Source, fetch: Fetch) -> Listing:
        try:
            listing = await source.find(fetch, now=self._clock())
            if listing.again:
                await asyncio.sleep(listing.again.total_seconds())
                listing = await source.find(fetch, now=self._clock())
        except Unchanged:  # never asked for: no validators are given
            listing = Listing(items=(), entries=0)
        return listing

    async def _sampled(self, source: Source, item: Item, fetch: Fetch) -> dict[str, Any]:
        name = file_name_of(item.address) if isinstance(source, WebSource) else item.address
        try:
            page = await source.read(item.address, fetch)
            parsed: ParsedDocument = await self._read(page.body, name)
        except ShushuoError as e:
            return {**_shown(item), "problem": str(e)}
        title = best_title(item.title, parsed.title)
        attached = [found.address for found in await asyncio.to_thread(source.attached, page)]
        read = {"title": title, "media_type": parsed.media_type, "characters": len(parsed.text), "attached": attached}
        return {**_shown(item), **read, "excerpt": parsed.text[:EXCERPT]}


def _shown(item: Item) -> dict[str, Any]:
    return {"address": item.address, "title": item.title, "published_at": _stamp(item.published_at)}


def _row(source: Source, known: Known, found: Sequence[Alarm]) -> dict[str, Any]:
    state = known.state
    counts = counts_of(state) if state else []
    return {
        "name": source.name,
        "kind": source.kind,
        "place": source.place,
        "every": spell_duration(source.every),
        "state": "alarm" if found else "new" if state is None else "failing" if state.failures else "ok",
        "last_look": _stamp(state.last_look if state else None),
        "last_success": _stamp(state.last_good if state else None),
        "last_new": _stamp(known.newest),
        "next_poll": _stamp(state.next_look if state else None),
        "failures": state.failures if state else 0,
        "reason": state.reason if state else None,
        "found": counts[-1] if counts else None,
        "documents_failing_since": _stamp(known.failing_since),
        "alarm": "; ".join(f"{alarm.kind}: {alarm.message}" for alarm in found),
        "alarms": [asdict(alarm) for alarm in found],
    }


def _bad_entry(problem: Problem) -> dict[str, Any]:
    alarm = {"kind": "entry", "message": str(problem)}
    name = problem.source or f"line {problem.line}"
    return {"name": name, "kind": "?", "state": "bad entry", "alarm": str(problem), "alarms": [alarm]}


def _tried(item: ItemState) -> dict[str, Any]:
    return {
        "name": item.title or item.address,
        "address": item.address,
        "report_id": ids.report_id(item.source, item.report_address),
        "outcome": item.outcome,
        "reason": item.reason,
    }


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
