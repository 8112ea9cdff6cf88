"""The command line says plainly what is wrong, and its exit status can be relied on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shushuo.show import as_table


def shushuo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shushuo", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)


def test_nothing_answering_is_one_sentence_with_what_to_do() -> None:
    done = shushuo("status", SHUSHUO_URL="http://127.0.0.1:1")
    assert done.returncode == 2
    assert "nothing answers at http://127.0.0.1:1: start it with `shushuo up`" in done.stderr


@pytest.mark.parametrize(
    ("given", "told"),
    [(["level"], "'level' is no filter; expected NAME=VALUE"), (["year=2024", "year=2025"], "'year' is given twice")],
)
def test_a_filter_that_is_none_is_refused_in_one_sentence(given: list[str], told: str) -> None:
    filters = [part for item in given for part in ("--filter", item)]
    done = shushuo("webhooks", "add", "https://app.example/hook", *filters, SHUSHUO_URL="http://127.0.0.1:1")
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SHUSHUO_BUS_URL", "rabbit://x", "expected sqlite:///path/bus.sqlite or kafka://host:port"),
        ("SHUSHUO_BLOB_URL", "ftp://x", "expected file:///folder or s3://bucket/prefix"),
        ("SHUSHUO_PORT", "many", "SHUSHUO_PORT"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_starts(name: str, value: str, told: str, tmp_path: Path) -> None:
    done = shushuo("up", "--data", str(tmp_path), **{name: value})
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_read_writes_one_json_per_document(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text("云溪县人民法院2025年审结刑事案件713件。", encoding="utf-8")
    done = shushuo("read", str(tmp_path / "报告.txt"), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    answer = json.loads((tmp_path / "out" / "报告.json").read_text(encoding="utf-8"))
    assert answer["schema"] == "shushuo/extracted-report/1"
    assert [f["text"] for f in answer["figures"]] == ["713件"]


def test_read_explains_which_rule_made_what(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text("云溪县人民法院2025年审结刑事案件713件。", encoding="utf-8")
    done = shushuo("read", str(tmp_path / "报告.txt"), "--explain")
    assert done.returncode == 0, done.stderr
    assert "713件" in done.stdout


def test_a_document_that_cannot_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "好.txt").write_text("云溪县人民法院2025年审结刑事案件713件。", encoding="utf-8")
    done = shushuo("read", str(tmp_path / "坏.txt"), str(tmp_path / "好.txt"), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "坏.txt not read" in done.stdout
    assert (tmp_path / "out" / "好.json").exists()


def test_a_table_shows_every_cell_whole_and_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    address, title = "https://court.example.cn/" + "a" * 90, "关于[2025]1号文件"
    as_table([{"address": address, "title": title}], ("address", "title"), empty="nothing")
    shown = capsys.readouterr().out
    assert address in shown
    assert title in shown
