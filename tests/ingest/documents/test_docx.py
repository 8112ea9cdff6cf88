"""A Word file is read as Word shows it: numbers drawn, boxes and tables in place, changes as if accepted."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from shushuo_extract import read_text
from shushuo_ingest.documents import read_document
from shushuo_ingest.documents.docx_numbers import counted
from shushuo_shared.errors import Poison
from shushuo_shared.layout import locate
from tests.ingest.documents.kit import REPORT, word, word_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def written(*paragraphs: str) -> bytes:
    """A Word file whose body is these elements."""
    document = docx.Document()
    body = document.element.body
    for number, paragraph in enumerate(paragraphs):
        body.insert(number, parse_xml(f"<w:p {W} {MC}>{paragraph}</w:p>"))
    return word_bytes(document)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def changed(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The file with something replaced in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(old, new, 1) if name == member else part)
    return out.getvalue()


def test_paragraphs_are_read_exactly_and_located() -> None:
    parsed = read_document(word(), "whatever.txt")
    start = parsed.text.index("5.19亿元")

    assert parsed.text == REPORT
    assert [place.element for place in locate(parsed.layout, start, start + 6)] == ["body/p[6]"]


def test_tracked_changes_count_as_accepted() -> None:
    document = written(
        run("审结案件")
        + '<w:del w:id="1" w:author="a"><w:r><w:delText>611</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="a">{run("671")}</w:ins>'
        + run("件，")
        + '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>旧</w:t></w:r></w:moveFrom>',
        f'<w:pPr><w:rPr><w:del w:id="4" w:author="a"/></w:rPr></w:pPr>{run("结案率")}',
        run("97.96%。"),
    )

    assert read_document(document, "a.docx").text == "审结案件671件，\n结案率97.96%。"


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent><w:p>{run('结案率95.67%')}</w:p></w:txbxContent>"
    copies = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawn = f"<w:r><mc:AlternateContent>{copies}</mc:AlternateContent></w:r>"

    assert read_document(written(run("审结12件。") + drawn), "a.docx").text == "审结12件。\n结案率95.67%"


def test_tables_are_rows_of_cells() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["新收", "685", "审结", "671"], strict=True):
        cell.text = text

    assert read_document(word_bytes(document), "a.docx").text == "新收\t685\n审结\t671"


def test_numbers_that_word_draws_are_written_out() -> None:
    document = docx.Document()
    for text in ("依法惩治犯罪", "化解矛盾纠纷"):
        document.add_paragraph(text, style="List Number")

    assert read_document(word_bytes(document), "a.docx").text == "1.依法惩治犯罪\n2.化解矛盾纠纷"


def test_number_that_word_draws_is_no_part_of_a_figure() -> None:
    document = docx.Document()
    document.add_paragraph("685件案件当庭宣判。", style="List Number")

    text = read_document(word_bytes(document), "a.docx").text

    assert text == "1. 685件案件当庭宣判。"
    assert [figure.text for figure in read_text(text).figures] == ["685件"]


@pytest.mark.parametrize(
    ("number", "kind", "drawn"),
    [
        (3, "chineseCounting", "三"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (4, "decimalEnclosedCircle", "④"),
        (2, "ideographTraditional", "乙"),
        (9, "lowerRoman", "ix"),
        (5, "decimalFullWidth", "５"),
        (7, "somethingNew", "7"),
    ],
)
def test_number_formats(number: int, kind: str, drawn: str) -> None:
    assert counted(number, kind) == drawn


XML_BOMB = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 100 + b'"><!ENTITY c "' + b"&b;" * 100 + b'">]><w:document'


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (changed(word(), "word/document.xml", b"<w:document", XML_BOMB), "entities"),
        (word()[:-400], "broken|cut off|no reader|archive"),
        (changed(word(), "word/document.xml", b"</w:p>", b""), "broken"),
        (
            changed(word(), "word/document.xml", b"<w:p>", b"<w:p><w:r><w:t>" + b"0" * 40_000_000 + b"</w:t></w:r>"),
            "bomb",
        ),
    ],
    ids=["XML bomb", "cut off", "broken XML", "ZIP bomb"],
)
def test_hostile_word_file_is_named_with_its_reason(document: bytes, why: str) -> None:
    with pytest.raises(Poison, match=why):
        read_document(document, "a.docx")
