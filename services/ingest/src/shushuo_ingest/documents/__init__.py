"""Documents as courts publish them, read into text: one module per format behind ``read_document``.

To add a format: a module with ``read(data, name) -> ParsedDocument`` and its media types in ``READERS``. Modules are
loaded with the first document that needs them, so that only the reading process carries the parsers.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from shushuo_ingest.documents.gate import refuse_garbage
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_ingest.documents.sniff import media_type_of
from shushuo_shared.errors import Poison

if TYPE_CHECKING:
    from shushuo_ingest.documents.eyes import Seen, Tile
    from shushuo_ingest.documents.ocr import Found

__all__ = ["PICTURED", "READERS", "ParsedDocument", "media_type_of", "read_document", "see"]

READERS: dict[str, str] = {
    "text/plain": "plain",
    "text/markdown": "plain",
    "text/html": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/msword": "doc",
    "image/png": "image",
    "image/jpeg": "image",
    "image/webp": "image",
}
_ADVICE = {
    "application/x-ole-encrypted": "the document is locked with a password; submit it without one",
    "application/zip": "an archive within an archive is not opened; submit it by itself",
    "application/ofd": "OFD is not read; submit the document as PDF",
    "application/vnd.rar": "RAR archives are not read; submit a ZIP",
    "application/x-7z-compressed": "7z archives are not read; submit a ZIP",
}


PICTURED = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
"""Media types whose readers take ``seen`` and have a ``see``."""


def read_document(data: bytes, name: str, seen: "Seen | None" = None) -> ParsedDocument:
    """Read the document whose kind its bytes tell; Poison with the reason when it cannot be read as language.

    Pictures in it are read by eye on the spot or, given what was ``seen`` of them, raised as ``eyes.Unseen``.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise Poison("the document is empty")
    media_type = media_type_of(data, name)
    reader = _reader(media_type)
    parsed: ParsedDocument = reader.read(data, name, seen) if media_type in PICTURED else reader.read(data, name)
    refuse_garbage(parsed.text)
    return parsed


def see(data: bytes, name: str, tile: "Tile") -> "list[Found]":
    """Read by eye one tile of a document of the ``PICTURED`` types."""
    found: list[Found] = _reader(media_type_of(data, name)).see(data, tile)
    return found


def _reader(media_type: str) -> Any:
    module = READERS.get(media_type)
    if module is None:
        readable = f"no reader for {media_type}; readable are {', '.join(sorted(READERS))}"
        raise Poison(_ADVICE.get(media_type, readable))
    return import_module(f"shushuo_ingest.documents.{module}")
