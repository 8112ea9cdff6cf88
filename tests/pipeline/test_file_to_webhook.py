"""A report goes in as a file; a feed entry and one signed webhook come out, on both ways to run."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

from tests.pipeline.documents import report, write_reports
from tests.pipeline.receiver import Receiver
from tests.pipeline.system import System

KAFKA = pytest.param("kafka", marks=[pytest.mark.kafka, pytest.mark.postgres])


@pytest.fixture(scope="module", params=["embedded", KAFKA])
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        made = System.embedded(folder)
    else:
        made = System.on_kafka(folder, request.getfixturevalue("kafka_url"), request.getfixturevalue("postgres_url"))
    with made as running:
        yield running


@pytest.fixture(scope="module")
def receiver(system: System) -> Iterator[Receiver]:
    with Receiver() as listening:
        listening.secret = system.json("webhooks", "add", listening.url)["secret"]
        yield listening


def entries(system: System) -> dict[str, feedparser.FeedParserDict]:
    """The feed's entries by the path of their link."""
    feed = feedparser.parse(system.get("/feeds/reports.rss?limit=100").content)
    assert not feed.bozo, feed.bozo_exception
    return {urlsplit(entry.link).path: entry for entry in feed.entries}


def test_a_submitted_report_is_in_the_feed_and_at_every_webhook_once(
    system: System, receiver: Receiver, tmp_path: Path
) -> None:
    files = write_reports(tmp_path, 5)
    answers = system.json("submit", *map(str, files))
    assert [a["outcome"] for a in answers] == ["accepted"] * 5
    ids = {a["report_id"] for a in answers}
    system.wait_for(lambda: ids <= receiver.of_type("report.published").keys(), "five webhooks")
    found = entries(system)
    for report_id in ids:
        entry = found[f"/reports/{report_id}"]
        assert "人民法院" in entry.title
        assert "审结" in entry.content[0].value
        assert len(receiver.of_type("report.published")[report_id]) == 1
    assert receiver.refused == []


def test_the_same_files_again_change_nothing_and_say_so(system: System, receiver: Receiver, tmp_path: Path) -> None:
    files = write_reports(tmp_path, 5)
    system.wait_for(system.settled, "what came before to have gone all the way")
    before = len(receiver.received)
    feed = system.get("/feeds/reports.rss").headers["etag"]
    assert {a["outcome"] for a in system.json("submit", *map(str, files))} == {"unchanged"}
    system.wait_for(system.settled, "everything to have gone all the way")
    assert system.get("/feeds/reports.rss").headers["etag"] == feed
    assert len(receiver.received) == before


def test_an_edited_file_gives_one_update_that_tells_what_changed(
    system: System, receiver: Receiver, tmp_path: Path
) -> None:
    [edited, *_] = write_reports(tmp_path, 1)
    edited.write_text(report("云溪0县", 701, 690), encoding="utf-8")
    [answer] = system.json("submit", str(edited))
    assert answer["outcome"] == "changed"
    system.wait_for(lambda: answer["report_id"] in receiver.of_type("report.updated"), "the update")
    [update] = receiver.of_type("report.updated")[answer["report_id"]]
    assert "701" in str(update["data"]["changes"])


def test_one_id_leads_through_all_three_services(system: System, tmp_path: Path) -> None:
    [file] = write_reports(tmp_path, 1)
    [answer] = system.json("submit", str(file))
    report_id = answer["report_id"]
    services = {step["service"] for step in system.json("trace", report_id)["steps"]}
    assert {"ingest", "extract", "publish"} <= services


def test_what_cannot_be_read_is_kept_with_its_reason_and_the_rest_goes_on(system: System, tmp_path: Path) -> None:
    broken = tmp_path / "坏.txt"
    broken.write_bytes(bytes(range(256)) * 40)
    good = tmp_path / "好.txt"
    good.write_text(report("望澜", 11, 10), encoding="utf-8")
    outcomes = {a["name"]: a for a in system.json("submit", str(broken), str(good))}
    assert outcomes["好.txt"]["outcome"] == "accepted"
    assert outcomes["坏.txt"]["outcome"] == "failed"
    assert outcomes["坏.txt"]["reason"]
    system.wait_for(
        lambda: any(outcomes["坏.txt"]["report_id"] == x["report_id"] for x in system.json("dead-letters", "list")),
        "the dead letter",
    )
    status = system.cli("status")
    assert status.returncode == 1
    assert "dead letter" in status.stdout
