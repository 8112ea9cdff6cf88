"""The one way in: archive, read, name, compare, remember as untold, and tell.

Whatever brings a document (upload, folder, web source, retry) hands it to ``Intake.accept``. The original bytes are in
the blob store before anything else happens, so a document that cannot be read is kept and can be tried again.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from weakref import WeakValueDictionary

import structlog

from shushuo_ingest.arrival import Arrival, Content, Doubt
from shushuo_ingest.documents import ParsedDocument, archive, media_type_of
from shushuo_ingest.letters import SERVICE, Document
from shushuo_ingest.members import account, member_of, overall
from shushuo_ingest.naming import beside, goes_by_name, placed, placed_archive
from shushuo_ingest.reading import ReadDocument
from shushuo_ingest.seen_store import Outrun, Seen, SeenStore
from shushuo_ingest.telling import Teller
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.events import RawReport
from shushuo_shared.metrics import DURATION, EVENTS

FORGOTTEN = timedelta(seconds=60)
PLACINGS = 5
HELP = "The original is kept; mend it and submit it again, or retry it with: shushuo dead-letters list"

log = structlog.get_logger(__name__)


Unpack = Callable[[bytes], Awaitable[list[tuple[str, bytes]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document; ``reason`` says what failed, where, and what can be done."""

    name: str
    report_id: str
    version: str
    outcome: Literal["accepted", "changed", "unchanged", "failed"]
    reason: str | None = None


class Intake:
    """Takes documents in; safe to call from many tasks at once, one report is worked on by one of them."""

    def __init__(
        self,
        *,
        bus: Bus,
        blobs: BlobStore,
        seen: SeenStore,
        read: ReadDocument,
        unpack: Unpack | None = None,
        clock: Clock = system_clock,
    ) -> None:
        self._unpack = unpack or _unpack_here
        self._blobs, self._seen, self._read, self._clock = blobs, seen, read, clock
        self._teller = Teller(bus=bus, blobs=blobs, seen=seen, read=read, clock=clock)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def accept(
        self,
        document: Document,
        data: bytes,
        *,
        doubt: Doubt | None = None,
        told: str | None = None,
    ) -> Outcome:
        """Take the document in; Retryable when the world is away: then it is not remembered, or told as soon as it can.

        ``doubt`` may raise what it has against the text; a failure whose reason is ``told`` is in the dead letters
        already and is not put there again.
        """
        return await self._enter(document, Content(data, document.name, self._read), doubt=doubt, told=told)

    async def withdraw(self, document: Document) -> None:
        """Publish that the report is no longer there; the first of its copies takes its place."""
        async with self._turn(document.report_id):
            known, heirs = await self._settled(document.report_id)
            if known is not None and known.state != "withdrawn":
                heirs = [*heirs, *await self._withdrawn(known)]
        await self.tell_late(heirs)
        await self._withdraw_all(await self._seen.members_of(document.source.name, document.source.address))

    async def tell_late(self, reports: Sequence[str]) -> None:
        """Tell what is remembered of the reports and still untold; what cannot be told now waits for a later round."""
        waiting = list(reports)
        while waiting:
            report_id = waiting.pop(0)
            try:
                async with self._turn(report_id):
                    waiting += (await self._settled(report_id))[1]
            except Retryable as e:
                log.warning("a report waits to be told", report_id=report_id, reason=str(e))

    async def tell_forgotten(self) -> None:
        """Tell what has been untold for longer than the worker that wrote it down would take."""
        await self.tell_late(await self._seen.untold(before=self._clock() - FORGOTTEN))

    def _turn(self, report_id: str) -> asyncio.Lock:
        return self._locks.setdefault(report_id, asyncio.Lock())

    async def _settled(self, report_id: str) -> tuple[Seen | None, Sequence[str]]:
        """What is known of the report, all of it told; and the reports that are to be told because of that."""
        known = await self._seen.get(report_id)
        if known is None or known.untold is None:
            return known, ()
        heirs = await self._teller.tell_late(known)
        return await self._seen.get(report_id), heirs

    async def _withdrawn(self, known: Seen) -> Sequence[str]:
        """Tell that the report is gone; the reports that are to be told because of that."""
        gone = known.model_copy(update={"state": "withdrawn", "sequence": known.sequence + 1, "lane": "live"})
        remembered = await self._seen.remember(gone, None, now=self._clock())
        await self._teller.tell(remembered.seen)
        return remembered.heirs

    async def _enter(self, document: Document, content: Content, **options: Any) -> Outcome:
        """Archive the original, then take it in; decided again when another worker takes in one of its name."""
        media_type = await asyncio.to_thread(media_type_of, content.data, document.name)
        document = document.model_copy(update={"original": await self._blobs.put(content.data, media_type)})
        arrival = Arrival(document=document, content=content, **options)
        take = self._take_archive if media_type == archive.MEDIA_TYPE else self._take
        if not goes_by_name(document):
            return await take(arrival)
        async with self._turn(f"{document.source.name}\n{document.name}"):
            for _ in range(PLACINGS):
                with suppress(Outrun):
                    return await take(arrival)
        raise Retryable("other workers take in documents of this name at the same moment")

    async def _take(self, arrival: Arrival) -> Outcome:
        started = time.perf_counter()
        if goes_by_name(arrival.document):
            arrival = await placed(arrival, self._seen)
        report_id = arrival.document.report_id
        with structlog.contextvars.bound_contextvars(report_id=report_id, source=arrival.document.source.name):
            async with self._turn(report_id):
                done, heirs = await self._accept(arrival)
            _tell(done, arrival.content.version, time.perf_counter() - started)
        await self.tell_late(heirs)
        return done

    async def _take_archive(self, arrival: Arrival) -> Outcome:
        """Take in each member as a document of its own; members that the archive had before are withdrawn."""
        try:
            if arrival.document.member:
                raise Poison("an archive within an archive is not opened; submit it by itself")
            unpacked = await self._unpack(arrival.content.data)
        except Poison as e:
            return await self._failed(arrival, e)
        members = {name: Content(data, name, self._read) for name, data in unpacked}
        place = await placed_archive(arrival, members, self._seen)
        documents = {name: member_of(place.document, name) for name in members}
        done = [
            await self._enter(documents[name], content, doubt=arrival.doubt, after=place.after(name))
            for name, content in members.items()
        ]
        await self._withdraw_all(place.without(members))
        told = "; ".join([*beside(place.others, "archive"), account(done)])
        return _outcome(place.document, arrival.content.version, overall(done), told)

    async def _withdraw_all(self, members: Iterable[Seen]) -> None:
        for known in members:
            await self.withdraw(Document(source=known.source_ref, name=known.name))

    async def give_up(self, document: Document, failure: Exception) -> None:
        """Put a document that could not even be fetched into the dead letters."""
        await self._teller.give_up(document, failure)

    async def replay(self, report_id: str) -> RawReport:
        """The report as it was published, made again from the archived bytes; Poison when it was never taken in."""
        known = await self._seen.get(report_id)
        if known is None:
            raise Poison(f"no report {report_id} was ever taken in here")
        return await self._teller.report(known)

    async def _accept(self, arrival: Arrival) -> tuple[Outcome, Sequence[str]]:
        document, content = arrival.document, arrival.content
        known, heirs = await self._settled(document.report_id)
        present = known is not None and known.state == "present"
        if known and present and known.version == content.version:
            return _outcome(document, content.version, "unchanged"), heirs
        if arrival.after not in (None, known.sequence if known else 0):
            raise Outrun("another worker took in a version of this report at the same moment")
        try:
            parsed = await content.parsed()
        except Poison as e:
            return await self._failed(arrival, e), heirs
        if arrival.doubt is not None:
            await arrival.doubt(parsed)
        seen = self._next(known, document, content.version, parsed, await content.text_hash())
        if known and present and known.text_hash == seen.text_hash:
            return _outcome(document, known.version, "unchanged", "other bytes, the same text"), heirs
        outline = await content.outline()
        remembered = await self._seen.remember(seen, outline, now=self._clock(), revisions=arrival.revisions)
        await self._teller.tell(remembered.seen, parsed)
        reason = "; ".join([*beside(arrival.beside, "report"), *_notes(remembered.seen.copy_of, parsed.unread)])
        outcome = _outcome(document, content.version, "changed" if known else "accepted", reason or None)
        return outcome, [*heirs, *remembered.heirs]

    async def _failed(self, arrival: Arrival, failure: Poison) -> Outcome:
        document = arrival.document
        failed = _outcome(document, arrival.content.version, "failed", f"{document.name}: {failure}. {HELP}")
        if failed.reason != arrival.told:
            await self.give_up(document, failure)
        return failed

    def _next(
        self, known: Seen | None, document: Document, version: str, parsed: ParsedDocument, text_hash: str
    ) -> Seen:
        """What will be remembered of this version once it is published."""
        assert document.original is not None
        return Seen(
            report_id=document.report_id,
            source=document.source.name,
            kind=document.source.kind,
            address=document.source.address,
            name=document.name,
            version=version,
            text_hash=text_hash,
            sequence=known.sequence + 1 if known else 1,
            original_sha256=document.original.sha256,
            original_size=document.original.size,
            original_type=document.original.media_type,
            title=best_title(document.title, parsed.title),
            fetched_at=self._clock(),
            published_at=document.published_at,
            lane=document.lane,
        )


async def _unpack_here(data: bytes) -> list[tuple[str, bytes]]:
    return await asyncio.to_thread(archive.members, data)


def best_title(listed: str | None, read: str | None) -> str | None:
    """The title that the list gave, unless it is cut short there, else that of the document itself."""
    cut = listed is not None and listed.endswith(("…", "..."))
    return read or listed if cut or not listed else listed


def _notes(copy_of: str | None, unread: str | None) -> list[str]:
    """What is to be said of a document that came in: that it is a copy, or what of it could not be read."""
    note = f"the same report as {copy_of}, linked as its copy" if copy_of else unread
    return [note] if note else []


def _tell(done: Outcome, version: str, seconds: float) -> None:
    """The canonical line of a document."""
    EVENTS.labels(SERVICE, "document", done.outcome).inc()
    DURATION.labels(SERVICE, "document").observe(seconds)
    told = {"event_type": "document", "document": done.name, "version": version, "reason": done.reason}
    tell = log.warning if done.outcome == "failed" else log.info
    tell("handled", outcome=done.outcome, duration_ms=round(seconds * 1000, 1), **told)


def _outcome(
    document: Document,
    version: str,
    outcome: Literal["accepted", "changed", "unchanged", "failed"],
    reason: str | None = None,
) -> Outcome:
    return Outcome(name=document.name, report_id=document.report_id, version=version, outcome=outcome, reason=reason)
