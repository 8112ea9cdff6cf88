"""A document on its way in: its bytes, and what reading them gave, read at most once."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shushuo_ingest.copies import Sketch, sketch, without_noise
from shushuo_ingest.documents import ParsedDocument
from shushuo_ingest.letters import Document
from shushuo_ingest.reading import ReadDocument
from shushuo_shared import ids

Doubt = Callable[[ParsedDocument], Awaitable[None]]


class Content:
    """The bytes of a document and what is read of them; whoever asks again gets the same answer, or failure."""

    def __init__(self, data: bytes, name: str, read: ReadDocument) -> None:
        self.data, self.version = data, ids.version_of(data)
        self._name, self._read = name, read
        self._reading: asyncio.Task[ParsedDocument] | None = None
        self._outline: Sketch | None = None

    async def parsed(self) -> ParsedDocument:
        """The document's text; Poison when it cannot be read."""
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read(self.data, self._name))
        return await self._reading

    async def outline(self) -> Sketch:
        """The sketch of the text; Poison when it cannot be read."""
        if self._outline is None:
            self._outline = await asyncio.to_thread(sketch, (await self.parsed()).text)
        return self._outline

    async def text_hash(self) -> str:
        """What makes a version: the text; of a web page, without the counters that change with every visit."""
        parsed = await self.parsed()
        text = without_noise(parsed.text) if parsed.media_type == "text/html" else parsed.text
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A document with its content, its original archived.

    ``doubt`` may raise what it has against the text; a failure whose reason is ``told`` is in the dead letters already.
    Where its report was chosen among several: ``beside`` are those of its file name that it is none of, ``revisions``
    how many revisions these had then, ``after`` how many the chosen one had.
    """

    document: Document
    content: Content
    doubt: Doubt | None = None
    told: str | None = None
    beside: tuple[str, ...] = ()
    revisions: int | None = None
    after: int | None = None
