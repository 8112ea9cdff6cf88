"""Documents as courts publish them, read into text: one module per format behind ``read_document``.

To add a format: a module with ``read(data, name) -> ParsedDocument`` and its media types in ``READERS``.
"""

from collections.abc import Callable

from shushuo_ingest.documents import html, plain
from shushuo_ingest.documents.gate import refuse_garbage
from shushuo_ingest.documents.parsed import ParsedDocument, Place
from shushuo_ingest.documents.sniff import media_type_of
from shushuo_shared.errors import Poison

__all__ = ["READERS", "ParsedDocument", "Place", "media_type_of", "read_document"]

READERS: dict[str, Callable[[bytes, str], ParsedDocument]] = {
    "text/plain": plain.read,
    "text/markdown": plain.read,
    "text/html": html.read,
}


def read_document(data: bytes, name: str) -> ParsedDocument:
    """Read the document whose kind its bytes tell; Poison with the reason when it cannot be read as language."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Poison("the document is empty")
    media_type = media_type_of(data, name)
    reader = READERS.get(media_type)
    if reader is None:
        raise Poison(f"no reader for {media_type}; readable are {', '.join(sorted(READERS))}")
    parsed = reader(data, name)
    refuse_garbage(parsed.text)
    return parsed
