"""Keeps a long-running task running: a failure is logged and the task started again after a growing pause."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from shushuo_shared.errors import ConfigError

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 30.0


async def supervise(name: str, run: Callable[[], Awaitable[None]], *, stop: asyncio.Event, pause: float = 0.5) -> None:
    """Run until ``stop`` is set; ConfigError ends it, since starting again would not help."""
    failures = 0
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        started = loop.time()
        try:
            await run()
        except ConfigError:
            raise
        except Exception:
            if stop.is_set():
                return
            failures = failures + 1 if loop.time() - started < LONGEST_PAUSE * 2 else 1
            log.exception("stopped unexpectedly, starting again", task=name, failures=failures)
            try:
                await asyncio.wait_for(stop.wait(), min(LONGEST_PAUSE, pause * 2**failures))
            except TimeoutError:
                continue
