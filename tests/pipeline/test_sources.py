"""What an operator does with sources on the command line: list them, try one out, look now, mend a slip."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.documents import report
from tests.pipeline.system import System

GOOD = '[[source]]\nname = "收文"\nkind = "folder"\npath = "{folder}"\nsettle = "1s"\nevery = "1h"\n'
AWAY = '[[source]]\nname = "远"\nkind = "folder"\npath = "{folder}/nowhere"\n'
SLIP = '[[source]]\nname = "误"\nkind = "folder"\npath = "{folder}"\nevry = "1h"\n'


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "in").mkdir()
    (folder / "in" / "报告.txt").write_text(report("临江", 700, 690), encoding="utf-8")
    file = folder / "sources.toml"
    file.write_text((GOOD + AWAY + SLIP).format(folder=folder / "in"), encoding="utf-8")
    with System(folder / "system", {"SHUSHUO_SOURCES": str(file)}, {"up": ["up"]}) as running:
        yield running


def test_check_shows_what_would_be_taken_and_says_by_its_exit_status_that_nothing_can_be(system: System) -> None:
    shown = system.cli("sources", "check", "收文")
    assert (shown.returncode, "报告.txt" in shown.stdout) == (0, True)

    failed = system.cli("sources", "check", "远")
    assert (failed.returncode, "cannot be read" in failed.stderr) == (1, True)

    unknown = system.cli("sources", "check", "无")
    assert (unknown.returncode, "watched are: 收文, 远" in unknown.stderr) == (2, True)


def test_a_file_put_into_the_folder_is_taken_long_before_its_next_look(system: System) -> None:
    folder = Path(system.environment["SHUSHUO_SOURCES"]).parent / "in"
    (folder / "二.txt").write_text(report("云溪", 500, 480), encoding="utf-8")

    def taken() -> bool:
        return any(line.get("document") == "二.txt" for line in system.lines("up") if line["event"] == "handled")

    system.wait_for(taken, "the new file to be taken")


def test_a_slip_is_told_with_its_line_until_it_is_mended_and_the_others_run(system: System) -> None:
    file = Path(system.environment["SHUSHUO_SOURCES"])
    rows = {row["name"]: row for row in system.json("sources", "list")}
    assert rows["误"]["alarm"].startswith('line 15 (source "误"): unknown key "evry"; kind "folder" knows name, every,')
    assert rows["收文"]["state"] == "ok"
    assert any("line 15" in problem for problem in system.json("status")["problems"])

    file.write_text(file.read_text(encoding="utf-8").replace("evry", "every"), encoding="utf-8")
    system.wait_for(
        lambda: "误" in {r["name"] for r in system.json("sources", "list") if r["state"] == "ok"}, "it to run"
    )
