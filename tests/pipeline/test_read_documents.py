"""``shushuo read`` reads what ingest reads, with the same limits: every format, and each document of an archive."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.ingest.documents.kit import pdf, report_flow, table, word, word_bytes
from tests.pipeline.test_command_line import shushuo


def test_every_format_and_each_member_of_an_archive_is_read(tmp_path: Path) -> None:
    (tmp_path / "公报.pdf").write_bytes(pdf(report_flow()))
    with zipfile.ZipFile(tmp_path / "年报.zip", "w") as archive:
        archive.writestr("检察/一.txt", "云溪县人民法院2025年审结刑事案件713件。")
        archive.writestr("二.docx", word())
        archive.writestr("坏.pdf", b"%PDF-1.4 nothing")
    out = tmp_path / "out"

    done = shushuo("read", str(tmp_path / "公报.pdf"), str(tmp_path / "年报.zip"), "--out", str(out))

    assert done.returncode == 1
    assert "年报.zip!坏.pdf not read: the PDF is cut off" in done.stdout
    answers = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in out.iterdir()}
    assert sorted(answers) == ["公报.json", "年报.zip!二.json", "年报.zip!检察_一.json"]
    assert [f["text"] for f in answers["年报.zip!检察_一.json"]["figures"]] == ["713件"]
    placed = next(f for f in answers["公报.json"]["figures"] if f["text"] == "5.19亿元")
    assert [place["page"] for place in placed["places"]] == [1]


def test_files_of_one_name_are_all_written(tmp_path: Path) -> None:
    names = ("报告.txt", "报告.md", "二/报告.md", "三/报告.md")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("云溪县人民法院2025年审结刑事案件713件。", encoding="utf-8")

    done = shushuo("read", *(str(tmp_path / name) for name in names), "--out", str(tmp_path / "out"))

    assert done.returncode == 0, done.stderr
    written = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert written == ["报告.json", "报告.md.2.json", "报告.md.3.json", "报告.md.json"]


def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "公报.pdf").write_bytes(pdf([part for _ in range(30) for part in report_flow()]))

    done = shushuo("read", str(tmp_path / "公报.pdf"), SHUSHUO_READ_SECONDS="0.01")

    assert done.returncode == 1
    assert "took longer than" in done.stdout


TABLE = (
    ("指标", "2023年", "2024年", "同比（%）"),
    ("收案（件）", "1200", "1,300", "8.3"),
    ("平均办案用时", "87天", "71天", "-18.4"),
)
BEFORE, AFTER = "2024年，云溪县人民法院全力推进各项审判工作。", "全年审结刑事案件713件，一审服判息诉率达92.5%。"


def _page() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    body = f"<h1>云溪县人民法院2024年工作报告</h1><p>{BEFORE}</p><table>{rows}</table><p>{AFTER}</p>"
    return f"<html><body><article>{body}</article></body></html>".encode()


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph(BEFORE)
    grid = document.add_table(len(TABLE), len(TABLE[0]))
    for cells, row in zip((line.cells for line in grid.rows), TABLE, strict=True):
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    document.add_paragraph(AFTER)
    return word_bytes(document)


def _pdf() -> bytes:
    return pdf([*report_flow(), table([list(row) for row in TABLE])])


@pytest.mark.parametrize(("name", "made"), [("页.html", _page), ("表.docx", _word), ("表.pdf", _pdf)])
def test_a_table_of_any_format_is_read(name: str, made: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(made())

    done = shushuo("read", str(tmp_path / name), "--out", str(tmp_path / "out"))

    assert done.returncode == 0, done.stderr
    (answer,) = (tmp_path / "out").iterdir()
    figures = json.loads(answer.read_text(encoding="utf-8"))["figures"]
    starts = {figure["start"]: figure["text"] for figure in figures}
    told = [(f["text"], f["unit"], f["indicator"], f["period"], starts.get(f["of"])) for f in figures]
    assert [one for one in told if one[2] in ("收案", "平均办案用时")] == [
        ("1200", "件", "收案", "2023", None),
        ("1,300", "件", "收案", "2024", None),
        ("8.3", "%", "收案", "2024", "1,300"),
        ("87天", "天", "平均办案用时", "2023", None),
        ("71天", "天", "平均办案用时", "2024", None),
        ("18.4", "%", "平均办案用时", "2024", "71天"),
    ]
