"""Numbers on several lines of a cell, or in rows of a narrow column, never become another number."""

import re

import docx
import pytest
from reportlab.platypus import Flowable, Paragraph

from shushuo_extract import read_text
from shushuo_ingest.documents import read_document
from shushuo_ingest.documents.cells import is_broken
from tests.ingest.documents.kit import PARAGRAPHS, pdf, styled, table, word_bytes

HEAD = ["案件类型", "新收", "审结"]
TABLES = {
    "two numbers in a cell": [HEAD, ["刑事", "685\n712", "671\n698"], ["民事", "7901", "7420"]],
    "thousands set off, broken": [HEAD, ["刑事", "12\n864", "671"], ["民事", "7901", "7420"]],
    "numbers with thousands": [HEAD, ["刑事", "1,234\n5,678", "671"], ["民事", "7,901", "7420"]],
    "one column of numbers": [["685"], ["712"], ["901"], ["123"]],
    "one column of counts": [["12"], ["345件"], ["678件"], ["901件"]],
}


def pieces(rows: list[list[str]]) -> set[str]:
    return {part for row in rows for cell in row for part in re.findall(r"\d[\d,.]*", cell)}


@pytest.mark.parametrize(
    "above", [[], [Paragraph("统计表如下，数据均以结案时间为准。" * 5, styled())]], ids=["alone", "in a text"]
)
@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_no_number_of_a_pdf_table_is_joined_to_another(rows: list[list[str]], above: list[Flowable]) -> None:
    text = read_document(pdf([*above, table(rows)]), "a.pdf").text

    assert set(re.findall(r"\d[\d,.]*", text)) == pieces(rows)


@pytest.mark.parametrize("rows", list(TABLES.values())[:3], ids=list(TABLES)[:3])
def test_no_number_of_a_word_table_is_joined_to_another(rows: list[list[str]]) -> None:
    document = docx.Document()
    made = document.add_table(len(rows), len(rows[0]))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            made.cell(i, j).text = cell

    text = read_document(word_bytes(document), "a.docx").text

    assert set(re.findall(r"\d[\d,.]*", text)) == pieces(rows)


@pytest.mark.parametrize(
    ("broken", "whole"), [("1,2\n34件", "1,234件"), ("12,\n864件", "12,864件"), ("95.\n67%", "95.67%")]
)
def test_number_that_its_cell_certainly_breaks_is_one(broken: str, whole: str) -> None:
    rows = [HEAD, ["刑事", broken, "671件"], ["民事", "7,901件", "7,420件"]]
    document = docx.Document()
    made = document.add_table(3, 3)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            made.cell(i, j).text = cell

    for data, name in ((pdf([table(rows)]), "a.pdf"), (word_bytes(document), "a.docx")):
        assert read_document(data, name).text.split("\n")[1] == f"刑事\t{whole}\t671件"


@pytest.mark.parametrize(
    ("above", "below"),
    [("12", "864件"), ("1,234", "567件"), ("1.", "685件"), ("1,2", "3456件"), ("3,", "12件"), ("第1,2", "庭")],
)
def test_what_may_be_two_numbers_is_not_joined(above: str, below: str) -> None:
    assert not is_broken(above, below)


def test_number_that_prose_breaks_over_lines_is_one() -> None:
    text = read_document(pdf([Paragraph(PARAGRAPHS[0] * 4, styled(n)) for n in (10, 11, 12, 13)]), "a.pdf").text

    known = [(f.value, f.unit) for f in read_text("\n".join([PARAGRAPHS[0] * 4] * 4)).figures]
    assert [(f.value, f.unit) for f in read_text(text).figures] == known
