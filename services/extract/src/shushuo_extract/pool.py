"""A pool of processes for CPU work, with a hard limit of time and memory for each task.

Whatever a document does to its reader (a regular expression that never ends, memory without bound, a crash of the
interpreter) happens to that document alone: its process is killed and replaced, the event loop never waits for it.
"""

import asyncio
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from shushuo_shared.errors import Poison, Retryable

T = TypeVar("T")
P = ParamSpec("P")

START_SECONDS = 60.0
STOP_SECONDS = 10.0
TASKS_PER_PROCESS = 500  # then it is replaced, so that no leak lives long


class Pool:
    """``processes`` at once, each task at most ``seconds`` long and ``memory_mb`` big; ``warm`` runs first in each."""

    def __init__(self, *, processes: int, seconds: float, memory_mb: int, warm: Callable[[], object]) -> None:
        self._processes, self._seconds, self._memory_mb = processes, seconds, memory_mb
        self._stopped = False
        self._running: set[asyncio.Future[Any]] = set()
        self._pool = ProcessPool(
            max_workers=processes,
            max_tasks=TASKS_PER_PROCESS,
            initializer=_prepare,
            initargs=(memory_mb, warm),
            context=multiprocessing.get_context("spawn"),
        )

    async def start(self) -> None:
        """Return when the processes are warm, so that the first document is not the slow one."""
        ready = [asyncio.wrap_future(self._pool.schedule(os.getpid)) for _ in range(self._processes)]
        try:
            await asyncio.wait_for(asyncio.gather(*ready), START_SECONDS)
        except TimeoutError as e:
            raise RuntimeError(f"the reading processes were not ready within {START_SECONDS:.0f} s") from e

    async def run(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a module-level function; Poison when it broke a limit or its process, else its own error."""
        if self._stopped:
            raise Retryable("the reading processes have been stopped")
        running = asyncio.wrap_future(self._pool.schedule(work, args, kwargs, timeout=self._seconds))
        self._running.add(running)
        try:
            result: T = await running
        except TimeoutError as e:
            raise Poison(f"took longer than {self._seconds:g} s and was stopped") from e
        except MemoryError as e:
            raise Poison(f"needed more than {self._memory_mb} MB of memory and was stopped") from e
        except ProcessExpired as e:
            raise Poison(f"its process died with exit code {e.exitcode}") from e
        except (asyncio.CancelledError, BrokenExecutor) as e:
            if self._stopped and not _cancelled():
                raise Retryable("the reading processes have been stopped") from e
            raise
        finally:
            self._running.discard(running)
        return result

    async def stop(self) -> None:
        """End the processes, whatever they are doing; what was in hand is Retryable. Safe to call twice."""
        self._stopped = True
        self._pool.stop()
        with suppress(TimeoutError):
            await asyncio.to_thread(self._pool.join, STOP_SECONDS)
        for running in self._running:
            running.cancel()  # pebble does not always end the futures of the processes that it kills


def _cancelled() -> bool:
    """Whether the running task itself is being cancelled."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _prepare(memory_mb: int, warm: Callable[[], object]) -> None:
    """In the child: leave Ctrl-C to the parent, take the limits on, let the event loop go first, load everything."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    os.nice(5)
    warm()
