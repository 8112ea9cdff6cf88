"""Plain text and Markdown: the text is the file's content, decoded and otherwise unchanged."""

from shushuo_ingest.documents.encoding import decode
from shushuo_ingest.documents.parsed import ParsedDocument


def read(data: bytes, name: str) -> ParsedDocument:
    """Decode the file; Poison when no encoding makes language of it."""
    markdown = name.lower().endswith((".md", ".markdown"))
    return ParsedDocument(text=decode(data), media_type="text/markdown" if markdown else "text/plain")
