"""A silent source is told by ``shushuo status``, in the log and in the metrics, whichever way the system runs."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.pipeline.documents import report
from tests.pipeline.system import System

SOURCE = '[[source]]\nname = "收文"\nkind = "folder"\npath = "{}"\nsettle = "1s"\nexpect_every = "3s"\n'
SILENT = re.compile(
    r"source 收文 is in alarm: silent: nothing new since 20\d\d-\d\d-\d\d \d\d:\d\d UTC; expected at least every 3s"
)
WAYS = {"embedded": {"up": ["up"]}, "apart": {name: ["run", name] for name in ("publish", "ingest", "extract")}}


@pytest.fixture(params=WAYS)
def system(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[System]:
    """A system that watches a folder with one report in it, as one process or as three."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "报告.txt").write_text(report("临江", 700, 690), encoding="utf-8")
    file = tmp_path / "sources.toml"
    file.write_text(SOURCE.format(folder), encoding="utf-8")
    with System(tmp_path / "system", {"SHUSHUO_SOURCES": str(file)}, WAYS[request.param]) as running:
        yield running


def told(system: System, words: str | re.Pattern[str]) -> Callable[[], bool]:
    """Whether the status tells of such a problem."""
    return lambda: any(re.search(words, problem) for problem in system.json("status")["problems"])


def metrics(system: System, port: str) -> str:
    return httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=30, trust_env=False).text


def test_a_silent_source_is_told_everywhere_with_why(system: System) -> None:
    apart = "ingest" in system.running
    system.wait_for(told(system, SILENT), "the status to tell of the silence")
    system.wait_for(
        lambda: any(
            (line["event"], line.get("source"), line.get("alarm")) == ("source alarm", "收文", "silent")
            for line in system.lines("ingest" if apart else "up")
        ),
        "the line in the log",
    )

    shown = system.cli("status")
    assert (shown.returncode, bool(SILENT.search(shown.stdout))) == (1, True)
    assert re.search(r"ingest +alarm", shown.stdout)
    port = system.environment["SHUSHUO_INGEST_PORT"] if apart else str(system.port)
    assert 'shushuo_source_alarm{alarm="silent",source="收文"} 1.0' in metrics(system, port)
    assert re.search(r"shushuo_problems [1-9]", metrics(system, str(system.port)))
    if apart:
        system.stop("ingest")
        system.wait_for(told(system, "no ingest answers at .*: start it"), "the status to miss ingest")
        system.start("ingest")
        system.wait_for(told(system, SILENT), "ingest to be heard again")
