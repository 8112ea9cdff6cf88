"""The composition root of ingest: the only module that builds adapters."""

import asyncio
import random
from collections.abc import Callable

import httpx

from shushuo_ingest.database import Database
from shushuo_ingest.fetch.believe import Believe
from shushuo_ingest.fetch.client import TIMEOUT, open_client
from shushuo_ingest.fetch.fetcher import Fetcher
from shushuo_ingest.fetch.page import Fetch
from shushuo_ingest.fetch.politeness import Politeness
from shushuo_ingest.http import create_api, create_site
from shushuo_ingest.intake import Intake
from shushuo_ingest.reading import ReadDocument, ReaderPool
from shushuo_ingest.seen_store import SeenStore
from shushuo_ingest.service import Ingest
from shushuo_ingest.settings import IngestSettings
from shushuo_ingest.sources import Source, WebSource
from shushuo_ingest.watch.catalog import Catalog
from shushuo_ingest.watch.desk import Desk
from shushuo_ingest.watch.host_turns import HostTurns
from shushuo_ingest.watch.leases import Leases
from shushuo_ingest.watch.looking import Looker
from shushuo_ingest.watch.store import WatchStore
from shushuo_ingest.watch.taking import Taker
from shushuo_ingest.watch.vigil import Vigil
from shushuo_ingest.watch.watcher import Watcher
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.serving import serve

__all__ = ["Ingest", "create_api", "open_ingest", "run"]


async def open_ingest(
    settings: IngestSettings,
    *,
    bus: Bus,
    blobs: BlobStore,
    clock: Clock = system_clock,
    read: ReadDocument | None = None,
) -> Ingest:
    """Wire the service: hand its ``run`` to a task, ``create_api(ingest)`` to a server, and ``close`` it in the end.

    Documents are read in child processes unless ``read`` is given.
    """
    database = await asyncio.to_thread(Database, settings.ingest_database_url)
    pool = ReaderPool(seconds=settings.read_seconds, megabytes=settings.read_megabytes)
    read = read or pool
    seen = SeenStore(database)
    intake = Intake(bus=bus, blobs=blobs, seen=seen, read=read, unpack=pool.unpack, clock=clock)
    client = open_client(user_agent=settings.user_agent, allowed_hosts=settings.allowed_hosts)
    caller = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)
    fetcher = _fetcher(settings, client, database, clock)

    def fetch_for(source: Source) -> Fetch:
        return Believe(fetcher, robots=source.robots if isinstance(source, WebSource) else True)

    watcher = _watcher(settings=settings, database=database, intake=intake, read=read, fetch_for=fetch_for, clock=clock)
    desk = Desk(watcher=watcher, store=WatchStore(database), seen=seen, fetch_for=fetch_for, read=read, clock=clock)
    return Ingest(
        settings=settings,
        bus=bus,
        blobs=blobs,
        database=database,
        reader=pool,
        intake=intake,
        fetch=Believe(fetcher),
        watcher=watcher,
        desk=desk,
        vigil=Vigil(desk, dead_man_url=settings.dead_man_url, client=caller, clock=clock),
        clients=(client, caller),
        clock=clock,
    )


def _fetcher(settings: IngestSettings, client: httpx.AsyncClient, database: Database, clock: Clock) -> Fetcher:
    politeness = Politeness(gap=settings.fetch_gap_seconds, turns=HostTurns(database, clock=clock), clock=clock)
    return Fetcher(client, politeness=politeness, limit=settings.max_document_bytes, clock=clock)


def _watcher(
    *,
    settings: IngestSettings,
    database: Database,
    intake: Intake,
    read: ReadDocument,
    fetch_for: Callable[[Source], Fetch],
    clock: Clock,
) -> Watcher:
    chance = random.Random()  # noqa: S311 - jitter
    store = WatchStore(database)
    return Watcher(
        catalog=Catalog(settings.sources),
        store=store,
        looker=Looker(store, fetch_for=fetch_for, clock=clock, chance=chance),
        taker=Taker(store, intake=intake, read=read, fetch_for=fetch_for, clock=clock, chance=chance),
        leases=Leases(database, clock=clock),
        clock=clock,
    )


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
