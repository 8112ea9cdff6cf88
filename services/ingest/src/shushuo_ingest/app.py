"""The composition root of ingest: the only module that builds adapters."""

import asyncio

from shushuo_ingest.documents import ParsedDocument, read_document
from shushuo_ingest.http import create_api, create_site
from shushuo_ingest.intake import Intake
from shushuo_ingest.seen_store import Database, SeenStore
from shushuo_ingest.service import Ingest
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.serving import serve

__all__ = ["Ingest", "create_api", "open_ingest", "run"]


async def open_ingest(settings: IngestSettings, *, bus: Bus, blobs: BlobStore, clock: Clock = system_clock) -> Ingest:
    """Wire the service: hand its ``run`` to a task, and ``create_api(ingest)`` to a server."""
    database = await asyncio.to_thread(Database, settings.ingest_database_url)
    seen = SeenStore(database)
    intake = Intake(bus=bus, blobs=blobs, seen=seen, read=_read, clock=clock)
    return Ingest(settings=settings, bus=bus, blobs=blobs, database=database, intake=intake, clock=clock)


async def run(settings: IngestSettings, *, bus: Bus, blobs: BlobStore, stop: asyncio.Event) -> None:
    """Run the service with its HTTP interface on ``host:ingest_port`` until ``stop`` is set."""
    ingest = await open_ingest(settings, bus=bus, blobs=blobs)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(ingest.run(stop))
            tasks.create_task(_serve(ingest, stop))
    finally:
        ingest.close()


async def _serve(ingest: Ingest, stop: asyncio.Event) -> None:
    settings = ingest.settings
    await serve(
        create_site(ingest),
        host=settings.host,
        port=settings.ingest_port,
        port_setting="SHUSHUO_INGEST_PORT",
        stop=stop,
    )


async def _read(data: bytes, name: str) -> ParsedDocument:
    return await asyncio.to_thread(read_document, data, name)
