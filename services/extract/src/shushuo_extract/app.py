"""The composition root of extract: the only module that builds adapters."""

import asyncio
from functools import partial

from shushuo_extract import work
from shushuo_extract.handler import Extract
from shushuo_extract.pool import Pool
from shushuo_extract.settings import ExtractSettings
from shushuo_extract.stream import consumer_of
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.health import health_app
from shushuo_shared.lanes import run_lanes
from shushuo_shared.serving import serve
from shushuo_shared.supervise import supervise
from shushuo_shared.topics import BACKFILL, DEAD_LETTERS, EXTRACTED, RAW
from shushuo_shared.worker import Worker

GROUP = "extract"


async def read_reports(
    settings: ExtractSettings, *, bus: Bus, blobs: BlobStore, stop: asyncio.Event, clock: Clock = system_clock
) -> None:
    """Read raw reports from both lanes until ``stop`` is set; no HTTP."""
    await bus.ensure_topics([RAW, RAW + BACKFILL, EXTRACTED, EXTRACTED + BACKFILL, DEAD_LETTERS])
    pool = Pool(
        processes=settings.extract_processes,
        seconds=settings.extract_timeout,
        memory_mb=settings.extract_memory_mb,
        warm=work.warm,
    )
    handle = Extract(read=lambda *report: pool.run(work.read, *report), blobs=blobs, clock=clock)
    worker = Worker(service="extract", bus=bus, handle=handle, stop=stop, clock=clock)
    lanes = partial(run_lanes, worker, consumer_of(bus), RAW, GROUP, stop=stop, parallel=settings.extract_processes)
    try:
        await pool.start()
        await supervise("extract", lanes, stop=stop)
    finally:
        await pool.stop()


async def run(settings: ExtractSettings, *, bus: Bus, blobs: BlobStore, stop: asyncio.Event) -> None:
    """Read reports, answering health checks on ``host:extract_port``, until ``stop`` is set."""
    health = serve(
        health_app({}), host=settings.host, port=settings.extract_port, port_setting="SHUSHUO_EXTRACT_PORT", stop=stop
    )
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(health)
        tasks.create_task(read_reports(settings, bus=bus, blobs=blobs, stop=stop))
