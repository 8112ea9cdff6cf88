"""PDF: the text of its pages in reading order, read by eye (OCR) where a page is scanned or its letters are garbled."""

import math
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from shushuo_ingest.documents import ocr
from shushuo_ingest.documents.eyes import Eyes, Seen, Tile
from shushuo_ingest.documents.flow import flow, lines_of
from shushuo_ingest.documents.heads import without_heads
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_ingest.documents.pdf_page import bare_pictures, needs_eyes, runs_of, sheet_of
from shushuo_ingest.documents.runs import Line
from shushuo_shared.errors import Poison

if TYPE_CHECKING:
    from PIL.Image import Image

MEDIA_TYPE = "application/pdf"
OCR_DPI = 200
OCR_WIDEST = 2400
OCR_PIXELS = 100_000_000
MOST_PAGES = 2000


def read(data: bytes, name: str, seen: Seen | None = None) -> ParsedDocument:
    """The text with the page and box of each line; Poison when it is locked, cut off, or a picture without OCR."""
    document = _opened(data)
    eyes = Eyes(seen)
    pages: list[tuple[float, list[Line]]] = []
    pictured: list[str] = []
    try:
        for index in range(len(document)):
            height, lines, pictures = _page(document, index, eyes)
            pages.append((height, lines))
            pictured += [str(index + 1)] * pictures
    finally:
        document.close()
    eyes.close()
    text, places = flow(line for lines in without_heads(pages) for line in lines)
    unread = [f"pictures beside the text of page {', '.join(pictured)} are not read"] if pictured else []
    told = "; ".join([*unread, *eyes.unread()]) or None
    return ParsedDocument(text=text, media_type=MEDIA_TYPE, layout=places, unread=told)


def see(data: bytes, tile: Tile) -> list[ocr.Found]:
    """What stands in one tile of the picture of a page; Poison that names the page."""
    document = _opened(data)
    try:
        page = _loaded(document, tile[0] - 1)
        try:
            return ocr.read_tile(_picture(page), tile[1])
        except Poison as e:
            raise _of_page(tile[0], needs_eyes(sheet_of(page)) or "read as a picture", e) from e
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    if b"%%EOF" not in data[-4096:] and b"startxref" not in data[-4096:]:
        raise Poison("the PDF is cut off: its end is missing")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        if e.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Poison("the PDF is locked with a password; submit it without one") from e
        raise Poison(f"the PDF is broken: {e}") from e
    if len(document) == 0:
        raise Poison("the PDF has no pages")
    if len(document) > MOST_PAGES:
        raise Poison(f"the PDF has {len(document)} pages, more than {MOST_PAGES}; submit it in parts")
    return document


def _loaded(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    try:
        return document[index]
    except pypdfium2.PdfiumError as e:
        raise Poison(f"the PDF is broken: page {index + 1} of {len(document)} cannot be read") from e


def _page(document: pypdfium2.PdfDocument, index: int, eyes: Eyes) -> tuple[float, list[Line], bool]:
    """The height and the lines of a page, and whether it has pictures that were not read."""
    page = _loaded(document, index)
    sheet = sheet_of(page)
    reason = needs_eyes(sheet)
    if reason is None:
        lines = lines_of(runs_of(sheet), index + 1, (sheet.width, sheet.height))
        return sheet.height, lines, bool(bare_pictures(sheet))
    scale = _scale(page)
    try:
        runs = eyes.runs(index + 1, math.ceil(page.get_height() * scale), scale, lambda: _picture(page))
    except Poison as e:
        raise _of_page(index + 1, reason, e) from e
    return page.get_height(), lines_of(runs, index + 1, page.get_size()), False


def _of_page(number: int, reason: str, failure: Poison) -> Poison:
    return Poison(f"page {number} is {reason}; {failure}")


def _scale(page: pypdfium2.PdfPage) -> float:
    """How large the page is drawn to be read: its lines as wide as OCR takes them, however long the page is."""
    width, height = map(float, page.get_size())
    return min(OCR_DPI / 72, OCR_WIDEST / width, math.sqrt(OCR_PIXELS / (width * height)))


def _picture(page: pypdfium2.PdfPage) -> "Image":
    image: Image = page.render(scale=_scale(page)).to_pil().convert("RGB")
    return image
