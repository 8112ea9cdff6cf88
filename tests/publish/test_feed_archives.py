"""The whole history of a feed as archive documents (RFC 5005 §4), which news never changes."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from fastapi.testclient import TestClient
from lxml import etree

from shushuo_publish.store.session import Store
from tests.publish.builder import BASE, NOW, client_of, small_report, store_many, store_report

FORMATS = ("rss", "atom")
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
LATER = NOW + timedelta(days=3)


def links(body: bytes) -> dict[str, str]:
    """The links of a feed by their relation, without our address."""
    return {link.rel: link.href.removeprefix(BASE) for link in feedparser.parse(body).feed.links}


def documents(client: TestClient, address: str) -> list[bytes]:
    """The feed and all of its archives, newest first, as a reader follows them."""
    found = []
    while address:
        found.append(client.get(address).content)
        address = links(found[-1]).get("prev-archive", "")
    return found


def ids(body: bytes) -> list[str]:
    """What the entries are called, without what is common to all."""
    return [entry.id.removeprefix("urn:shushuo:") for entry in feedparser.parse(body).entries]


@pytest.mark.parametrize(
    ("feed", "reports"), [("reports.atom", 510), ("reports.rss", 120), ("highlights.rss", 12), ("figures.atom", 12)]
)
def test_every_entry_is_reached_by_archives(store: Store, feed: str, reports: int) -> None:
    store_many(store, reports)
    found = documents(client_of(store), f"/feeds/{feed}")
    assert len({entry for body in found for entry in ids(body)}) == reports
    assert [bool(etree.fromstring(body).findall(f".//{ARCHIVE}")) for body in found[:3]] == [False, True, True]
    assert all(feedparser.parse(body).bozo == 0 for body in found)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_archive_names_its_neighbours_and_the_feed(store: Store, format_: str) -> None:
    store_many(store, 160)
    found = links(client_of(store).get(f"/feeds/reports/archive/2.{format_}?kind=court").content)
    assert {relation: found[relation] for relation in ("self", "current", "prev-archive", "next-archive")} == {
        "self": f"/feeds/reports/archive/2.{format_}?kind=court",
        "current": f"/feeds/reports.{format_}?kind=court",
        "prev-archive": f"/feeds/reports/archive/1.{format_}?kind=court",
        "next-archive": f"/feeds/reports/archive/3.{format_}?kind=court",
    }
    assert "next" not in found


@pytest.mark.parametrize("format_", FORMATS)
def test_news_changes_no_archive(store: Store, format_: str) -> None:
    store_many(store, 110)
    client = client_of(store)
    first, second = (client.get(f"/feeds/reports/archive/{n}.{format_}") for n in (1, 2))
    for n in range(111, 171):
        store_report(store, small_report(n), at=LATER)
    again = client.get(f"/feeds/reports/archive/1.{format_}", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    after = client.get(f"/feeds/reports/archive/2.{format_}").content  # it has a neighbour now, nothing else is new
    assert ids(after) == ids(second.content)
    assert links(after) == links(second.content) | {"next-archive": f"/feeds/reports/archive/3.{format_}"}
    assert feedparser.parse(after).feed.updated == feedparser.parse(second.content).feed.updated


@pytest.mark.parametrize("stream", ["highlights", "figures"])
def test_a_correction_leaves_the_archive_and_heads_the_feed(store: Store, stream: str) -> None:
    store_many(store, 4)
    client = client_of(store)
    [old] = ids(client.get(f"/feeds/{stream}/archive/2.atom").content)
    corrected = small_report(9).model_copy(update={"report_id": "r0002", "version": "v2"})
    store_report(store, corrected, revision=2, at=LATER)
    assert ids(client.get(f"/feeds/{stream}/archive/2.atom").content) == []
    newest: Any = feedparser.parse(client.get(f"/feeds/{stream}.atom").content).entries[0]
    assert "r0002" in newest.id
    assert newest.updated > "2026-02-06"
    assert old not in [e for body in documents(client, f"/feeds/{stream}.atom") for e in ids(body)] or old in newest.id


def test_a_withdrawn_report_leaves_its_archive_as_a_notice_at_the_head(store: Store) -> None:
    store_many(store, 60)
    client = client_of(store)
    before = ids(client.get("/feeds/reports/archive/1.atom").content)
    store_report(store, None, report_id="r0002", revision=2, at=LATER)
    after = ids(client.get("/feeds/reports/archive/1.atom").content)
    assert [entry for entry in before if entry not in after] == ["report:r0002"]
    newest = feedparser.parse(client.get("/feeds/reports.atom").content).entries[0]
    assert (newest.id, newest.title[:5]) == ("urn:shushuo:report:r0002", "【已撤回】")


def test_archives_without_an_entry_are_passed_over(store: Store) -> None:
    store_many(store, 6)
    store_report(store, small_report(7, organs=["海州市人民法院"], region="海省/海州市"), at=LATER)
    found = documents(client_of(store), "/feeds/highlights.rss?region=海州市")
    assert [len(ids(body)) for body in found] == [1, 1]
    assert links(found[1])["self"].startswith("/feeds/highlights/archive/7.rss")


def test_a_feed_too_short_to_reach_its_archives_names_none(store: Store) -> None:
    store_many(store, 60)
    client = client_of(store)
    assert links(client.get("/feeds/reports.atom?limit=5").content).keys().isdisjoint({"prev-archive"})
    assert links(client.get("/feeds/reports.atom?limit=10").content)["prev-archive"] == "/feeds/reports/archive/1.atom"


@pytest.mark.parametrize("path", ["reports/archive/2.rss", "reports/archive/0.atom", "figures/archive/100.rss"])
def test_what_is_not_closed_is_no_archive_yet(store: Store, path: str) -> None:
    store_many(store, 99)
    assert client_of(store).get(f"/feeds/{path}").status_code == 404


def test_an_archive_has_filters_but_no_pages(store: Store) -> None:
    store_many(store, 1)
    client = client_of(store)
    assert client.get("/feeds/figures/archive/1.rss?kind=court").status_code == 200
    assert client.get("/feeds/figures/archive/1.rss?kind=police").status_code == 400
    assert [e["name"] for e in client.get("/feeds/figures/archive/1.rss?limit=3").json()["errors"]] == ["limit"]
