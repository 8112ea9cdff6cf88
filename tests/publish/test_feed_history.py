"""A reader that was away catches up: every entry is reached by following the links of the feed itself."""

import json
from datetime import timedelta

import feedparser
import pytest

from shushuo_publish.store.session import Store
from tests.publish.builder import BASE, NOW, client_of, small_report, store_many, store_report


def path(url: str) -> str:
    return url.removeprefix(BASE)


def test_five_hundred_entries_are_reached_by_links(store: Store) -> None:
    store_many(store, 510)
    client = client_of(store)
    by_json, address = [], "/feeds/reports.json?limit=100"
    while address:
        document = json.loads(client.get(address).content)
        by_json += [item["id"] for item in document["items"]]
        address = path(document.get("next_url", ""))
    by_atom, address = [], "/feeds/reports.atom?limit=100"
    while address:
        parsed = feedparser.parse(client.get(address).content)
        by_atom += [entry.id for entry in parsed.entries]
        address = next((path(link.href) for link in parsed.feed.links if link.rel == "next"), "")
    assert by_json == by_atom == [f"urn:shushuo:report:r{n:04d}" for n in range(510, 0, -1)]


def test_nothing_is_missed_while_news_arrives(store: Store) -> None:
    store_many(store, 6)
    client = client_of(store)
    first = client.get("/feeds/highlights.json?limit=3").json()
    store_report(store, small_report(7), at=NOW + timedelta(hours=1))
    second = client.get(path(first["next_url"])).json()
    titles = [item["title"] for item in (*first["items"], *second["items"])]
    assert titles == [f"家事调解室第{n}次获评全市优秀调解室" for n in (6, 5, 4, 3, 2, 1)]


def test_pages_can_be_counted_too(store: Store) -> None:
    store_many(store, 5)
    items = client_of(store).get("/feeds/reports.json?limit=2&page=2").json()["items"]
    assert [item["id"][-1] for item in items] == ["3", "2"]


def test_ids_survive_a_correction(store: Store) -> None:
    store_many(store, 1)
    client = client_of(store)
    before = {i["id"]: i["date_modified"] for i in client.get("/feeds/highlights.json").json()["items"]}
    again = small_report(1).model_copy(update={"version": "v2", "headline": "刑事收案101件"})
    store_report(store, again, revision=2, at=NOW + timedelta(days=1))
    after = {i["id"]: i["date_modified"] for i in client.get("/feeds/highlights.json").json()["items"]}
    assert after == before


def test_filters_narrow_every_stream(store: Store) -> None:
    store_many(store, 2)
    store_report(
        store, small_report(3, organs=["海州市人民法院"], region="海省/海州市", period="2024", level="intermediate")
    )
    client = client_of(store)
    for query in (
        "organ=海州市人民法院",
        "region=海州市",
        "region=海省/海州市",
        "year=2024",
        "level=intermediate",
        "q=简报 103",
    ):
        for stream in ("reports", "highlights", "figures"):
            if not (query.startswith("q=") and stream != "reports"):
                items = client.get(f"/feeds/{stream}.json?{query}").json()["items"]
                assert [item["id"].split(":")[3] for item in items] == ["r0003"], (stream, query)
    assert len(client.get("/feeds/highlights.json?type=honor&kind=court").json()["items"]) == 3
    assert client.get("/feeds/highlights.json?type=first").json()["items"] == []
    assert len(client.get("/feeds/figures.json?indicator=criminal.accepted").json()["items"]) == 3


@pytest.mark.parametrize("query", ["", "?kind=court", "?q=刑事案件"])
def test_growth_is_told_beside_its_figure(store: Store, query: str) -> None:
    store_many(store, 2)
    items = client_of(store).get(f"/feeds/figures.json{query}").json()["items"]
    assert [item["title"] for item in items] == [f"临江县人民法院 2025年 新收刑事案件 {n}件" for n in (102, 101)]
    assert "同比升 4.2%" in items[0]["content_html"]


def test_a_wrong_filter_is_explained(store: Store) -> None:
    answer = client_of(store).get("/feeds/reports.rss?kind=police&colour=red")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["name"] for error in answer.json()["errors"]] == ["colour", "kind"]


def test_opml_lists_every_stream(store: Store) -> None:
    parsed = client_of(store).get("/feeds.opml").text
    assert all(f'xmlUrl="{BASE}/feeds/{stream}.rss"' in parsed for stream in ("reports", "highlights", "figures"))
