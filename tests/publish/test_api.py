"""The read API: filters, paging, proofs, spreadsheets, limits."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shushuo_publish.store.session import Store
from shushuo_publish.web.limits import RateLimit
from tests.publish.builder import BASE, NOW, app_of, client_of, read_report, small_report, store_many, store_report
from tests.publish.kit import Clock


def get(store: Store, path: str) -> Any:
    answer = client_of(store).get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_statement_comes_with_its_proof(store: Store) -> None:
    store_many(store, 1)
    [figure, change] = get(store, "/api/v1/figures")["items"]
    assert (figure["value"], figure["unit"], figure["text"]) == ("101", "件", "101件")
    assert figure["changes"] == [{"text": "4.1%", "basis": "yoy", "direction": "up"}]
    assert figure["proof"]["sentence"] == "全年新收刑事案件101件，同比上升4.1%。"
    assert figure["proof"]["url"] == f"{BASE}/reports/r0001#{figure['id']}"
    assert change["role"] == "change"
    document = get(store, "/api/v1/reports/r0001")
    assert document["text"][figure["proof"]["start"] : figure["proof"]["end"]] == "101件"


@pytest.mark.parametrize("stream", ["reports", "figures", "highlights"])
def test_pages_follow_one_another_without_gap(store: Store, stream: str) -> None:
    store_many(store, 5)
    whole = [item.get("id", item.get("report_id")) for item in get(store, f"/api/v1/{stream}?limit=100")["items"]]
    walked, address = [], f"/api/v1/{stream}?limit=2"
    while address:
        page = get(store, address)
        walked += [item.get("id", item.get("report_id")) for item in page["items"]]
        address = (page["next"] or "").removeprefix(BASE)
    assert walked == whole
    assert len(set(walked)) == len(walked) >= 5


def test_a_report_is_told_whole(store: Store) -> None:
    store_many(store, 1)
    document = get(store, "/api/v1/reports/r0001")
    assert document["schema"] == "shushuo/extracted-report/1"
    assert (document["state"], document["sequence"], document["url"]) == ("present", 1, f"{BASE}/reports/r0001")
    assert document["key_figures"] == [document["figures"][0]["id"]]
    assert document["figures"][0]["url"] == f"{BASE}/reports/r0001#{document['figures'][0]['anchor']}"
    assert [edition["sequence"] for edition in document["versions"]] == [1]


def test_a_withdrawn_report_keeps_only_its_history(store: Store) -> None:
    store_many(store, 1)
    store_report(store, None, report_id="r0001", revision=2)
    document = get(store, "/api/v1/reports/r0001")
    assert (document["state"], "text" in document) == ("withdrawn", False)
    assert [edition["state"] for edition in document["versions"]] == ["withdrawn", "present"]


def test_unchanged_answers_are_not_sent_again(store: Store) -> None:
    store_many(store, 1)
    client = client_of(store)
    etag = client.get("/api/v1/figures?year=2025").headers["etag"]
    assert client.get("/api/v1/figures?year=2025", headers={"if-none-match": etag}).status_code == 304


def test_a_spreadsheet_opens_with_its_chinese_intact(store: Store) -> None:
    store_many(store, 2)
    body = client_of(store).get("/api/v1/figures.csv?indicator=criminal.accepted").content
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert [(row["指标"], row["数值"], row["计量单位"], row["变化"]) for row in rows] == [
        ("新收刑事案件", "102", "件", "同比升 4.2%"),
        ("新收刑事案件", "101", "件", "同比升 4.1%"),
    ]
    assert rows[0]["出处"].startswith(f"{BASE}/reports/r0002#f")


def test_no_cell_is_a_formula(store: Store) -> None:
    text = "临江县人民法院简报\n=1+1案件新收5件。\n"
    store_report(store, read_report("r1", text, figures=[{"text": "5件", "indicator": "=1+1案件新收"}]))
    rows = list(csv.DictReader(io.StringIO(client_of(store).get("/api/v1/figures.csv").content.decode("utf-8-sig"))))
    assert rows[0]["指标"] == "'=1+1案件新收"


@pytest.mark.parametrize("name", ["limit", "page", "cursor"])
def test_a_spreadsheet_is_whole_and_says_that_it_has_no_pages(store: Store, name: str) -> None:
    answer = client_of(store).get(f"/api/v1/figures.csv?{name}=3")
    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (400, name)
    assert "没有这个参数" in answer.json()["detail"]


def test_a_reports_figures_come_in_the_order_of_its_text(store: Store) -> None:
    text = "简报\n新收5件，审结4件，执结3件。\n"
    figures = [{"text": f"{n}件", "indicator": name} for n, name in ((5, "新收"), (4, "审结"), (3, "执结"))]
    store_report(store, read_report("r1", text, figures=figures))
    body = client_of(store).get("/api/v1/reports/r1/figures.csv").content.decode("utf-8-sig")
    assert [row["原文写法"] for row in csv.DictReader(io.StringIO(body))] == ["5件", "4件", "3件"]


def test_organs_are_listed_once_each(store: Store) -> None:
    store_many(store, 3)
    store_report(store, small_report(4, organs=["云溪市人民检察院"], kind="procuratorate"))
    page = get(store, "/api/v1/organs")
    assert {(organ["name"], organ["reports"]) for organ in page["items"]} == {
        ("临江县人民法院", 3),
        ("云溪市人民检察院", 1),
    }
    first = get(store, "/api/v1/organs?limit=1")
    second = get(store, first["next"].removeprefix(BASE))
    assert [first["items"][0]["name"], second["items"][0]["name"]] == [organ["name"] for organ in page["items"]]
    assert second["next"] is None


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/reports/unknown",
        "/api/v1/reports/unknown/figures.csv",
        "/api/v1/reports/%00",
        "/api/v1/reports/%00/figures.csv",
    ],
)
def test_what_is_not_there_is_a_problem(store: Store, path: str) -> None:
    answer = client_of(store).get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["title"] == "没有这份报告"


def test_a_fault_of_the_server_is_a_problem_too(store: Store) -> None:
    app = app_of(store)

    def broken() -> None:
        raise ZeroDivisionError

    app.add_api_route("/broken", broken)
    answer = TestClient(app, raise_server_exceptions=False).get("/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/api/v1/figures?limit=0", ["limit"]),
        ("/api/v1/reports?cursor=abc&page=0", ["page", "cursor"]),
        ("/api/v1/organs?limit=x&q=1", ["q", "limit"]),
        ("/api/v1/series?organ=临江县人民法院", ["indicator"]),
        ("/api/v1/compare?indicator=criminal.accepted", ["year"]),
        ("/api/v1/compare?indicator=criminal.accepted&year=2025&q=x", ["q"]),
    ],
)
def test_a_wrong_question_is_explained(store: Store, path: str, named: list[str]) -> None:
    answer = client_of(store).get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert [error["name"] for error in answer.json()["errors"]] == named


def test_pages_of_any_origin_may_read(store: Store) -> None:
    store_many(store, 1)
    answer = client_of(store).get("/api/v1/reports", headers={"origin": "https://reader.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    asks = {"origin": "https://reader.example", "access-control-request-method": "POST"}
    assert client_of(store).options("/api/v1/reports", headers=asks).status_code == 400


def test_each_client_has_its_own_limit() -> None:
    clock = Clock()
    limit = RateLimit(2, clock)
    assert [limit.take("a"), limit.take("a"), limit.take("a"), limit.take("b")] == [0, 0, 30, 0]
    clock.move(seconds=30)
    assert limit.take("a") == 0


def test_too_many_questions_are_told_when_to_come_back(store: Store) -> None:
    client = client_of(store, rate_per_minute=1, clock=lambda: NOW + timedelta(days=1))
    assert client.get("/api/v1/organs").status_code == 200
    answer = client.get("/api/v1/organs")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
