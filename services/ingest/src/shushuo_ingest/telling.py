"""Tells the bus what is remembered: each revision of a report is written down as untold first, and stays so until told.

What is told can be made again from the row and the archived bytes, under the same event id. So nothing is lost, and
nothing is told otherwise the second time, wherever a worker is killed or the bus goes away.
"""

import asyncio
from collections.abc import Sequence

import structlog

from shushuo_ingest.documents import ParsedDocument
from shushuo_ingest.letters import SERVICE, Document, dead_letter
from shushuo_ingest.reading import ReadDocument
from shushuo_ingest.seen_store import Seen, SeenStore
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock
from shushuo_shared.codec import encode, make_event
from shushuo_shared.errors import Poison
from shushuo_shared.events import INLINE_BYTES, RawReport
from shushuo_shared.layout import layout_json

GLANCES = 40
GLANCE_PAUSE = 0.05

log = structlog.get_logger(__name__)


class Teller:
    """Publishes the revisions that ``SeenStore.remember`` wrote down; doing it twice is harmless."""

    def __init__(self, *, bus: Bus, blobs: BlobStore, seen: SeenStore, read: ReadDocument, clock: Clock) -> None:
        self._bus, self._blobs, self._seen, self._read, self._clock = bus, blobs, seen, read, clock

    async def tell(self, seen: Seen, parsed: ParsedDocument | None = None) -> None:
        """Publish the revision, read again from its archived bytes unless ``parsed`` is given.

        Retryable when that cannot be done now: it stays untold. Poison when the bytes cannot be read any more.
        """
        report = self._withdrawal(seen) if seen.state == "withdrawn" else await self.report(seen, parsed)
        await self._original_first(seen)
        await self._publish(report, seen)
        await self._seen.told(seen)
        if seen.state == "withdrawn":
            log.warning("report withdrawn", report_id=seen.report_id, source=seen.source, address=seen.address)

    async def tell_late(self, seen: Seen) -> Sequence[str]:
        """Publish what was left untold; what cannot be read any more goes to the dead letters.

        The reports that are to be told because of that: copies of the one that is lost.
        """
        try:
            await self.tell(seen)
        except Poison as e:
            await self.give_up(_document(seen), e)
            return await self._seen.fail(seen, now=self._clock())
        return ()

    async def give_up(self, document: Document, failure: Exception) -> None:
        """Put a document into the dead letters."""
        await self._bus.publish(encode(dead_letter(document, failure, self._clock)))

    async def report(self, seen: Seen, parsed: ParsedDocument | None = None) -> RawReport:
        """The event's data; a large text and the layout go to the blob store first."""
        if parsed is None:
            parsed = await self._read(await self._blobs.get(seen.original), seen.name)
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

    def _withdrawal(self, seen: Seen) -> RawReport:
        return RawReport(
            report_id=seen.report_id,
            version=seen.version,
            revision=seen.sequence,
            state="withdrawn",
            source=seen.source_ref,
            title=seen.title,
            fetched_at=self._clock(),
        )

    async def _original_first(self, seen: Seen) -> None:
        """Have a copy's original told before it: another task or worker has that in hand, or was killed over it."""
        for _ in range(GLANCES):
            if (original := await self._untold_original(seen)) is None:
                return
            await asyncio.sleep(GLANCE_PAUSE)
        if original := await self._untold_original(seen):
            log.warning("telling a report that its worker left untold", report_id=original.report_id)
            await self.tell_late(original)

    async def _untold_original(self, seen: Seen) -> Seen | None:
        original = await self._seen.get(seen.copy_of) if seen.copy_of else None
        return original if original and original.untold else None

    async def _publish(self, report: RawReport, seen: Seen) -> None:
        # The sequence is in the id: a report that returns to an earlier version is news, a repeated publish is not.
        event = make_event(
            "report.raw",
            report,
            service=SERVICE,
            subject=report.report_id,
            parts=(report.version, str(seen.sequence)),
            time=self._clock(),
            lane="backfill" if seen.lane == "backfill" else "live",
        )
        await self._bus.publish(encode(event))


def _document(seen: Seen) -> Document:
    return Document(
        original=seen.original,
        source=seen.source_ref,
        name=seen.name,
        title=seen.title,
        published_at=seen.published_at,
        lane="backfill" if seen.lane == "backfill" else "live",
    )
