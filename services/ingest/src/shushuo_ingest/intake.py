"""The one way in: archive, read, name, compare, publish, and only then remember.

Whatever brings a document (upload, folder, web source, retry) hands it to ``Intake.accept``. The original bytes are in
the blob store before anything else happens, so a document that cannot be read is kept and can be tried again.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Literal, Protocol
from weakref import WeakValueDictionary

import structlog

from shushuo_ingest.documents import ParsedDocument, media_type_of
from shushuo_ingest.letters import SERVICE, Document, dead_letter
from shushuo_ingest.seen_store import Seen, SeenStore
from shushuo_shared import ids
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.codec import encode, make_event
from shushuo_shared.errors import Poison
from shushuo_shared.events import BlobRef, RawReport

INLINE_BYTES = 256 * 1024
HELP = "The original is kept; mend it and submit it again, or retry it with: shushuo dead-letters list"

log = structlog.get_logger(__name__)


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
        self, *, bus: Bus, blobs: BlobStore, seen: SeenStore, read: ReadDocument, clock: Clock = system_clock
    ) -> None:
        self._bus, self._blobs, self._seen, self._read, self._clock = bus, blobs, seen, read, clock
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def accept(self, document: Document, data: bytes) -> Outcome:
        """Take the document in; Retryable when the world is away, in which case nothing is remembered."""
        original = await self._blobs.put(data, media_type_of(data, document.name))
        document = document.model_copy(update={"original": original})
        version = ids.version_of(data)
        with structlog.contextvars.bound_contextvars(report_id=document.report_id, source=document.source.name):
            async with self._locks.setdefault(document.report_id, asyncio.Lock()):
                done = await self._accept(document, original, data, version)
            tell = log.warning if done.outcome == "failed" else log.info
            tell("document taken", document=done.name, version=version, outcome=done.outcome, reason=done.reason)
        return done

    async def _accept(self, document: Document, original: BlobRef, data: bytes, version: str) -> Outcome:
        known = await self._seen.get(document.report_id)
        if known and known.state == "present" and known.version == version:
            return _outcome(document, version, "unchanged")
        try:
            parsed = await self._read(data, document.name)
        except Poison as e:
            await self._bus.publish(encode(dead_letter(document, e, self._clock)))
            return _outcome(document, version, "failed", f"{document.name}: {e}. {HELP}")
        text_hash = hashlib.sha256(parsed.text.encode()).hexdigest()
        if known and known.state == "present" and known.text_hash == text_hash:
            return _outcome(document, known.version, "unchanged", "other bytes, the same text")
        report = await self._raw_report(document, original, version, parsed)
        sequence = known.sequence + 1 if known else 1
        await self._publish(report, document, sequence)
        await self._seen.mark(_seen(report, original, text_hash, sequence))
        return _outcome(document, version, "changed" if known else "accepted")

    async def _raw_report(
        self, document: Document, original: BlobRef, version: str, parsed: ParsedDocument
    ) -> RawReport:
        """The event's data; a large text and the layout go to the blob store first."""
        encoded = parsed.text.encode()
        large = len(encoded) > INLINE_BYTES
        return RawReport(
            report_id=document.report_id,
            version=version,
            source=document.source,
            title=document.title or parsed.title,
            original=original,
            text=None if large else parsed.text,
            text_ref=await self._blobs.put(encoded, "text/plain; charset=utf-8") if large else None,
            layout=await self._blobs.put(parsed.layout_json(), "application/json") if parsed.layout else None,
            fetched_at=self._clock(),
            published_at=document.published_at,
        )

    async def _publish(self, report: RawReport, document: Document, sequence: int) -> None:
        # The sequence is in the id: a report that returns to an earlier version is news, a repeated publish is not.
        event = make_event(
            "report.raw",
            report,
            service=SERVICE,
            subject=report.report_id,
            parts=(report.version, str(sequence)),
            time=report.fetched_at,
            lane=document.lane,
        )
        await self._bus.publish(encode(event))


def _outcome(
    document: Document,
    version: str,
    outcome: Literal["accepted", "changed", "unchanged", "failed"],
    reason: str | None = None,
) -> Outcome:
    return Outcome(name=document.name, report_id=document.report_id, version=version, outcome=outcome, reason=reason)


def _seen(report: RawReport, original: BlobRef, text_hash: str, sequence: int) -> Seen:
    return Seen(
        report_id=report.report_id,
        source=report.source.name,
        kind=report.source.kind,
        address=report.source.address,
        version=report.version,
        text_hash=text_hash,
        sequence=sequence,
        original_sha256=original.sha256,
        original_size=original.size,
        original_type=original.media_type,
        title=report.title,
        fetched_at=report.fetched_at,
        published_at=report.published_at,
        copy_of=report.copy_of,
    )
