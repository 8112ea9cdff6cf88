"""Documents as courts publish them, read into text: one module per format behind ``read_document``.

To add a format: a module with ``read(data, name) -> ParsedDocument`` and its media types in ``READERS``. Modules are
loaded with the first document that needs them, so that only the reading process carries the parsers.
"""

from importlib import import_module

from shushuo_ingest.documents.gate import refuse_garbage
from shushuo_ingest.documents.parsed import ParsedDocument, Place, locate
from shushuo_ingest.documents.sniff import media_type_of
from shushuo_shared.errors import Poison

__all__ = ["READERS", "ParsedDocument", "Place", "locate", "media_type_of", "read_document"]

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
    "application/zip": "an archive is not one document: hand it to ingest, which takes each of its members",
    "application/ofd": "OFD is not read; submit the document as PDF",
    "application/vnd.rar": "RAR archives are not read; submit a ZIP",
    "application/x-7z-compressed": "7z archives are not read; submit a ZIP",
}


def read_document(data: bytes, name: str) -> ParsedDocument:
    """Read the document whose kind its bytes tell; Poison with the reason when it cannot be read as language."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Poison("the document is empty")
    media_type = media_type_of(data, name)
    module = READERS.get(media_type)
    if module is None:
        readable = f"no reader for {media_type}; readable are {', '.join(sorted(READERS))}"
        raise Poison(_ADVICE.get(media_type, readable))
    reader = import_module(f"shushuo_ingest.documents.{module}")
    parsed: ParsedDocument = reader.read(data, name)
    refuse_garbage(parsed.text)
    return parsed
