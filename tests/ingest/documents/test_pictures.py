"""Text in pictures is read to the last figure: scans, garbled letters, pictures far taller than a screen."""

import io
import re
import sys
import unicodedata

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from shushuo_ingest.documents import ocr, read_document
from shushuo_ingest.documents.eyes import Unseen
from shushuo_ingest.documents.ocr import INSTALL
from shushuo_ingest.documents.runs import Run
from shushuo_shared.errors import Poison
from shushuo_shared.layout import locate
from tests.ingest.documents.kit import PARAGRAPHS, REPORT, pdf, picture, report_flow, saved, scanned, styled
from tests.ingest.documents.own_font import in_own_font

TEXT = PARAGRAPHS[0]


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d.]*%?", re.sub(r"(?<=\d) (?=\d)", "", unicodedata.normalize("NFKC", text)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_figures_in_a_picture_are_read(kind: str) -> None:
    parsed = read_document(saved(picture(TEXT), kind), "a.txt")
    start = parsed.text.index("685件")

    assert numbers(parsed.text) == numbers(TEXT)
    assert locate(parsed.layout, start, start + 4)[0].box is not None


def test_scanned_page_is_read_and_located() -> None:
    parsed = read_document(saved(picture(TEXT), "PDF"), "a.pdf")

    assert numbers(parsed.text) == numbers(TEXT)
    assert {place.page for place in parsed.layout} == {1}


def test_no_line_of_a_scan_is_lost() -> None:
    lines = [part[n : n + 30] for part in REPORT.split("\n") for n in range(0, len(part), 30)]

    parsed = read_document(scanned(["\n".join(lines)]), "a.pdf")

    assert numbers(parsed.text) == numbers(REPORT)


def test_tall_picture_is_read_in_tiles_and_no_line_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "TILE", 400)
    monkeypatch.setattr(ocr, "OVERLAP", 150)
    lines = [f"第{n}庭审结案件{100 + 37 * n}件。" for n in range(1, 13)]

    parsed = read_document(saved(picture("\n".join(lines), width=600), "PNG"), "a.png")

    assert numbers(parsed.text) == numbers("\n".join(lines))


def test_line_that_cannot_be_read_is_told_and_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    clear, smudged = Run("审结案件671件，", 40, 40, 400, 70), Run("判处罪犯9?2人", 40, 100, 400, 130)
    monkeypatch.setattr(ocr, "_read", lambda _: [(clear, 0.97), (smudged, 0.31)])

    parsed = read_document(saved(picture(TEXT), "PNG"), "a.png")

    assert parsed.text == "审结案件671件，"
    assert parsed.unread == "lines not legible by OCR on page 1 (1)"


def test_picture_without_text_is_named() -> None:
    with pytest.raises(Poison, match="no text"):
        read_document(saved(Image.new("RGB", (300, 200), "white"), "PNG"), "a.png")


def test_without_ocr_the_reason_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    ocr._engine.cache_clear()

    with pytest.raises(Poison, match=re.escape(INSTALL)):
        read_document(saved(picture(TEXT), "PNG"), "a.png")
    with pytest.raises(Poison, match="page 1 is a picture without text"):
        read_document(saved(picture(TEXT), "PDF"), "a.pdf")


def test_letters_that_the_file_does_not_explain_are_read_by_eye(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font whose codes stand for nothing: what the file gives as text must not be believed."""
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    ocr._engine.cache_clear()
    garbled = pdf(report_flow(), pageCompression=0).replace(b"/UniGB-UCS2-H", b"/Identity-H   ")

    with pytest.raises(Poison, match="page 1 is garbled"):
        read_document(garbled, "a.pdf")


LETTERS = "".join(dict.fromkeys(TEXT))
CLAIMS: dict[str, dict[str, str] | None] = {
    "nothing": None,
    "private characters": {letter: chr(0xE000 + n) for n, letter in enumerate(LETTERS)},
    "other Chinese characters": {letter: chr(0x4E00 + n * 37) for n, letter in enumerate(LETTERS)},
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_garbled_font_is_read_by_eye_to_the_last_figure(claim: dict[str, str] | None) -> None:
    lines = [TEXT[n : n + 30].rstrip("。") for n in range(0, len(TEXT), 30)]

    parsed = read_document(in_own_font(lines, unicode=claim), "a.pdf")

    assert numbers(parsed.text) == numbers(TEXT)
    assert parsed.layout[0].page == 1


def test_scan_under_a_printed_head_is_read_by_eye() -> None:
    """What a browser or a scanner prints on top of a page is not the page's text."""
    out = io.BytesIO()
    styled()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 9)
    canvas.drawString(40, 820, "临江县人民法院网 https://ljfy.example.cn/gzbg/2025.html 第1页 共1页")
    canvas.drawImage(ImageReader(picture(TEXT)), 40, 200, 515, 600)
    canvas.save()

    assert numbers(TEXT)[0] in read_document(out.getvalue(), "a.pdf").text


def test_picture_beside_text_is_not_read_but_told() -> None:
    """A chart repeats what the text says: read by OCR its figures would be there twice, and some of them wrong."""
    out = io.BytesIO()
    styled()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 12)
    for n, line in enumerate(TEXT[i : i + 36] for i in range(0, len(TEXT), 36)):
        canvas.drawString(60, 780 - 20 * n, line)
    canvas.drawImage(ImageReader(picture("刑事685件\n民事901件", width=400)), 60, 300, 400, 250)
    canvas.save()

    parsed = read_document(out.getvalue(), "a.pdf")

    assert numbers(parsed.text) == numbers(TEXT)
    assert parsed.unread == "pictures beside the text of page 1 are not read"


def test_long_page_is_drawn_as_large_as_any_other() -> None:
    """An article saved as one page many times as long as wide: made as small as a screen nobody could read it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 12000))
    canvas.drawImage(ImageReader(picture(TEXT)), 0, 0, 600, 12000)
    canvas.save()

    with pytest.raises(Unseen) as unseen:
        read_document(out.getvalue(), "a.pdf", {})

    assert unseen.value.tiles[0] == (1, 0)
    assert unseen.value.tiles[-1] == (1, 12000 * 200 // 72 + 1 - ocr.TILE)


def test_huge_and_cut_off_pictures_are_named() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(Poison, match="20000 × 20000 pixels"):
        read_document(out.getvalue(), "a.png")
    with pytest.raises(Poison, match="cut off"):
        read_document(saved(picture(TEXT), "JPEG")[:3000], "a.jpg")
