"""Every feed is valid, worth reading, and the same in all three formats."""

import json
import os
import re
import time
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from shushuo_publish.cards import Links, ReportCard
from shushuo_publish.feeds.build import FORMATS, written
from shushuo_publish.feeds.items import Feed, Item, clean, report_item
from shushuo_publish.store.session import Store
from tests.publish.builder import BASE, NOW, client_of, read_report, store_many, store_report

STREAMS = ("reports", "highlights", "figures")
HUB = "https://hub.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = {"a": "http://www.w3.org/2005/Atom", "c": "http://purl.org/rss/1.0/modules/content/"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "next_url": {"type": "string", "format": "uri"},
        "hubs": {"type": "array", "items": {"type": "object", "required": ["type", "url"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "properties": {
                    "id": {"type": "string"},
                    "url": {"type": "string", "pattern": "^https://"},
                    "date_published": {"type": "string", "pattern": r"\+08:00$"},
                    "date_modified": {"type": "string", "pattern": r"\+08:00$"},
                    "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
                    "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
                },
            },
        },
    },
}


@pytest.fixture
def feeds(store: Store) -> dict[tuple[str, str], bytes]:
    """All nine feeds of a store with three reports, one of them withdrawn."""
    store_many(store, 3)
    store_report(store, None, report_id="r0002", revision=2)
    client = client_of(store, hubs=(HUB,))
    return {(s, f): client.get(f"/feeds/{s}.{f}").content for s in STREAMS for f in FORMATS}


def test_no_feed_is_malformed(feeds: dict[tuple[str, str], bytes]) -> None:
    for (stream, format_), body in feeds.items():
        if format_ != "json":
            parsed = feedparser.parse(body)
            assert parsed.bozo == 0, (stream, format_, parsed.get("bozo_exception"))
            assert parsed.entries


def test_all_formats_tell_the_same(feeds: dict[tuple[str, str], bytes]) -> None:
    for stream in STREAMS:
        rss, atom = (feedparser.parse(feeds[stream, name]) for name in ("rss", "atom"))
        entries = json.loads(feeds[stream, "json"])["items"]
        told = [
            [(e.id, e.title, e.link, _moment(e.published), _moment(e.updated)) for e in parsed.entries]
            for parsed in (rss, atom)
        ]
        told.append(
            [
                (e["id"], e["title"], e["url"], _moment(e["date_published"]), _moment(e["date_modified"]))
                for e in entries
            ]
        )
        assert told[0] == told[1] == told[2]
        assert [e.content[0].value for e in atom.entries] == [e["content_html"] for e in entries]


def test_rss_keeps_the_rules_of_the_validator(feeds: dict[tuple[str, str], bytes]) -> None:
    for stream in STREAMS:
        channel = etree.fromstring(feeds[stream, "rss"])[0]
        assert all(channel.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate"))
        guids = channel.findall("item/guid")
        assert all(guid.get("isPermaLink") == "false" for guid in guids)
        assert len({guid.text for guid in guids}) == len(guids)
        assert channel.xpath("a:link[@rel='self']/@href", namespaces=NAMES) == [f"{BASE}/feeds/{stream}.rss"]
        assert channel.xpath("a:link[@rel='hub']/@href", namespaces=NAMES) == [HUB]
        for date in [*channel.findall("item/pubDate"), channel.find("lastBuildDate")]:
            assert re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0800", date.text)
        for item in channel.findall("item"):
            names = [child.tag for child in item]
            assert names.index("description") < names.index(f"{{{NAMES['c']}}}encoded")
            assert "<" not in item.findtext("title") + item.findtext("description")
            assert item.findtext("{http://purl.org/dc/elements/1.1/}creator")


def test_atom_keeps_the_rules_of_the_validator(feeds: dict[tuple[str, str], bytes]) -> None:
    for stream in STREAMS:
        root = etree.fromstring(feeds[stream, "atom"])
        assert [root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")].count(None) == 0
        assert root.xpath("a:link[@rel='self']/@type", namespaces=NAMES) == ["application/atom+xml"]
        ids = [element.text for element in root.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids)
        for entry in root.findall(f"{ATOM}entry"):
            assert entry.findtext(f"{ATOM}author/{ATOM}name")
            alternate = entry.xpath("a:link[@rel='alternate']", namespaces=NAMES)
            assert [link.get("type") for link in alternate] == ["text/html"]
            assert entry.xpath("a:link[@rel='via']/@href", namespaces=NAMES)[0].startswith("https://court.example/")
            assert all(datetime.fromisoformat(entry.findtext(f"{ATOM}{n}")).tzinfo for n in ("published", "updated"))


def test_json_feed_keeps_its_schema(feeds: dict[tuple[str, str], bytes]) -> None:
    for stream in STREAMS:
        document = json.loads(feeds[stream, "json"])
        jsonschema.validate(document, JSON_FEED)
        assert document["hubs"] == [{"type": "WebSub", "url": HUB}]


def test_every_link_is_absolute(feeds: dict[tuple[str, str], bytes]) -> None:
    for (_, format_), body in feeds.items():
        if format_ == "json":
            contents = [item["content_html"] for item in json.loads(body)["items"]]
            assert contents
            assert all(href.startswith("https://") for html in contents for href in re.findall(r'href="([^"]*)"', html))


def test_a_report_entry_is_worth_reading(store: Store) -> None:
    text = "临江县人民法院简报\n执行到位金额5.19亿元，同比上升12.4%。“江畔说法”入选全省法院典型案例。\n"
    figures: list[dict[str, Any]] = [
        {"text": "5.19亿元", "indicator": "执行到位金额", "code": "enforcement.recovered_amount", "key": True},
        {"text": "12.4%", "indicator": "执行到位金额", "of": "5.19亿元", "direction": "up"},
    ]
    lifted = [{"text": "“江畔说法”入选全省法院典型案例", "types": ["typical_case"], "level": "provincial"}]
    store_report(store, read_report("r1", text, figures=figures, highlights=lifted, headline="执行到位金额5.19亿元"))
    [entry] = client_of(store).get("/feeds/reports.json").json()["items"]
    assert (entry["title"], entry["summary"]) == ("临江县人民法院简报", "执行到位金额5.19亿元")
    rows = etree.HTML(entry["content_html"]).xpath("//tbody/tr")
    assert [["".join(cell.itertext()) for cell in row] for row in rows] == [
        ["执行到位金额", "5.19亿元", "同比升 12.4%"]
    ]
    [link] = etree.HTML(entry["content_html"]).xpath("//li/a")
    assert link.text == "“江畔说法”入选全省法院典型案例"
    assert re.fullmatch(f"{BASE}/reports/r1#h[0-9a-f]+", link.get("href"))
    assert {"法院", "基层", "典型案例", "2025年"} <= set(entry["tags"])
    assert entry["authors"] == [{"name": "临江县人民法院"}]


@pytest.mark.parametrize("query", ["organ=临江县人民法院", "type=honor", "indicator=criminal.accepted", "q=家事调解室"])
def test_who_follows_a_filter_learns_that_a_report_of_it_was_withdrawn(store: Store, query: str) -> None:
    store_many(store, 1)
    store_report(store, None, report_id="r0001", revision=2)
    [entry] = client_of(store).get(f"/feeds/reports.json?{query}").json()["items"]
    assert entry["_shushuo"] == {"withdrawn": True}


def test_a_withdrawn_report_stays_as_a_notice(store: Store) -> None:
    store_many(store, 2)
    store_report(store, None, report_id="r0001", revision=2, at=NOW.replace(month=3))
    entries = client_of(store).get("/feeds/reports.json").json()["items"]
    assert [entry["id"] for entry in entries] == ["urn:shushuo:report:r0001", "urn:shushuo:report:r0002"]
    assert entries[0]["title"].startswith("【已撤回】")
    assert "101件" not in entries[0]["content_html"]
    assert not [i for i in client_of(store).get("/feeds/figures.json").json()["items"] if "r0001" in i["id"]]


def a_feed(items: tuple[Item, ...]) -> Feed:
    return Feed(
        id="urn:shushuo:feed:reports",
        title="数说",
        description="报告",
        page_url=BASE,
        self_url=f"{BASE}/feeds/reports.rss",
        updated=NOW,
        items=items,
    )


def a_card(**more: Any) -> ReportCard:
    base: dict[str, Any] = {"report_id": "r1", "version": "v1", "change": 1, "sequence": 1, "title": "简报"}
    base |= {"headline": "", "organs": ("临江县人民法院",), "kind": None, "level": None, "region": None, "period": None}
    base |= {"reported_on": None, "source_url": None, "published_at": NOW, "changed_at": NOW}
    return ReportCard(**(base | more))


@given(st.text(alphabet=st.characters(), max_size=60))
def test_no_text_can_break_a_feed(text: str) -> None:
    card = a_card(title=text, headline=text, organs=(text,), source_url="https://x.example/" + text, region=text)
    feed = a_feed((report_item(card, Links(BASE)),))
    for name in ("rss", "atom"):
        assert len(etree.fromstring(written(feed, name)[0]).findall(".//{*}guid" if name == "rss" else f"{ATOM}entry"))
    assert len(json.loads(written(feed, "json")[0].decode())["items"]) == 1


def test_markup_in_a_report_stays_text() -> None:
    item = report_item(a_card(headline="<script>alert(1)</script>"), Links(BASE))
    assert "<script" not in item.content
    assert "&lt;script&gt;" in item.content


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\ud800", "\ufffe", "\ufdd0"])
def test_what_xml_forbids_is_left_out(text: str) -> None:
    assert clean(f"甲{text}乙") == "甲乙"


def test_the_zone_of_the_machine_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = a_feed((report_item(a_card(), Links(BASE)),))
    seen = set()
    for zone in ("UTC", "Asia/Shanghai", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        seen.add(tuple(written(feed, name)[0] for name in FORMATS))
    monkeypatch.delenv("TZ")
    time.tzset()
    assert len(seen) == 1
    assert os.environ.get("TZ") is None


def _moment(text: str) -> datetime:
    return parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)
