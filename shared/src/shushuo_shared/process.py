"""A service as a process: settings read, logs configured, bus and blobs opened, signals obeyed within a deadline."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NoReturn, Protocol, TypeVar

import structlog

from shushuo_shared import logs
from shushuo_shared.blobs import BlobStore, open_blobs
from shushuo_shared.bus import Bus, open_bus
from shushuo_shared.errors import ConfigError, ShushuoError
from shushuo_shared.settings import CommonSettings

DEADLINE = 30.0
S = TypeVar("S", bound=CommonSettings)
S_contra = TypeVar("S_contra", bound=CommonSettings, contravariant=True)

log = structlog.get_logger(__name__)


class RunService(Protocol[S_contra]):
    """A service's ``run``: works until ``stop`` is set."""

    def __call__(self, settings: S_contra, *, bus: Bus, blobs: BlobStore, stop: asyncio.Event) -> Awaitable[None]:
        """Run on the given bus and blob store."""


@asynccontextmanager
async def backends(settings: CommonSettings, service: str) -> AsyncIterator[tuple[Bus, BlobStore]]:
    """The bus and the blob store that the settings name."""
    bus = await open_bus(settings.bus_url, service=service)
    try:
        yield bus, open_blobs(settings.blob_url)
    finally:
        await bus.close()


async def until_signalled(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run until SIGTERM or SIGINT, then give the work its deadline; a second signal ends it at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work(stop))

    def signalled() -> None:
        if stop.is_set():
            task.cancel()
            return
        log.info("stopping", deadline_seconds=DEADLINE)
        stop.set()
        loop.call_later(DEADLINE, task.cancel)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, signalled)
    try:
        await task
    except asyncio.CancelledError:
        log.error("stopped by force; unacknowledged events will come again")


def run_process(service: str, read_settings: Callable[[], S], run: RunService[S]) -> None:
    """The whole life of a service's process; a wrong setting is one sentence and exit status 2."""

    async def work(stop: asyncio.Event) -> None:
        async with backends(settings, service) as (bus, blobs):
            await run(settings, bus=bus, blobs=blobs, stop=stop)

    try:
        settings = read_settings()
        logs.configure(service, settings.log_format, settings.log_level)
        asyncio.run(until_signalled(work))
    except ShushuoError as e:
        _give_up(service, e)
    except BaseExceptionGroup as group:
        wrong = _first_config_error(group)
        if wrong is None:
            raise
        _give_up(service, wrong)


def _give_up(service: str, error: Exception) -> NoReturn:
    sys.stderr.write(f"shushuo{'' if service == 'shushuo' else ' ' + service}: {error}\n")
    sys.exit(2)


def _first_config_error(group: BaseExceptionGroup[BaseException]) -> ConfigError | None:
    found, _ = group.split(ConfigError)
    while found is not None:
        first = found.exceptions[0]
        if isinstance(first, ConfigError):
            return first
        found = first if isinstance(first, BaseExceptionGroup) else None
    return None
