"""The ingest service without its HTTP interface: the parts wired together, and what runs until it is told to stop."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import httpx
import structlog

from shushuo_ingest.database import Database
from shushuo_ingest.fetch.address import canonical, file_name_of
from shushuo_ingest.fetch.believe import doubt_text
from shushuo_ingest.fetch.page import Fetch
from shushuo_ingest.intake import Intake, Outcome
from shushuo_ingest.letters import Document, read_retry
from shushuo_ingest.reading import ReaderPool
from shushuo_ingest.settings import IngestSettings
from shushuo_ingest.watch.desk import Desk
from shushuo_ingest.watch.vigil import Vigil
from shushuo_ingest.watch.watcher import Watcher
from shushuo_shared import ids
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus, Message
from shushuo_shared.clock import Clock
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.events import SourceRef
from shushuo_shared.supervise import supervise
from shushuo_shared.topics import DEAD_LETTERS, RAW, RETRIES, Lane

UNTOLD_EVERY = 15.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """The wired parts; ``run`` works until ``stop``."""

    settings: IngestSettings
    bus: Bus
    blobs: BlobStore
    database: Database
    reader: ReaderPool
    intake: Intake
    fetch: Fetch
    watcher: Watcher
    desk: Desk
    vigil: Vigil
    clients: Sequence[httpx.AsyncClient]
    clock: Clock

    async def run(self, stop: asyncio.Event) -> None:
        """Watch the sources and take retried documents in until ``stop`` is set."""
        await self.bus.ensure_topics([RAW, RAW + ".backfill", RETRIES, DEAD_LETTERS])
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.reader.warm())
                tasks.create_task(supervise("document retries", lambda: self._retries(stop), stop=stop))
                tasks.create_task(supervise("watching sources", lambda: self.watcher.run(stop), stop=stop))
                tasks.create_task(supervise("telling what was left untold", lambda: self._telling(stop), stop=stop))
                tasks.create_task(supervise("vigil", lambda: self.vigil.run(stop), stop=stop))
        finally:
            for client in self.clients:
                await client.aclose()

    def close(self) -> None:
        """Close the database and end the readers; the bus and the blob store belong to the caller."""
        self.reader.close()
        self.database.close()

    async def take_files(self, source: str, files: Iterable[tuple[str, bytes]]) -> list[Outcome]:
        """Take in files that come with the program, name and bytes, as documents of a source of their own."""
        taken = []
        for name, data in files:
            document = Document(source=SourceRef(name=source, kind="files", address=name), name=name)
            taken.append(await self.intake.accept(document, data))
        return taken

    async def fetch_and_accept(self, url: str, lane: Lane) -> Outcome:
        """Take in the page at an address that was submitted; ValueError when it is none, fetch errors pass through."""
        address = canonical(url)
        page = await self.fetch(address)
        document = Document(
            source=SourceRef(name="upload", kind="upload", address=address), name=file_name_of(address), lane=lane
        )
        return await self.intake.accept(document, page.body, doubt=doubt_text)

    async def _telling(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.intake.tell_forgotten()
            except Retryable as e:
                log.warning("cannot look for what was left untold", reason=str(e))
            try:
                await asyncio.wait_for(stop.wait(), UNTOLD_EVERY)
            except TimeoutError:
                continue

    async def _retries(self, stop: asyncio.Event) -> None:
        await self.bus.consume(RETRIES, "ingest", self.retry, stop=stop, parallel=2)

    async def retry(self, message: Message) -> None:
        """Take in a document whose dead letter is retried; what fails again becomes a dead letter again."""
        try:
            document = read_retry(message)
        except Poison as e:
            log.error("handled", report_id=message.key, event_type="document", outcome="dropped", reason=str(e))
            return
        try:
            if document.original is not None:
                data = await self.blobs.get(document.original)
                if (await self.intake.accept(document, data)).outcome != "failed":
                    await self.watcher.mended(document.source, ids.version_of(data))
            elif not await self.watcher.take_again(document.source):
                raise Poison(f"no source {document.source.name!r} is watched any more")
        except Poison as e:
            await self.intake.give_up(document, e)
