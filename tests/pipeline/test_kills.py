"""kill -9 at every station, over and over, while reports come in: nothing is lost, nothing is told twice."""

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.documents import write_reports
from tests.pipeline.receiver import Receiver
from tests.pipeline.system import System

REPORTS = 24


def submit_all(system: System, files: list[Path]) -> set[str]:
    """Submit until every document is known, as a caller does whose connection broke; the report ids."""
    known: dict[str, str] = {}

    def all_known() -> bool:
        done = system.cli("submit", *map(str, files), "--json")
        if done.returncode in (0, 1) and done.stdout.startswith("["):
            answers = json.loads(done.stdout)
            known.update({a["name"]: a["report_id"] for a in answers if a["outcome"] != "failed"})
        return len(known) == len(files)

    system.wait_for(all_known, "all documents to be taken in")
    return set(known.values())


def told_once(system: System, receiver: Receiver, ids: set[str]) -> None:
    """Every report has exactly one published event, and every step's trace is whole."""
    system.wait_for(lambda: ids <= receiver.of_type("report.published").keys(), "every webhook")
    system.wait_for(system.settled, "everything to have gone all the way")
    published = receiver.of_type("report.published")
    assert {report_id: len(published[report_id]) for report_id in ids} == dict.fromkeys(ids, 1)
    assert receiver.of_type("report.updated") == {}
    assert receiver.refused == []


def register(system: System, receiver: Receiver) -> None:
    receiver.secret = system.json("webhooks", "add", receiver.url)["secret"]


def kill_and_start(system: System, name: str) -> None:
    system.stop(name, signal.SIGKILL)
    system.start(name)


def test_the_one_process_killed_again_and_again_loses_nothing(tmp_path: Path) -> None:
    with System.embedded(tmp_path / "system") as system, Receiver() as receiver:
        register(system, receiver)
        files = write_reports(tmp_path / "files", REPORTS)
        for pause in (0.3, 0.8, 1.5):
            system.cli("submit", *map(str, files))
            time.sleep(pause)
            kill_and_start(system, "up")
            system.wait_for(lambda: system.cli("status").returncode != 2, "up to answer")
        told_once(system, receiver, submit_all(system, files))


@pytest.mark.kafka
@pytest.mark.postgres
@pytest.mark.parametrize("victim", ["extract", "publish", "ingest"])
def test_a_killed_service_loses_nothing(
    victim: str, tmp_path: Path, kafka_url: str, new_database: Callable[[], str]
) -> None:
    with System.on_kafka(tmp_path / "system", kafka_url, new_database()) as system, Receiver() as receiver:
        register(system, receiver)
        files = write_reports(tmp_path / "files", REPORTS)
        system.cli("submit", *map(str, files[: REPORTS // 2]))
        kill_and_start(system, victim)
        time.sleep(1)
        kill_and_start(system, victim)
        system.wait_for(lambda: system.cli("status").returncode != 2, "publish to answer")
        told_once(system, receiver, submit_all(system, files))
