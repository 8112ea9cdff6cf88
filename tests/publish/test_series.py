"""One indicator over years and across organs, stated growth beside computed growth."""

from typing import Any

import pytest

from shushuo_publish.store.session import Store
from tests.publish.builder import client_of, read_report, store_report


def store_year(store: Store, year: int, cases: str, growth: str | None = None, **meta: Any) -> None:
    """A yearly report that states a number of criminal cases and its growth."""
    grown = f"，同比上升{growth}" if growth else ""
    text = f"工作报告（{year}年度）\n全年新收刑事案件{cases}{grown}。\n"
    figures: list[dict[str, Any]] = [
        {"text": cases, "indicator": "新收刑事案件", "code": "criminal.accepted", "approx": meta.pop("approx", "exact")}
    ]
    if growth:
        figures.append({"text": growth, "indicator": "新收刑事案件", "of": cases, "direction": "up"})
    name = meta.pop("report_id", f"r{year}")
    store_report(store, read_report(name, text, figures=figures, period=str(year), **meta))


def points(store: Store, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client_of(store).get(path).json()["units"]["件"]
    return found


SERIES = "/api/v1/series?indicator=criminal.accepted&organ=临江县人民法院"


def test_stated_growth_stands_beside_computed_growth(store: Store) -> None:
    store_year(store, 2023, "600件")
    store_year(store, 2024, "660件", "10%")
    store_year(store, 2025, "726件", "9.0%")
    found = points(store, SERIES)
    assert [(p["year"], p["value"]) for p in found] == [(2023, "600"), (2024, "660"), (2025, "726")]
    assert found[0]["growth"] is None
    assert found[1]["growth"] == {"computed": "10.00", "unit": "%", "agrees": True}
    assert found[2]["growth"] == {"computed": "10.00", "unit": "%", "agrees": False}
    assert found[2]["stated"]["text"] == "9.0%"
    assert found[2]["proof"]["sentence"] == "全年新收刑事案件726件，同比上升9.0%。"


@pytest.mark.parametrize(("direction", "shown"), [("up", "升 5%"), ("down", "降 5%"), (None, "变化 5%")])
def test_the_page_says_the_direction_that_was_stated_and_no_other(
    store: Store, direction: str | None, shown: str
) -> None:
    text = "工作报告（2025年度）\n全年新收刑事案件726件，同比5%。\n"
    change = {"text": "5%", "indicator": "新收刑事案件", "of": "726件", "direction": direction}
    figures = [{"text": "726件", "indicator": "新收刑事案件", "code": "criminal.accepted"}, change]
    store_report(store, read_report("r1", text, figures=figures))
    page = client_of(store).get("/compare?indicator=criminal.accepted&organ=临江县人民法院").text
    assert f">{shown}</td>" in page


def test_a_missing_year_breaks_the_chain(store: Store) -> None:
    store_year(store, 2022, "500件")
    store_year(store, 2024, "660件", "10%")
    assert [p["growth"] for p in points(store, SERIES)] == [None, None]


def test_an_approximate_year_judges_nobody(store: Store) -> None:
    store_year(store, 2024, "600件", approx="over")
    store_year(store, 2025, "726件", "9.0%")
    assert points(store, SERIES)[1]["growth"]["agrees"] is None


def test_reports_that_contradict_each_other_are_shown(store: Store) -> None:
    store_year(store, 2025, "726件", "9.0%")
    store_year(store, 2025, "728件", report_id="column")
    [point] = points(store, SERIES)
    assert (point["value"], point["disputed"]) == ("726", True)
    assert [(other["value"], other["proof"]["report_id"]) for other in point["others"]] == [("728", "column")]


def test_a_rounded_statement_of_the_same_number_contradicts_nobody(store: Store) -> None:
    store_year(store, 2025, "8.3万件", "9.0%")
    store_year(store, 2025, "82960件", report_id="column")
    [point] = points(store, SERIES)
    assert (point["disputed"], [other["text"] for other in point["others"]]) == (False, ["82960件"])
    store_year(store, 2025, "83960件", report_id="briefing")
    assert points(store, SERIES)[0]["disputed"]


def test_several_years_together_are_no_year(store: Store) -> None:
    text = "五年工作报告\n五年来新收刑事案件3200件。\n"
    figures = [{"text": "3200件", "indicator": "新收刑事案件", "code": "criminal.accepted"}]
    store_report(store, read_report("r1", text, figures=figures, period="2021/2025"))
    assert client_of(store).get(SERIES).json()["units"] == {}


def test_organs_stand_side_by_side(store: Store) -> None:
    store_year(store, 2025, "726件", "9.0%")
    store_year(
        store, 2025, "804件", report_id="b", organs=["云溪市中级人民法院"], region="云省/云溪市", level="intermediate"
    )
    store_year(store, 2025, "99件", report_id="c", organs=["海州市人民法院"], region="海省/海州市")
    store_year(store, 2024, "500件", report_id="d", organs=["海州市人民法院"], region="海省/海州市")
    found = points(store, "/api/v1/compare?indicator=criminal.accepted&year=2025&region=云省")
    assert [(p["organ"], p["value"]) for p in found] == [("云溪市中级人民法院", "804"), ("临江县人民法院", "726")]
    assert len(points(store, "/api/v1/compare?indicator=criminal.accepted&year=2025")) == 3


def test_a_dispute_is_seen_however_the_answer_is_cut_and_no_organ_stands_twice(store: Store) -> None:
    store_year(store, 2025, "726件", report_id="a")
    store_year(store, 2025, "99件", report_id="b", organs=["海州市人民法院"])
    store_year(store, 2025, "728件", report_id="c")
    client, address = client_of(store), "/api/v1/compare?indicator=criminal.accepted&year=2025&limit=1"
    found: list[tuple[str, bool, list[str]]] = []
    while address:
        page = client.get(address).json()
        told = page["units"].get("件", [])
        found += [(p["organ"], p["disputed"], [other["value"] for other in p["others"]]) for p in told]
        address = page["next"]
    assert found == [("临江县人民法院", True, ["726"]), ("海州市人民法院", False, [])]
