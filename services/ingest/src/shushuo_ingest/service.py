"""The ingest service without its HTTP interface: the parts wired together, and what runs until it is told to stop."""

import asyncio
from dataclasses import dataclass

import structlog

from shushuo_ingest.intake import Intake
from shushuo_ingest.letters import dead_letter, read_retry
from shushuo_ingest.seen_store import Database
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus, Message
from shushuo_shared.clock import Clock
from shushuo_shared.codec import encode
from shushuo_shared.errors import Poison
from shushuo_shared.supervise import supervise
from shushuo_shared.topics import DEAD_LETTERS, RAW, RETRIES

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """The wired parts; ``run`` works until ``stop``."""

    settings: IngestSettings
    bus: Bus
    blobs: BlobStore
    database: Database
    intake: Intake
    clock: Clock

    async def run(self, stop: asyncio.Event) -> None:
        """Watch the sources and take retried documents in until ``stop`` is set."""
        await self.bus.ensure_topics([RAW, RAW + ".backfill", RETRIES, DEAD_LETTERS])
        await supervise("document retries", lambda: self._retries(stop), stop=stop)

    def close(self) -> None:
        """Close the database; the bus and the blob store belong to the caller."""
        self.database.close()

    async def _retries(self, stop: asyncio.Event) -> None:
        await self.bus.consume(RETRIES, "ingest", self.retry, stop=stop, parallel=2)

    async def retry(self, message: Message) -> None:
        """Take in a document whose dead letter is retried; what fails again becomes a dead letter again."""
        try:
            document = read_retry(message)
        except Poison as e:
            log.error("handled", report_id=message.key, event_type="document", outcome="dropped", reason=str(e))
            return
        if document.original is None:
            return
        try:
            data = await self.blobs.get(document.original)
        except Poison as e:
            await self.bus.publish(encode(dead_letter(document, e, self.clock)))
            return
        await self.intake.accept(document, data)
