"""One report, one record: whichever of an original and its copies comes first, one of them is published in the end."""

import json

from shushuo_publish.handler import Nothing, Published
from shushuo_publish.store.models import Figure, Report, Unlisted
from shushuo_publish.store.outgoing import Message, OutboxEvent
from shushuo_publish.trace import trace
from tests.publish.builder import client_of
from tests.publish.desk import Desk
from tests.publish.kit import TEXT, extracted, report


def present(desk: Desk) -> list[str]:
    """The reports that are published."""
    return sorted(row.report_id for row in desk.all(Report) if row.state == "present")


def told(desk: Desk) -> list[tuple[str, str]]:
    """Each event on the bus: what of which report, in order."""
    rows = sorted(desk.all(OutboxEvent), key=lambda row: row.id)
    return [(row.headers["ce_type"], row.key) for row in rows]


def test_a_copy_of_a_published_report_is_noted_not_published(desk: Desk) -> None:
    desk.put(report())
    desk.put(report("r2"), copy_of="r1")
    assert present(desk) == ["r1"]
    assert [row.report_id for row in desk.all(Unlisted)] == ["r2"]
    assert desk.told() == ["report.published"]


def test_a_copy_that_comes_first_gives_way_to_its_original(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1")
    assert present(desk) == ["r2"]
    desk.put(report())
    assert present(desk) == ["r1"]
    assert {row.report_id for row in desk.all(Figure)} == {"r1"}
    assert told(desk) == [("report.published", "r2"), ("report.published", "r1"), ("report.withdrawn", "r2")]
    assert desk.sent() == [
        "report.published", "highlight.published", "report.published", "highlight.published", "report.withdrawn",
    ]  # fmt: skip


def test_giving_way_is_told_with_the_original_s_id(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1")
    desk.put(report())
    [message] = [m for m in desk.all(Message) if m.type == "report.withdrawn"]
    data = json.loads(message.body)["data"]
    assert (data["report_id"], data["state"], data["copy_of"]) == ("r2", "withdrawn", "r1")
    assert data["changes"]["report"] == [
        {"field": "state", "before": "present", "after": "withdrawn"},
        {"field": "copy_of", "before": None, "after": "r1"},
    ]
    assert json.loads(message.thin_body)["data"]["copy_of"] == "r1"


def test_a_copy_gives_way_once(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1")
    desk.put(report())
    before = told(desk)
    assert isinstance(desk.put(report()), Nothing)
    assert isinstance(desk.put(report("r2"), copy_of="r1"), Nothing)
    assert isinstance(desk.put(report("r2", "v2"), copy_of="r1", revision=2), Nothing)
    assert isinstance(desk.take(extracted(report_id="r2", revision=3, state="withdrawn")), Nothing)
    assert told(desk) == before
    assert present(desk) == ["r1"]


def test_a_copy_that_gave_way_is_published_again_when_its_original_goes(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1")
    desk.put(report())
    desk.take(extracted(report_id="r1", revision=2, state="withdrawn"))
    desk.put(report("r2"), revision=2)
    assert present(desk) == ["r2"]
    assert told(desk)[-2:] == [("report.withdrawn", "r1"), ("report.published", "r2")]


def test_all_copies_that_came_first_give_way(desk: Desk) -> None:
    desk.put(report("r3"), copy_of="r1")
    desk.put(report("r2"), copy_of="r1")
    outcome = desk.put(report())
    assert isinstance(outcome, Published)
    assert [copy.report.report_id for copy in outcome.gave_way] == ["r2", "r3"]
    assert sorted((row.change, row.report_id) for row in desk.all(Report)) == [(3, "r1"), (4, "r2"), (5, "r3")]


def test_a_published_report_that_turns_into_a_copy_gives_way(desk: Desk) -> None:
    desk.put(report())
    desk.put(report("r2", text=TEXT.replace("6852件", "7000件"), figures=()))
    desk.put(report("r2", "v2"), copy_of="r1", revision=2)
    assert present(desk) == ["r1"]
    assert told(desk)[-1] == ("report.withdrawn", "r2")


def test_a_report_that_returns_as_a_copy_is_not_published_again(desk: Desk) -> None:
    desk.put(report())
    desk.take(extracted(report_id="r1", revision=2, state="withdrawn"))
    desk.put(report("r2"))
    assert isinstance(desk.put(report(), copy_of="r2", revision=3), Nothing)
    assert present(desk) == ["r2"]


def test_a_report_that_is_no_copy_any_more_stays(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1")
    assert isinstance(desk.put(report("r2"), revision=2), Nothing)
    desk.put(report())
    assert present(desk) == ["r1", "r2"]


def test_a_report_is_never_taken_for_a_copy_of_itself(desk: Desk) -> None:
    desk.put(report(), copy_of="r1")
    desk.put(report(version="v2", text="标题\n" + TEXT), copy_of="r1", revision=2)
    assert present(desk) == ["r1"]


def test_news_that_gives_way_to_history_is_told(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1")
    desk.put(report(), lane="backfill")
    assert told(desk) == [("report.published", "r2"), ("report.published", "r1"), ("report.withdrawn", "r2")]


def test_history_gives_way_to_history_in_silence(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1", lane="backfill")
    desk.put(report(), lane="backfill")
    assert present(desk) == ["r1"]
    assert told(desk) == []


def test_trace_says_what_a_copy_gave_way_to(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1")
    desk.put(report())
    with desk.store.reading() as session:
        steps = [(step["event"], step["detail"]) for step in trace(session, "r2") if step["service"] != "ingest"]
    assert steps[:2] == [("report.extracted", "revision 1"), ("report.published", "sequence 1")]
    assert ("report.withdrawn", "sequence 2: a copy of r1") in steps


def test_whoever_reads_of_a_copy_is_led_to_its_original(desk: Desk) -> None:
    desk.put(report("r2"), copy_of="r1")
    desk.put(report())
    client = client_of(desk.store)
    assert client.get("/api/v1/reports/r2").json()["copy_of"] == "r1"
    assert client.get("/api/v1/reports/r1").json()["copy_of"] is None
    [entry] = [e for e in client.get("/feeds/reports.json").json()["items"] if e["id"].endswith(":r2")]
    assert "/reports/r1" in entry["content_html"]
    assert "归入" in entry["summary"]
    for page in ("/", "/reports/r2"):
        assert '<a href="/reports/r1">查看收录的报告</a>' in client.get(page).text
