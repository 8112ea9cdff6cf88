"""Reads documents in child processes with a limit of time and memory: a hostile file costs itself, never the worker."""

import asyncio
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any

import structlog
from pebble import ProcessExpired, ProcessPool

from shushuo_ingest.documents import ParsedDocument, archive, media_type_of, read_document
from shushuo_shared.errors import Poison

HARMLESS = frozenset({"text/plain", "text/markdown"})
HARMLESS_BYTES = 20_000_000
DOCUMENTS_PER_CHILD = 200

log = structlog.get_logger(__name__)


class ReaderPool:
    """A ReadDocument. Plain text is only decoded, which a thread does; everything else is read by a child."""

    def __init__(self, *, seconds: float, megabytes: int, children: int = 2) -> None:
        self._seconds, self._megabytes, self._children = seconds, megabytes, children
        self._pool: ProcessPool | None = None

    async def __call__(self, data: bytes, name: str) -> ParsedDocument:
        """The document's text; Poison when it cannot be read, or not within the limits."""
        if len(data) <= HARMLESS_BYTES and await asyncio.to_thread(media_type_of, data, name) in HARMLESS:
            return await asyncio.to_thread(read_document, data, name)
        parsed: ParsedDocument = await self._in_child(read_document, data, name)
        return parsed

    async def unpack(self, data: bytes) -> list[tuple[str, bytes]]:
        """The members of an archive, by name and bytes; Poison as for a document."""
        members: list[tuple[str, bytes]] = await self._in_child(archive.members, data)
        return members

    async def _in_child(self, work: Callable[..., Any], data: bytes, *rest: str) -> Any:
        try:
            future = self._started().schedule(work, args=[data, *rest], timeout=self._seconds)
            return await asyncio.wrap_future(future)
        except (TookTooLong, TimeoutError) as e:
            raise Poison(f"reading it took longer than {self._seconds:.0f} s") from e
        except MemoryError as e:
            raise Poison(f"reading it wants more than {self._megabytes} MB of memory") from e
        except ProcessExpired as e:
            raise Poison(f"reading it ended the reading process (exit code {e.exitcode})") from e
        except Poison:
            raise
        except Exception as e:
            log.exception("a reader failed in a way nobody foresaw", document=rest)
            raise Poison(f"it could not be read: {type(e).__name__}: {e}") from e

    def close(self) -> None:
        """End the children."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _started(self) -> ProcessPool:
        """The pool; its children start with the first document that needs them."""
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._children,
                max_tasks=DOCUMENTS_PER_CHILD,
                initializer=_limit_memory,
                initargs=[self._megabytes],
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool


def _limit_memory(megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
