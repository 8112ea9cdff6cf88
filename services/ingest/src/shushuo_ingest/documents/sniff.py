"""The kind of a document, by what its first bytes are; its name is believed only between kinds of plain text."""

import io
import zipfile

from shushuo_ingest.documents.encoding import likeness

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
)
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
    ("content.xml", "application/vnd.oasis.opendocument.text"),
)
_LONGEST_END = 65_557
MOST_DIRECTORY = 2_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "application/x-ole-encrypted"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


def media_type_of(data: bytes, name: str) -> str:
    """The media type of the bytes; ``application/octet-stream`` when they are neither known nor text."""
    head = data[:1024]
    for magic, media_type in _MAGIC:
        if head.startswith(magic) or (magic == b"%PDF-" and magic in head):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(_OLE):
        return _ole_kind(data)
    return _text_kind(data, name)


def _ole_kind(data: bytes) -> str:
    """What the streams of an OLE container are called; WPS Writer keeps its text as Word does."""
    for stream, media_type in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return media_type
    return "application/x-ole-storage"


def _zip_kind(data: bytes) -> str:
    """What the members tell; a directory longer than any document has is not read, for this is no limited child."""
    if _directory_size(data) > MOST_DIRECTORY:
        return "application/zip"
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return "application/zip"
    return next((media_type for member, media_type in _MEMBERS if member in names), "application/zip")


def _directory_size(data: bytes) -> int:
    """How many bytes the ZIP's list of members is said to have."""
    end = data.rfind(b"PK\x05\x06", -_LONGEST_END)
    return int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0


def _text_kind(data: bytes, name: str) -> str:
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _binary(data[:4096]):
        return "application/octet-stream"
    start = data[:4096].replace(b"\x00", b"").lower()
    if any(mark in start for mark in _HTML):
        return "text/html"
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<?xml", b"<rss", b"<feed")):
        return "application/xml"
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("htm", "html", "shtml", "xhtml") and b"<" in start:
        return "text/html"
    return "text/markdown" if suffix in ("md", "markdown") else "text/plain"


def _binary(head: bytes) -> bool:
    """Whether control characters that no text uses are more than a trace; UTF-16 without a mark is full of them."""
    controls = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or 27 < byte < 32)
    if controls <= len(head) * 0.02:
        return False
    even = head[: len(head) // 2 * 2]
    return all(likeness(even.decode(name, "ignore")) < 0.5 for name in ("utf-16-le", "utf-16-be"))
