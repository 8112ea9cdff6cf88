"""Starts services in this process: all three for ``up``, one for ``run``; stops them cleanly within a deadline."""

import asyncio
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import structlog
from pydantic import SecretStr

import shushuo_extract.app as extract
import shushuo_ingest.app as ingest
import shushuo_publish.app as publish
from shushuo.settings import TOKEN_FILE, note_ingest
from shushuo_extract.settings import ExtractSettings
from shushuo_ingest.settings import IngestSettings
from shushuo_publish.settings import PublishSettings
from shushuo_publish.store.migrate import upgrade
from shushuo_shared import logs
from shushuo_shared.blobs import BlobStore, open_blobs
from shushuo_shared.bus import Bus, open_bus
from shushuo_shared.errors import ConfigError
from shushuo_shared.serving import serve
from shushuo_shared.settings import CommonSettings, load

Service = Literal["ingest", "extract", "publish"]
SERVICES: tuple[Service, ...] = ("ingest", "extract", "publish")
DEADLINE = 30.0

log = structlog.get_logger(__name__)


def ensure_token(data_dir: Path) -> str:
    """The administrator's token of this data folder, made on first use and readable by its owner only."""
    file = data_dir / TOKEN_FILE
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def up(given: dict[str, Any]) -> None:
    """Run ingest, extract and publish in this process until a signal; ``given`` overrides the environment."""
    common = load(CommonSettings, **given)
    token = common.admin_token or SecretStr(ensure_token(common.data_dir))
    given = {**given, "admin_token": token}
    logs.configure("shushuo", common.log_format, common.log_level)
    upgrade(common.database_url)
    asyncio.run(_until_signalled(lambda stop: _all(given, stop)))


def run(service: Service) -> None:
    """Run one service on the bus and store that the settings name, until a signal."""
    common = load(CommonSettings)
    logs.configure(service, common.log_format, common.log_level)
    if service == "publish":
        upgrade(common.database_url)
    runners: dict[Service, Callable[[asyncio.Event], Awaitable[None]]] = {
        "ingest": _ingest,
        "extract": _extract,
        "publish": _publish,
    }
    asyncio.run(_until_signalled(runners[service]))


async def _until_signalled(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run until SIGTERM or SIGINT, then give the work its deadline; a second signal ends it at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work(stop))

    def signalled() -> None:
        if stop.is_set():
            task.cancel()
        else:
            log.info("stopping", deadline_seconds=DEADLINE)
            stop.set()
            loop.call_later(DEADLINE, task.cancel)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, signalled)
    try:
        await task
    except asyncio.CancelledError:
        log.error("stopped by force; unacknowledged events will come again")
    except* ConfigError as problems:
        raise problems.exceptions[0] from None


@asynccontextmanager
async def _backends(settings: CommonSettings, service: str) -> AsyncIterator[tuple[Bus, BlobStore]]:
    bus = await open_bus(settings.bus_url, service=service)
    try:
        yield bus, open_blobs(settings.blob_url)
    finally:
        await bus.close()


async def _all(given: dict[str, Any], stop: asyncio.Event) -> None:
    """All three services on one loop and one port; ingest's interface stands under /ingest."""
    taking, reading, giving = load(IngestSettings, **given), load(ExtractSettings, **given), load(PublishSettings, **given)
    async with _backends(giving, "shushuo") as (bus, blobs):
        intake = await ingest.open_ingest(taking, bus=bus, blobs=blobs)
        output = await publish.open_publish(giving, bus=bus, blobs=blobs)
        site = publish.create_api(output)
        site.mount("/ingest", ingest.create_api(intake))
        try:
            async with asyncio.TaskGroup() as services:
                services.create_task(intake.run(stop))
                services.create_task(extract.run(reading, bus=bus, blobs=blobs, stop=stop))
                services.create_task(output.run(stop))
                services.create_task(
                    serve(site, host=giving.host, port=giving.port, port_setting="SHUSHUO_PORT", stop=stop)
                )
                log.info("serving", url=f"http://{giving.host}:{giving.port}", data=str(giving.data_dir))
                services.create_task(_samples(intake))
        finally:
            intake.close()
            output.close()


async def _samples(intake: ingest.Ingest) -> None:
    """Hand the bundled sample reports in; those already known change nothing."""
    await intake.take_files("samples", sample_files())


def sample_files() -> Iterable[tuple[str, bytes]]:
    """The bundled sample reports, name and bytes, in the order of their names."""
    folder = resources.files("shushuo") / "samples"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            yield file.name, file.read_bytes()


async def _ingest(stop: asyncio.Event) -> None:
    settings = load(IngestSettings)
    async with _backends(settings, "ingest") as (bus, blobs):
        note_ingest(settings.data_dir, f"http://127.0.0.1:{settings.ingest_port}")
        try:
            await ingest.run(settings, bus=bus, blobs=blobs, stop=stop)
        finally:
            note_ingest(settings.data_dir, None)


async def _extract(stop: asyncio.Event) -> None:
    settings = load(ExtractSettings)
    async with _backends(settings, "extract") as (bus, blobs):
        await extract.run(settings, bus=bus, blobs=blobs, stop=stop)


async def _publish(stop: asyncio.Event) -> None:
    settings = load(PublishSettings)
    async with _backends(settings, "publish") as (bus, blobs):
        await publish.run(settings, bus=bus, blobs=blobs, stop=stop)
