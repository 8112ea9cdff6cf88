"""Starts services in this process: all three for ``up``, one for ``run``."""

import asyncio
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
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
from shushuo_shared.blobs import BlobStore
from shushuo_shared.bus import Bus
from shushuo_shared.process import run_process
from shushuo_shared.serving import serve
from shushuo_shared.settings import CommonSettings, S, load

Service = Literal["ingest", "extract", "publish"]
SERVICES: tuple[Service, ...] = ("ingest", "extract", "publish")

log = structlog.get_logger(__name__)


def ensure_token(data_dir: Path) -> SecretStr:
    """The administrator's token of this data folder, made on first use and readable by its owner only."""
    file = data_dir / TOKEN_FILE
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        with suppress(FileExistsError):  # services started together agree on the first one's
            os.link(draft, file)
        draft.unlink()
    return SecretStr(file.read_text(encoding="ascii").strip())


def with_token(settings: type[S], **given: Any) -> S:
    """The settings, with the data folder's token where none is set."""
    read = load(settings, **given)
    return read if read.admin_token else load(settings, **{**given, "admin_token": ensure_token(read.data_dir)})


def up(given: dict[str, Any]) -> None:
    """Run ingest, extract and publish in this process until a signal; ``given`` overrides the environment."""

    def settings() -> CommonSettings:
        return with_token(CommonSettings, **given)

    async def all_services(settings: CommonSettings, *, bus: Bus, blobs: BlobStore, stop: asyncio.Event) -> None:
        await _all({**given, "admin_token": settings.admin_token}, bus, blobs, stop)

    run_process("shushuo", settings, all_services)


def run(service: Service) -> None:
    """Run one service on the bus and store that the settings name, until a signal."""
    if service == "ingest":
        run_process(service, lambda: with_token(IngestSettings), _ingest)
    elif service == "extract":
        run_process(service, lambda: load(ExtractSettings), extract.run)
    else:
        run_process(service, lambda: with_token(PublishSettings), publish.run)


async def _all(given: dict[str, Any], bus: Bus, blobs: BlobStore, stop: asyncio.Event) -> None:
    """All three services on one loop and one port; ingest's interface stands under /ingest."""
    giving = load(PublishSettings, **given)
    note_ingest(giving.data_dir, None)  # a separate ingest that was killed may have left its note
    intake = await ingest.open_ingest(load(IngestSettings, **given), bus=bus, blobs=blobs)
    output = await publish.open_publish(giving, bus=bus, blobs=blobs)
    output.status.concerns.append(intake.desk.problems)
    site = publish.create_api(output)
    site.mount("/ingest", ingest.create_api(intake))
    try:
        async with asyncio.TaskGroup() as services:
            services.create_task(intake.run(stop))
            services.create_task(extract.read_reports(load(ExtractSettings, **given), bus=bus, blobs=blobs, stop=stop))
            services.create_task(output.run(stop))
            services.create_task(
                serve(site, host=giving.host, port=giving.port, port_setting="SHUSHUO_PORT", stop=stop)
            )
            log.info("serving", url=f"http://{giving.host}:{giving.port}", data=str(giving.data_dir))
            services.create_task(intake.take_files("samples", sample_files()))
    finally:
        intake.close()
        output.close()


def sample_files() -> Iterator[tuple[str, bytes]]:
    """The bundled sample reports, name and bytes, in the order of their names."""
    folder = resources.files("shushuo") / "samples"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            yield file.name, file.read_bytes()


async def _ingest(settings: IngestSettings, *, bus: Bus, blobs: BlobStore, stop: asyncio.Event) -> None:
    """Ingest by itself, noting where it listens so that commands on this machine find it."""
    note_ingest(settings.data_dir, f"http://127.0.0.1:{settings.ingest_port}")
    try:
        await ingest.run(settings, bus=bus, blobs=blobs, stop=stop)
    finally:
        note_ingest(settings.data_dir, None)
