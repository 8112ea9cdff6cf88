"""PDF: the text of its pages in reading order, read by eye (OCR) where a page is scanned or its letters are garbled."""

import pypdfium2
import pypdfium2.raw as pdfium

from shushuo_ingest.documents import ocr
from shushuo_ingest.documents.flow import flow, lines_of
from shushuo_ingest.documents.heads import without_heads
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_ingest.documents.pdf_page import needs_eyes, runs_of, sheet_of
from shushuo_ingest.documents.runs import Line, Run
from shushuo_shared.errors import Poison

MEDIA_TYPE = "application/pdf"
OCR_DPI = 200
OCR_PIXELS = 2400


def read(data: bytes, name: str) -> ParsedDocument:
    """The text with the page and box of each line; Poison when it is locked, cut off, or a picture without OCR."""
    if b"%%EOF" not in data[-4096:] and b"startxref" not in data[-4096:]:
        raise Poison("the PDF is cut off: its end is missing")
    document = _opened(data)
    try:
        pages = [_page(document, index) for index in range(len(document))]
    finally:
        document.close()
    if not pages:
        raise Poison("the PDF has no pages")
    kept = without_heads(pages)
    text, places = flow(line for lines in kept for line in lines)
    return ParsedDocument(text=text, media_type=MEDIA_TYPE, layout=places)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        if e.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Poison("the PDF is locked with a password; submit it without one") from e
        raise Poison(f"the PDF is broken: {e}") from e


def _page(document: pypdfium2.PdfDocument, index: int) -> tuple[float, list[Line]]:
    """The height and the lines of a page; counted from 1."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError as e:
        raise Poison(f"the PDF is broken: page {index + 1} of {len(document)} cannot be read") from e
    sheet = sheet_of(page)
    reason = needs_eyes(page, sheet)
    if reason is None:
        return sheet.height, lines_of(runs_of(sheet), index + 1)
    return page.get_height(), lines_of(_seen(page, index + 1, reason), index + 1)


def _seen(page: pypdfium2.PdfPage, number: int, reason: str) -> list[Run]:
    """The page read as a picture, boxes in points of the page."""
    longest = max(page.get_size())
    scale = min(OCR_DPI / 72, OCR_PIXELS / longest)
    try:
        runs = ocr.recognise(page.render(scale=scale).to_pil().convert("RGB"))
    except Poison as e:
        raise Poison(f"page {number} is {reason}; {e}") from e
    return [Run(r.text, r.left / scale, r.top / scale, r.right / scale, r.bottom / scale) for r in runs]
