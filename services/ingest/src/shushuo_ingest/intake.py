"""The one way in: archive, read, name, compare, publish, and only then remember.

Whatever brings a document (upload, folder, web source, retry) hands it to ``Intake.accept``. The original bytes are in
the blob store before anything else happens, so a document that cannot be read is kept and can be tried again.
"""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable, Sequence, Set
from dataclasses import dataclass
from typing import Literal, Protocol
from weakref import WeakValueDictionary

import structlog

from shushuo_ingest.copies import Sketch, sketch, without_noise
from shushuo_ingest.documents import ParsedDocument, archive, media_type_of
from shushuo_ingest.letters import SERVICE, Document, dead_letter
from shushuo_ingest.members import account, member_of, overall
from shushuo_ingest.seen_store import Seen, SeenStore
from shushuo_shared import ids
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.codec import encode, make_event
from shushuo_shared.errors import Poison
from shushuo_shared.events import INLINE_BYTES, BlobRef, RawReport
from shushuo_shared.layout import layout_json
from shushuo_shared.metrics import DURATION, EVENTS
from shushuo_shared.topics import Lane

CLAIM_PAUSE = 0.05
HELP = "The original is kept; mend it and submit it again, or retry it with: shushuo dead-letters list"

log = structlog.get_logger(__name__)


Doubt = Callable[[ParsedDocument], Awaitable[None]]
Unpack = Callable[[bytes], Awaitable[list[tuple[str, bytes]]]]


class ReadDocument(Protocol):
    """Reads a document where it can do no harm."""

    async def __call__(self, data: bytes, name: str) -> ParsedDocument:
        """The document's text; Poison with the reason when it cannot be read."""


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
        self._bus, self._blobs, self._seen, self._read, self._clock = bus, blobs, seen, read, clock
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def accept(
        self,
        document: Document,
        data: bytes,
        *,
        doubt: Doubt | None = None,
        told: str | None = None,
    ) -> Outcome:
        """Take the document in; Retryable when the world is away, in which case nothing is remembered.

        ``doubt`` may raise what it has against the text; a failure whose reason is ``told`` is in the dead letters
        already and is not put there again.
        """
        started = time.perf_counter()
        if await asyncio.to_thread(media_type_of, data, document.name) == archive.MEDIA_TYPE:
            return await self._accept_archive(document, data, doubt, told)
        document = document.model_copy(update={"original": await self._archive(data, document.name)})
        version = ids.version_of(data)
        with structlog.contextvars.bound_contextvars(report_id=document.report_id, source=document.source.name):
            async with self._locks.setdefault(document.report_id, asyncio.Lock()):
                done = await self._accept(document, data, version, doubt, told)
            _tell(done, version, time.perf_counter() - started)
        return done

    async def withdraw(self, document: Document) -> None:
        """Publish that the report is no longer there; the first of its copies takes its place."""
        async with self._locks.setdefault(document.report_id, asyncio.Lock()):
            known = await self._seen.get(document.report_id)
            if known is None or known.state != "present":
                await self._withdraw_members(document)
                return
            gone = known.model_copy(update={"state": "withdrawn", "sequence": known.sequence + 1})
            report = RawReport(
                report_id=gone.report_id,
                version=gone.version,
                revision=gone.sequence,
                state="withdrawn",
                source=gone.source_ref,
                title=gone.title,
                fetched_at=self._clock(),
            )
            await self._publish(report, "live", gone.sequence)
            await self._seen.mark(gone, None)
            log.warning("report withdrawn", report_id=gone.report_id, source=gone.source, address=gone.address)
        await self._promote(await self._seen.copies_of(document.report_id))

    async def _accept_archive(self, document: Document, data: bytes, doubt: Doubt | None, told: str | None) -> Outcome:
        """Take in each member as a document of its own; members that an earlier archive had are withdrawn."""
        document = document.model_copy(update={"original": await self._archive(data, document.name)})
        version = ids.version_of(data)
        try:
            if document.member:
                raise Poison("an archive within an archive is not opened; submit it by itself")
            members = await self._unpack(data)
        except Poison as e:
            return await self._failed(document, version, e, told)
        documents = [member_of(document, name) for name, _ in members]
        done = [await self.accept(one, held, doubt=doubt) for one, (_, held) in zip(documents, members, strict=True)]
        await self._withdraw_members(document, {one.report_id for one in documents})
        return _outcome(document, version, overall(done), account(done))

    async def _withdraw_members(self, document: Document, kept: Set[str] = frozenset()) -> None:
        """Withdraw the members of the archive that are no longer in it."""
        for known in await self._seen.members_of(document.source.name, document.source.address):
            if known.report_id not in kept:
                await self.withdraw(Document(source=known.source_ref, name=known.name))

    async def give_up(self, document: Document, failure: Exception) -> None:
        """Put a document that could not even be fetched into the dead letters."""
        await self._bus.publish(encode(dead_letter(document, failure, self._clock)))

    async def replay(self, report_id: str) -> RawReport:
        """The report as it was published, made again from the archived bytes; Poison when it was never taken in."""
        known = await self._seen.get(report_id)
        if known is None:
            raise Poison(f"no report {report_id} was ever taken in here")
        data = await self._blobs.get(known.original)
        return await self._raw_report(known, await self._read(data, known.name))

    async def _archive(self, data: bytes, name: str) -> BlobRef:
        return await self._blobs.put(data, await asyncio.to_thread(media_type_of, data, name))

    async def _accept(
        self, document: Document, data: bytes, version: str, doubt: Doubt | None, told: str | None
    ) -> Outcome:
        known = await self._seen.get(document.report_id)
        present = known is not None and known.state == "present"
        if known and present and known.version == version:
            return _outcome(document, version, "unchanged")
        try:
            parsed = await self._read(data, document.name)
        except Poison as e:
            return await self._failed(document, version, e, told)
        if doubt is not None:
            await doubt(parsed)
        seen = self._next(known, document, version, parsed)
        if known and present and known.text_hash == seen.text_hash:
            return _outcome(document, known.version, "unchanged", "other bytes, the same text")
        seen = await self._published(seen, parsed)
        reason = f"the same report as {seen.copy_of}, linked as its copy" if seen.copy_of else parsed.unread
        return _outcome(document, version, "changed" if known else "accepted", reason)

    async def _failed(self, document: Document, version: str, failure: Poison, told: str | None) -> Outcome:
        failed = _outcome(document, version, "failed", f"{document.name}: {failure}. {HELP}")
        if failed.reason != told:
            await self.give_up(document, failure)
        return failed

    def _next(self, known: Seen | None, document: Document, version: str, parsed: ParsedDocument) -> Seen:
        """What will be remembered of this version once it is published."""
        assert document.original is not None
        return Seen(
            report_id=document.report_id,
            source=document.source.name,
            kind=document.source.kind,
            address=document.source.address,
            name=document.name,
            version=version,
            text_hash=_text_hash(parsed),
            sequence=known.sequence + 1 if known else 1,
            original_sha256=document.original.sha256,
            original_size=document.original.size,
            original_type=document.original.media_type,
            title=best_title(document.title, parsed.title),
            fetched_at=self._clock(),
            published_at=document.published_at,
            lane=document.lane,
        )

    async def _published(self, seen: Seen, parsed: ParsedDocument) -> Seen:
        """Publish and remember, under a claim: copies that arrive together, at any workers, do not miss each other."""
        outline = await asyncio.to_thread(sketch, parsed.text)
        seen = seen.model_copy(update={"copy_of": await self._claimed(seen, outline)})
        try:
            report = await self._raw_report(seen, parsed)
            await self._publish(report, "backfill" if seen.lane == "backfill" else "live", seen.sequence)
            await self._seen.mark(seen, outline)
        except BaseException:
            await self._seen.release(seen.report_id)
            raise
        return seen

    async def _claimed(self, seen: Seen, outline: Sketch) -> str | None:
        """Wait for the right to publish the text; the report it is a copy of."""
        while not (claim := await self._seen.claim(seen, outline, now=self._clock())).granted:  # noqa: ASYNC110 - the other may be another process
            await asyncio.sleep(CLAIM_PAUSE)
        return claim.copy_of

    async def _promote(self, copies: Sequence[Seen]) -> None:
        """Publish a withdrawn report's copies again: the first as a report of its own, the others as its copies."""
        for copy in copies:
            parsed = await self._read(await self._blobs.get(copy.original), copy.name)
            await self._published(copy.model_copy(update={"sequence": copy.sequence + 1}), parsed)

    async def _raw_report(self, seen: Seen, parsed: ParsedDocument) -> RawReport:
        """The event's data; a large text and the layout go to the blob store first."""
        encoded = parsed.text.encode()
        large = len(encoded) > INLINE_BYTES
        return RawReport(
            report_id=seen.report_id,
            version=seen.version,
            revision=seen.sequence,
            source=seen.source_ref,
            title=seen.title,
            original=seen.original,
            text=None if large else parsed.text,
            text_ref=await self._blobs.put(encoded, "text/plain; charset=utf-8") if large else None,
            layout=await self._blobs.put(layout_json(parsed.layout), "application/json") if parsed.layout else None,
            fetched_at=seen.fetched_at,
            published_at=seen.published_at,
            copy_of=seen.copy_of,
        )

    async def _publish(self, report: RawReport, lane: Lane, sequence: int) -> None:
        # The sequence is in the id: a report that returns to an earlier version is news, a repeated publish is not.
        event = make_event(
            "report.raw",
            report,
            service=SERVICE,
            subject=report.report_id,
            parts=(report.version, str(sequence)),
            time=self._clock(),
            lane=lane,
        )
        await self._bus.publish(encode(event))


async def _unpack_here(data: bytes) -> list[tuple[str, bytes]]:
    return await asyncio.to_thread(archive.members, data)


def best_title(listed: str | None, read: str | None) -> str | None:
    """The title that the list gave, unless it is cut short there, else that of the document itself."""
    cut = listed is not None and listed.endswith(("…", "..."))
    return read or listed if cut or not listed else listed


def _text_hash(parsed: ParsedDocument) -> str:
    """What makes a version: the text; of a web page, without the counters that change with every visit."""
    text = without_noise(parsed.text) if parsed.media_type == "text/html" else parsed.text
    return hashlib.sha256(text.encode()).hexdigest()


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
