"""Reads documents in child processes with a limit of time and memory: a hostile file costs itself, never the worker."""

import asyncio
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong
from multiprocessing.context import BaseContext
from typing import Any, Protocol

import structlog
from pebble import ProcessExpired, ProcessPool

from shushuo_ingest.documents import PICTURED, READERS, ParsedDocument, archive, media_type_of, read_document, see
from shushuo_ingest.documents.eyes import Seen, Tile, Unseen
from shushuo_shared.errors import Poison

HARMLESS = frozenset({"text/plain", "text/markdown"})
HARMLESS_BYTES = 20_000_000
DOCUMENTS_PER_CHILD = 500
PRELOADED = sorted({f"shushuo_ingest.documents.{module}" for module in READERS.values()})

log = structlog.get_logger(__name__)


class ReadDocument(Protocol):
    """Reads a document where it can do no harm."""

    async def __call__(self, data: bytes, name: str) -> ParsedDocument:
        """The document's text; Poison with the reason when it cannot be read."""


class ReaderPool:
    """A ReadDocument. Plain text is only decoded, which a thread does; everything else is read by a child."""

    def __init__(self, *, seconds: float, megabytes: int, children: int = 2) -> None:
        self._seconds, self._megabytes, self._children = seconds, megabytes, children
        self._pool: ProcessPool | None = None

    async def __call__(self, data: bytes, name: str) -> ParsedDocument:
        """The document's text; Poison when it cannot be read, or not within the limits."""
        kind = await asyncio.to_thread(media_type_of, data, name)
        if kind in HARMLESS and len(data) <= HARMLESS_BYTES:
            return await asyncio.to_thread(read_document, data, name)
        try:
            return await self._read(data, name, *([{}] if kind in PICTURED else []))
        except Unseen as unseen:
            return await self._read(data, name, await self._see(data, name, unseen.tiles))

    async def warm(self) -> None:
        """Start the children, so that the first document is not the slow one."""
        await asyncio.gather(*(self._in_child(len, b"") for _ in range(self._children)), return_exceptions=True)

    async def unpack(self, data: bytes) -> list[tuple[str, bytes]]:
        """The members of an archive, by name and bytes; Poison as for a document."""
        members: list[tuple[str, bytes]] = await self._in_child(archive.members, data)
        return members

    async def _read(self, data: bytes, name: str, *seen: Seen) -> ParsedDocument:
        parsed: ParsedDocument = await self._in_child(read_document, data, name, *seen)
        return parsed

    async def _see(self, data: bytes, name: str, tiles: tuple[Tile, ...]) -> Seen:
        """Each tile read within limits of its own, one after the other, so that other documents have their turn."""
        return {
            tile: await self._in_child(see, data, name, tile, what=f"page {tile[0]} by OCR" if len(tiles) > 1 else "it")
            for tile in tiles
        }

    async def _in_child(self, work: Callable[..., Any], data: bytes, *rest: object, what: str = "it") -> Any:
        try:
            future = self._started().schedule(work, args=[data, *rest], timeout=self._seconds)
            return await asyncio.wrap_future(future)
        except (TookTooLong, TimeoutError) as e:
            raise Poison(f"reading {what} took longer than {self._seconds:.0f} s") from e
        except MemoryError as e:
            raise Poison(f"reading {what} wants more than {self._megabytes} MB of memory") from e
        except ProcessExpired as e:
            broken = f"it is broken or made to harm, or needs more than {self._megabytes} MB"
            raise Poison(f"reading {what} ended the reading process (exit code {e.exitcode}): {broken}") from e
        except Poison:
            raise
        except Exception as e:
            log.exception("a reader failed in a way nobody foresaw", document=rest[:1])
            raise Poison(f"it could not be read: {type(e).__name__}: {e}") from e

    def close(self) -> None:
        """End the children."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _started(self) -> ProcessPool:
        """The pool; its children start when they are warmed, or else with the first document that needs them."""
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._children,
                max_tasks=DOCUMENTS_PER_CHILD,
                initializer=_limit_memory,
                initargs=[self._megabytes],
                context=_context(),
            )
        return self._pool


def _context() -> BaseContext:
    """Children are forked from a process that has loaded the parsers once: spawned, each of them would load them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def _limit_memory(megabytes: int) -> None:
    """Only the soft limit, so that a program which a reader starts may be given a limit of its own."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, hard))
