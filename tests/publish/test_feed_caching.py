"""Honest caching: a feed is sent again exactly when it changed, and an unchanged one costs one small question."""

import gzip
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from sqlalchemy import event

from shushuo_publish.feeds.caching import render, respond
from shushuo_publish.store.session import Store
from tests.publish.builder import NOW, client_of, read_report, small_report, store_many, store_report

PLAIN = {"accept-encoding": "identity"}


def test_an_unchanged_feed_is_not_sent_again(store: Store) -> None:
    store_many(store, 3)
    client = client_of(store)
    first = client.get("/feeds/reports.rss")
    again = client.get("/feeds/reports.rss", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"]


def test_the_validator_outlives_the_server(store: Store) -> None:
    store_many(store, 3)
    assert (
        client_of(store).get("/feeds/reports.atom").headers["etag"]
        == client_of(store).get("/feeds/reports.atom").headers["etag"]
    )


def test_an_unchanged_feed_touches_no_items(store: Store) -> None:
    store_many(store, 3)
    client = client_of(store)
    etag = client.get("/feeds/figures.json").headers["etag"]
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert client.get("/feeds/figures.json", headers={"if-none-match": etag}).status_code == 304
    assert client.get("/feeds/figures.json").status_code == 200
    tables = [words[1].split()[0] for query in asked if len(words := query.split("FROM ")) > 1]
    assert tables == ([] if store.sqlite else ["counter", "counter"])


@pytest.mark.parametrize("stream", ["reports", "highlights", "figures"])
@pytest.mark.parametrize("withdrawn", [False, True], ids=["corrected", "withdrawn"])
def test_a_correction_and_a_withdrawal_change_the_feed(store: Store, stream: str, withdrawn: bool) -> None:
    store_many(store, 2)
    client = client_of(store)
    first = client.get(f"/feeds/{stream}.rss")
    later = NOW + timedelta(hours=3)
    old = small_report(1)
    text = old.text.replace("101件", "109件").replace("第1次获评", "第一次获评")
    corrected = read_report(
        "r0001",
        text,
        version="v2",
        figures=[{"text": "109件", "indicator": "新收刑事案件", "code": "criminal.accepted", "key": True}],
        highlights=[{"text": "家事调解室第一次获评全市优秀调解室", "types": ["honor"]}],
    )
    store_report(store, None if withdrawn else corrected, report_id="r0001", revision=2, at=later)
    second = client.get(f"/feeds/{stream}.rss", headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.headers["etag"] != first.headers["etag"]
    assert parsedate_to_datetime(feedparser.parse(second.content).feed.updated) == later.replace(microsecond=0)
    since = {"if-modified-since": first.headers["last-modified"]}
    assert client.get(f"/feeds/{stream}.rss", headers=since).status_code == 200


@pytest.mark.parametrize("path", ["reports.rss", "reports/archive/1.rss", "figures/archive/2.atom"])
def test_what_leaves_a_feed_by_a_correction_is_seen_by_clients_without_etags(store: Store, path: str) -> None:
    store_many(store, 50)
    client = client_of(store)
    address = f"/feeds/{path}?region=云溪市"
    modified = client.get(address).headers["last-modified"]
    moved = small_report(2, version="v2", region="海省/海州市", organs=["海州市人民法院"])
    store_report(store, moved, revision=2, at=NOW + timedelta(hours=3))
    again = client.get(address, headers={"if-modified-since": modified})
    assert (again.status_code, again.headers["last-modified"]) == (200, "Tue, 03 Feb 2026 07:05:06 GMT")


def test_news_elsewhere_leaves_a_filtered_feed_unchanged(store: Store) -> None:
    store_many(store, 2)
    client = client_of(store)
    address = "/feeds/highlights.atom?region=云溪市&year=2025"
    etag = client.get(address).headers["etag"]
    store_report(store, small_report(9, region="海省/海州市", organs=["海州市人民法院"]))
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_dates_answer_clients_without_etags(store: Store) -> None:
    store_many(store, 1)
    client = client_of(store)
    modified = client.get("/feeds/reports.json").headers["last-modified"]
    assert parsedate_to_datetime(modified) == (NOW + timedelta(minutes=1)).replace(microsecond=0)
    assert client.get("/feeds/reports.json", headers={"if-modified-since": modified}).status_code == 304
    both: dict[str, Any] = {"if-modified-since": modified, "if-none-match": '"another"'}
    assert client.get("/feeds/reports.json", headers=both).status_code == 200


def test_no_date_is_given_while_it_could_mislead() -> None:
    just_made = render(b"x", "text/plain", NOW)
    assert "last-modified" not in respond(just_made, {}, now=NOW + timedelta(milliseconds=300)).headers
    assert "last-modified" in respond(just_made, {}, now=NOW + timedelta(seconds=1)).headers


def test_each_encoding_has_its_own_validator(store: Store) -> None:
    store_many(store, 3)
    client = client_of(store)
    plain = client.get("/feeds/reports.rss", headers=PLAIN)
    zipped = client.get("/feeds/reports.rss", headers={"accept-encoding": "gzip"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == plain.content
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert all("Accept-Encoding" in answer.headers["vary"] for answer in (plain, zipped))


@pytest.mark.parametrize(
    ("header", "zipped"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("br", False), ("", False)],
)
def test_zipping_follows_the_request(header: str, zipped: bool) -> None:
    made = render(b"abc" * 1000, "text/plain")
    answer = respond(made, {"accept-encoding": header})
    assert (gzip.decompress(answer.body) == made.body) if zipped else (answer.body == made.body)


@pytest.mark.parametrize("asked", ['"{}"', 'W/"{}"', '"x", "{}"', "*", '"{}-gzip"'])
def test_every_form_of_a_known_tag_matches(asked: str) -> None:
    made = render(b"abc" * 1000, "text/plain")
    header = asked.replace("{}", made.etag.strip('"'))
    assert respond(made, {"if-none-match": header}).status_code == 304


@pytest.mark.parametrize("nonsense", ["yesterday", "", "Mon, 99 Feb 2026 99:99:99 GMT"])
def test_a_date_that_is_none_is_ignored(nonsense: str) -> None:
    made = render(b"abc", "text/plain", NOW)
    assert respond(made, {"if-modified-since": nonsense}, now=NOW + timedelta(hours=1)).status_code == 200


def test_hubs_are_named_in_the_headers(store: Store) -> None:
    store_many(store, 1)
    links = client_of(store, hubs=("https://hub.example/",)).get("/feeds/reports.atom?kind=court").headers["link"]
    assert '<https://shushuo.example/feeds/reports.atom?kind=court>; rel="self"' in links
    assert '<https://hub.example/>; rel="hub"' in links


def test_head_answers_like_get(store: Store) -> None:
    store_many(store, 1)
    client = client_of(store)
    assert client.head("/feeds/reports.rss").headers["etag"] == client.get("/feeds/reports.rss").headers["etag"]
