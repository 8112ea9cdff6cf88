"""Files that are broken, cut off, locked or made to hurt, and what is said of each; every one made on the spot."""

import io
import zipfile
import zlib

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from tests.ingest.documents.kit import pdf, picture, report_flow, saved, scanned, word
from tests.ingest.documents.own_font import pdf_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{}>>"


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def repacked(**changed: bytes) -> bytes:
    """The Word file with some of its parts replaced, named by their stem."""
    with zipfile.ZipFile(io.BytesIO(word())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped(parts | {f"word/{stem}.xml": data for stem, data in changed.items()})


def locked_zip() -> bytes:
    """An archive whose member says that it needs a password."""
    data = bytearray(zipped({"a.txt": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def ole(stream: str) -> bytes:
    """The beginning of an OLE file with a stream of this name, and nothing in it."""
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(3000)


def deflated(size: int) -> str:
    """A PDF stream that unpacks to so many spaces."""
    packer = zlib.compressobj(9)
    first, second = (packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    packed = first + second * (size // 1_000_000) + packer.flush()
    return f"<</Length {len(packed)}/Filter/FlateDecode>>\nstream\n{packed.decode('latin-1')}\nendstream"


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "xx">' + b"".join(
    b'<!ENTITY %c "%s">' % (b"abcdefgh"[n + 1], b"&%c;" % b"abcdefgh"[n] * 50) for n in range(7)
)
ENDED = "ended the reading process|memory"
CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
DRAWING = (
    "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>\nstream\n/X Do /X Do"
)
LOOPING = {
    "pages that are their own parent": ([CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 5>>"], "page 1 of 5"),
    "a drawing that draws itself": (
        [
            CATALOG,
            ONE_PAGE,
            PAGE.format("/Resources<</XObject<</X 5 0 R>>>>"),
            "<</Length 5>>\nstream\n/X Do\nendstream",
            f"{DRAWING}\nendstream",
        ],
        ENDED + "|no text",
    ),
    "an object stream within itself": (
        [
            CATALOG,
            "<</Type/ObjStm/N 1/First 4/Extends 2 0 R/Length 3 0 R>>\nstream\n2 0 <</Type/Pages>>\nendstream",
            "3 0 R",
        ],
        "no text|no pages|broken",
    ),
    "more pages than there are": ([CATALOG, "<</Type/Pages/Kids[]/Count 2000000000>>"], "broken"),
    "a content that unpacks to gigabytes": (
        [CATALOG, ONE_PAGE, PAGE.format("/Resources<<>>"), deflated(3_000_000_000)],
        ENDED + "|took longer",
    ),
}
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    **{name: ("a.pdf", pdf_file(objects), why) for name, (objects, why) in LOOPING.items()},
    "a PDF cut off": ("a.pdf", pdf(report_flow())[:-3000], "cut off"),
    "a PDF of noise": ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF", "broken"),
    "a PDF with a password": ("a.pdf", pdf(report_flow(), encrypt=StandardEncryption("a", "b")), "password"),
    "a Word file cut off": ("a.docx", word()[:-200], "broken or cut off"),
    "a Word file with a password": ("a.docx", ole("EncryptedPackage"), "password"),
    "a Word file of entities": ("a.docx", repacked(document=ENTITIES + b"]><a>&h;</a>"), "XML entities"),
    "entities behind a long comment": (
        "a.docx",
        repacked(document=b"<?xml version='1.0'?><!--" + b"x" * 90_000 + b"-->" + ENTITIES[21:] + b"]><a>&h;</a>"),
        "XML entities",
    ),
    "a Word file that unpacks to gigabytes": ("a.docx", repacked(document=b" " * 200_000_000), "bomb"),
    "a Word file with half a part": ("a.docx", repacked(document=b"<w:document><w:body>"), "broken"),
    "an archive cut off": ("a.zip", zipped({"a.txt": b"x" * 99})[:-9], "cut off"),
    "an archive with a password": ("a.zip", locked_zip(), "password"),
    "an archive of archives": ("a.zip", zipped({"b.zip": zipped({"c.zip": b"PK\x03\x04" * 99})}), "within an archive"),
    "an archive that unpacks to gigabytes": ("a.zip", zipped({"a.txt": b"0" * 90_000_000}), "bomb"),
    "a PNG cut off": ("a.png", saved(picture("审结9件"), "PNG")[:-2000], "cut off"),
    "a JPEG cut off": ("a.jpg", saved(picture("审结9件"), "JPEG")[:-2000], "cut off"),
    "a WebP cut off": ("a.webp", saved(picture("审结9件"), "WEBP")[:-500], "broken"),
    "a PNG of 400 million dots": ("a.png", saved(Image.new("1", (20_000, 20_000)), "PNG"), "more than 100,000,000"),
    "an old Word file cut off": ("a.doc", ole("WordDocument"), "cannot read the file|not installed"),
    "a scan cut off": ("a.pdf", scanned(["审结9件"])[:5000], "cut off"),
    "a text cut off": ("a.txt", "审结9件".encode("utf-16")[:-1], "cut off"),
    "a text of no encoding": ("a.txt", bytes(range(128, 256)) * 40, "no encoding|no reader"),
    "an empty page": ("a.html", b"<html><body></body></html>", "no main text"),
    "a page nested without end": ("a.html", b"<html>" + b"<div>" * 200_000 + b"9", "page"),
}
