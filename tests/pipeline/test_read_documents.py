"""``shushuo read`` reads what ingest reads, with the same limits: every format, and each document of an archive."""

import json
import zipfile
from pathlib import Path

from tests.ingest.documents.kit import pdf, report_flow, word
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
