"""What publishing promises: one event per real change, nothing twice, nothing older over newer, nothing unproved."""

import json

import pytest

from shushuo_publish.handler import Nothing, Published
from shushuo_publish.store.models import Facet, Figure, Highlight, Report, Version
from shushuo_publish.store.outgoing import Message, OutboxEvent
from shushuo_shared.errors import Poison
from tests.publish.desk import Desk
from tests.publish.kit import TEXT, extracted, report


def test_a_new_report_is_told_once_and_each_highlight_once(desk: Desk) -> None:
    assert isinstance(desk.put(report()), Published)
    assert desk.told() == ["report.published"]
    assert desk.sent() == ["report.published", "highlight.published"]
    assert [f.value for f in desk.all(Figure)] == ["6852", "6610"]


def test_the_same_event_again_changes_nothing(desk: Desk) -> None:
    desk.put(report())
    assert desk.put(report()) == Nothing("seen before")
    assert len(desk.all(OutboxEvent)) == 1
    assert len(desk.all(Version)) == 1


def test_a_corrected_figure_is_one_update_that_names_it(desk: Desk) -> None:
    desk.put(report())
    before = {row.id for row in desk.all(Figure)}
    text = TEXT.replace("6852件", "6825件")
    corrected = report(
        version="v2", text=text, figures=(("6825件", "新收案件", "6825"), ("6610件", "审结案件", "6610"))
    )
    outcome = desk.put(corrected, revision=2)
    assert isinstance(outcome, Published)
    assert [(c["change"], c["before"]["value"], c["after"]["value"]) for c in outcome.changes["figures"]] == [
        ("changed", "6852", "6825")
    ]
    assert "highlights" not in outcome.changes
    assert desk.told() == ["report.published", "report.updated"]
    assert desk.sent() == ["report.published", "highlight.published", "report.updated"]
    assert {row.id for row in desk.all(Figure)} == before


def test_an_unchanged_item_keeps_its_place_and_dates(desk: Desk) -> None:
    desk.put(report())
    [before] = desk.all(Highlight)
    desk.put(report(version="v2", text="标题\n" + TEXT), revision=2)
    [after] = desk.all(Highlight)
    assert (after.id, after.change, after.changed_at) == (before.id, before.change, before.changed_at)
    assert after.start == before.start + 3


def test_a_new_highlight_in_an_update_is_announced_by_itself(desk: Desk) -> None:
    desk.put(report())
    passage = "执行事务中心获评全国先进集体"
    again = report(
        version="v2", text=TEXT + passage + "。\n", highlights=("“水上法庭”做法入选全省法院典型案例", passage)
    )
    desk.put(again, revision=2)
    assert desk.sent()[2:] == ["report.updated", "highlight.published"]


def test_new_bytes_that_say_the_same_are_no_change(desk: Desk) -> None:
    desk.put(report())
    rewrapped = TEXT.replace("一年来，", "一年来，\n")
    assert desk.put(report(version="v2", text=rewrapped), revision=2) == Nothing(
        "says the same as the version before", revision=2
    )
    assert desk.told() == ["report.published"]
    assert desk.all(Report)[0].revision == 2


def test_an_older_version_that_comes_late_is_left_out(desk: Desk) -> None:
    desk.put(report(version="v2", text=TEXT.replace("6852", "7000"), figures=()), revision=2)
    assert isinstance(desk.put(report(), revision=1), Nothing)
    assert desk.all(Report)[0].version == "v2"


def test_a_withdrawn_report_keeps_its_row_and_loses_its_items(desk: Desk) -> None:
    desk.put(report())
    desk.take(extracted(report_id="r1", revision=2, state="withdrawn"))
    assert desk.told() == ["report.published", "report.withdrawn"]
    assert [row.state for row in desk.all(Report)] == ["withdrawn"]
    assert desk.all(Figure) == []
    assert {row.stream for row in desk.all(Facet)} == {"reports"}
    assert isinstance(desk.take(extracted(report_id="r1", revision=3, state="withdrawn")), Nothing)


def test_a_report_withdrawn_unseen_stays_unseen(desk: Desk) -> None:
    desk.take(extracted(report_id="r1", revision=2, state="withdrawn"))
    assert isinstance(desk.put(report(), revision=1, lane="backfill"), Nothing)
    assert desk.all(Report) == []


def test_a_report_that_comes_back_is_published_again_under_the_same_ids(desk: Desk) -> None:
    desk.put(report())
    ids = {row.id for row in desk.all(Figure)}
    desk.take(extracted(report_id="r1", revision=2, state="withdrawn"))
    desk.put(report(), revision=3)
    assert desk.told()[-1] == "report.published"
    assert {row.id for row in desk.all(Figure)} == ids
    assert desk.all(Report)[0].sequence == 3


def test_history_is_stored_without_telling_anybody(desk: Desk) -> None:
    desk.put(report(), lane="backfill")
    assert len(desk.all(Report)) == 1
    assert desk.told() == []
    assert desk.sent() == []


def test_an_item_that_its_text_does_not_prove_is_refused(desk: Desk) -> None:
    read = report()
    figure = read.figures[0].model_copy(update={"text": "6853件"})
    forged = read.model_copy(update={"figures": [figure]})
    with pytest.raises(Poison, match="does not prove"):
        desk.take(extracted(forged), forged)
    assert desk.all(Report) == []
    assert desk.told() == []


def test_changes_number_all_that_is_published_in_order(desk: Desk) -> None:
    for name in ("r1", "r2", "r3"):
        desk.put(report(name))
    assert sorted((row.change, row.report_id) for row in desk.all(Report)) == [(1, "r1"), (2, "r2"), (3, "r3")]


def test_the_webhook_says_every_figure_with_its_proof(desk: Desk) -> None:
    desk.put(report())
    [message] = [m for m in desk.all(Message) if m.type == "report.published"]
    document = json.loads(message.body)
    assert document["type"] == "report.published"
    assert document["data"]["figures"][0] | {"id": "", "url": ""} == {
        "id": "",
        "url": "",
        "value": "6852",
        "unit": "件",
        "approx": "exact",
        "role": "metric",
        "indicator": "新收案件",
        "code": "cases.accepted",
        "period": "2025",
        "organ": "临江县人民法院",
        "basis": None,
        "direction": None,
        "text": "6852件",
        "start": 20,
        "end": 25,
        "sentence": "一年来，新收案件6852件，同比上升13.7%。",
        "places": [],
        "of": None,
        "suspect": False,
    }


def test_a_report_without_a_title_is_called_by_whose_it_is_or_how_it_begins(desk: Desk) -> None:
    for name, headline, known in (
        ("whose", "临江县人民法院2025年：新收案件6852件", {}),
        ("nobody", "新收案件6852件", {"organs": [], "period": None}),
    ):
        read = report(name, title=None, **known).model_copy(update={"headline": headline})
        desk.put(read)
    assert [row.title for row in desk.all(Report)] == ["临江县人民法院2025年", "临江县人民法院工作报告"]
