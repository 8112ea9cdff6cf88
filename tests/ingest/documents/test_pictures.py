"""Text in pictures is read to the last figure: scans, garbled letters, pictures far taller than a screen."""

import io
import re
import sys

import pytest
from PIL import Image

from shushuo_ingest.documents import ocr, read_document
from shushuo_ingest.documents.ocr import INSTALL
from shushuo_shared.errors import Poison
from shushuo_shared.layout import locate
from tests.ingest.documents.kit import PARAGRAPHS, pdf, picture, report_flow, saved

TEXT = PARAGRAPHS[0]


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d.]*%?", re.sub(r"(?<=\d) (?=\d)", "", text))


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


def test_tall_picture_is_read_in_tiles_and_no_line_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "TILE", 400)
    monkeypatch.setattr(ocr, "OVERLAP", 150)
    lines = [f"第{n}庭审结案件{100 + 37 * n}件。" for n in range(1, 13)]

    parsed = read_document(saved(picture("\n".join(lines), width=600), "PNG"), "a.png")

    assert numbers(parsed.text) == numbers("\n".join(lines))


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


def test_huge_and_cut_off_pictures_are_named() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(Poison, match="20000 × 20000 pixels"):
        read_document(out.getvalue(), "a.png")
    with pytest.raises(Poison, match="cut off"):
        read_document(saved(picture(TEXT), "JPEG")[:3000], "a.jpg")
