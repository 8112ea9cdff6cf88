"""The text of a PDF is the text that was set, wherever the setter broke its lines, columns and pages."""

import io

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph

from shushuo_extract import read_text
from shushuo_ingest.documents import read_document
from shushuo_shared.errors import Poison
from shushuo_shared.layout import locate
from tests.ingest.documents.kit import PARAGRAPHS, REPORT, pdf, report_flow, styled, table

TIMES = "\n".join([REPORT] * 5)


@pytest.mark.parametrize(("columns", "size"), [(1, 12), (2, 11)])
def test_text_is_read_in_order_without_heads_and_page_numbers(columns: int, size: float) -> None:
    document = pdf(report_flow(size) * 5, columns=columns, head="临江县人民法院公报", foot="— {page} —")

    parsed = read_document(document, "a.pdf")

    assert parsed.text == TIMES
    assert max(place.page or 0 for place in parsed.layout) > 1


@pytest.mark.parametrize("foot", ["{page}", "第{page}页", "- {page} -", "{page} / 4"])
def test_page_numbers_are_dropped_and_figures_kept(foot: str) -> None:
    alone = Paragraph("2 317", styled())

    text = read_document(pdf([*report_flow(), PageBreak(), *report_flow(), alone], foot=foot), "a.pdf").text

    assert text == f"{REPORT}\n{REPORT}\n2 317"


def test_rows_of_a_table_stay_rows() -> None:
    rows = [
        ["案件类型", "新收", "审结", "结案率"],
        ["刑事", "685", "671", "97.96%"],
        ["民事", "7 901", "7 420", "93.91%"],
    ]

    text = read_document(pdf([table(rows), Paragraph(PARAGRAPHS[0], styled())]), "a.pdf").text

    assert text == "\n".join(["\t".join(row) for row in rows] + [PARAGRAPHS[0]])


def test_figures_of_the_pdf_are_those_of_its_text() -> None:
    read = read_text(read_document(pdf(report_flow(10), columns=2), "a.pdf").text)
    known = read_text(REPORT)

    assert len(known.figures) > 15
    assert [(f.indicator, f.value, f.unit) for f in read.figures] == [
        (f.indicator, f.value, f.unit) for f in known.figures
    ]


def test_figure_is_located_on_its_page() -> None:
    parsed = read_document(pdf([*report_flow(), PageBreak(), *report_flow()]), "a.pdf")
    start = parsed.text.rindex("5.19亿元")

    (place,) = locate(parsed.layout, start, start + 6)

    assert place.page == 2
    assert place.box is not None
    left, top, right, bottom = place.box
    assert 70 < left < right < 530
    assert 100 < top < bottom < 400


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_page_that_lies_on_its_side_reads_the_same(turn: int) -> None:
    out = io.BytesIO()
    styled()
    canvas = Canvas(out, pagesize=(600, 600))
    canvas.translate(300, 300)
    canvas.rotate(turn)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(-200, 200, "审结案件12件，其中刑事案件3件，")
    canvas.drawString(-200, 180, "民事案件9件，均在审限之内办结。")
    canvas.save()

    assert (
        read_document(out.getvalue(), "a.pdf").text == "审结案件12件，其中刑事案件3件，民事案件9件，均在审限之内办结。"
    )


def test_broken_trailer_is_mended() -> None:
    document = pdf(report_flow())
    at = document.rindex(b"startxref")

    assert read_document(document[:at] + b"startxref\n7\n%%EOF\n", "a.pdf").text == REPORT


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (pdf(report_flow(), encrypt=StandardEncryption("geheim", "geheim")), "password"),
        (pdf(report_flow() * 9)[:-5000], "cut off"),
        (b"%PDF-1.7\n" + bytes(3000) + b"%%EOF", "broken"),
    ],
    ids=["locked", "cut off", "no PDF inside"],
)
def test_unreadable_pdf_is_named_with_its_reason(document: bytes, why: str) -> None:
    with pytest.raises(Poison, match=why):
        read_document(document, "a.pdf")


def test_pdf_that_only_forbids_printing_is_read() -> None:
    document = pdf(report_flow(), encrypt=StandardEncryption("", "geheim", canPrint=0))

    assert read_document(document, "a.pdf").text == REPORT
