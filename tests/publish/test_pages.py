"""Pages for people: everything marked where it stands, linked both ways, safe, and each view with its own feed."""

import json
from datetime import timedelta

import pytest
from lxml import etree

from shushuo_publish.store.session import Store
from tests.publish.builder import BASE, NOW, client_of, read_report, store_many, store_report
from tests.publish.sample import TEXT, sample


def page(store: Store, path: str, status: int = 200) -> etree._Element:
    answer = client_of(store).get(path)
    assert answer.status_code == status
    return etree.HTML(answer.text)


def words(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())


@pytest.fixture
def report(store: Store) -> etree._Element:
    store_report(store, sample())
    return page(store, "/reports/sample")


def test_every_mark_and_its_entry_lead_to_each_other(report: etree._Element) -> None:
    marks = report.xpath("//mark/@id")
    entries = {name.removeprefix("list-") for name in report.xpath("//@id[starts-with(., 'list-')]")}
    assert set(marks) == entries
    assert len(marks) == len(set(marks)) == 20 + 2 + 4
    targets = {href[1:] for href in report.xpath("//@href[starts-with(., '#')]")}
    assert set(marks) <= targets
    assert {f"list-{mark}" for mark in marks} <= targets
    assert targets <= set(report.xpath("//@id"))


def test_the_text_stands_whole(report: etree._Element) -> None:
    [text] = report.xpath("//*[@id='text']")
    for ours in text.xpath(".//a[@class='pin'] | p[@class='legend']"):
        ours.clear(keep_tail=True)
    assert words(text) == "".join(TEXT.replace("**", "").replace("#", "").split())


def test_a_doubted_figure_says_so_where_it_stands(report: etree._Element) -> None:
    [doubted] = report.xpath("//mark[contains(@class, 'suspect') and @id]")
    assert words(doubted) == "11,902件疑"
    [pin] = doubted.xpath("a[@class='pin']")
    assert "结案数与结案率" in words(report.xpath(f"//*[@id='{pin.get('href')[1:]}']")[0])


def test_headings_follow_the_report(report: etree._Element) -> None:
    assert [words(h) for h in report.xpath("//*[@id='text']/h2")][:2] == [
        "2025年工作回顾",
        "一、守护平安，筑牢安全防线",
    ]


def test_the_lines_of_a_title_page_are_no_headings(store: Store) -> None:
    text = "临江县人民法院\n工作报告\n一、审判工作\n新收5件。\n"
    store_report(store, read_report("r1", text, sections=["临江县人民法院", "工作报告", "一、审判工作"]))
    assert [words(h) for h in page(store, "/reports/r1").xpath("//*[@id='text']/h2")] == ["一、审判工作"]


def test_versions_tell_what_changed(store: Store) -> None:
    store_report(store, sample())
    store_report(store, sample("v2", f685="658件"), revision=2, at=NOW + timedelta(hours=5))
    html = page(store, "/reports/sample")
    newest, first = html.xpath("//ol[@class='versions']/li")
    assert "更新" in words(newest)
    assert (words(newest.xpath(".//del")[0]), words(newest.xpath(".//ins")[0])) == ("685件", "658件")
    assert "首次收录" in words(first)


def test_a_withdrawn_report_shows_no_figures(store: Store) -> None:
    store_report(store, sample())
    store_report(store, None, report_id="sample", revision=2)
    html = page(store, "/reports/sample")
    assert "已从来源撤回" in words(html)
    assert "12,486件" not in words(html.xpath("//main")[0])


def test_each_view_has_its_own_feeds_and_webhook(store: Store) -> None:
    store_many(store, 1)
    html = page(store, "/?region=云省&year=2025")
    query = "region=%E4%BA%91%E7%9C%81&year=2025"
    assert f"{BASE}/feeds/highlights.atom?{query}" in html.xpath("//aside//a/@href")
    assert f"{BASE}/feeds/reports.rss?{query}" in html.xpath("//link[@rel='alternate']/@href")
    assert json.loads(html.xpath("//pre")[0].text) == {"region": "云省", "year": "2025"}


def test_search_and_filters_narrow_the_list(store: Store) -> None:
    store_many(store, 3)
    store_report(store, sample())
    assert [words(h) for h in page(store, "/?q=青苗").xpath("//article/h2")] == ["临江县人民法院工作报告"]
    assert len(page(store, "/?type=honor").xpath("//article")) == 3
    assert "没有符合条件的报告" in words(page(store, "/?year=1999"))


def test_older_reports_are_one_link_away(store: Store) -> None:
    store_many(store, 25)
    first = page(store, "/")
    [older] = first.xpath("//a[@rel='next']/@href")
    titles = [words(h) for h in (*first.xpath("//article/h2"), *page(store, older).xpath("//article/h2"))]
    assert titles == [f"临江县人民法院第{n}号工作简报" for n in range(25, 0, -1)]


def test_years_of_an_organ_stand_below_one_another(store: Store) -> None:
    for year, cases, growth in ((2024, "600件", ""), (2025, "660件", "10%"), (2026, "660件", "9%")):
        text = f"{year}年简报\n新收刑事案件{cases}" + (f"，同比上升{growth}。\n" if growth else "。\n")
        figures = [{"text": cases, "indicator": "新收刑事案件", "code": "criminal.accepted"}]
        figures += [{"text": growth, "indicator": "新收刑事案件", "of": cases, "direction": "up"}] if growth else []
        store_report(store, read_report(f"r{year}", text, figures=figures, period=str(year)))
    html = page(store, "/compare?indicator=criminal.accepted&organ=临江县人民法院")
    rows = [[words(cell) for cell in row] for row in html.xpath("//table[@class='points']/tbody/tr")]
    assert [row[:4] for row in rows] == [
        ["2024年", "600件", "—", "—"],
        ["2025年", "660件", "升10%", "10.00%与所述相符"],
        ["2026年", "660件", "升9%", "0.00%与所述不符"],
    ]


def test_organs_of_a_year_stand_below_one_another(store: Store) -> None:
    store_report(store, sample())
    html = page(store, "/compare?indicator=criminal.accepted&year=2025&region=云省")
    assert [words(cell) for cell in html.xpath("//table[@class='points']/tbody/tr/*")][:2] == [
        "临江县人民法院",
        "685件",
    ]
    assert "选一项指标和年份" in words(page(store, "/compare"))
    assert "没有符合条件的数据" in words(page(store, "/compare?indicator=criminal.accepted&year=1999"))


@pytest.mark.parametrize("path", ["/", "/reports/sample", "/compare", "/feeds", "/reports/unknown", "/?kind=x"])
def test_pages_are_safe_and_need_nobody_else(store: Store, path: str) -> None:
    store_report(store, sample())
    answer = client_of(store).get(path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    html = etree.HTML(answer.text)
    assert not html.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]")
    assert all(
        src.startswith("/static/") for src in html.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //@src")
    )
    assert html.get("lang") == "zh-CN"
    assert len(html.xpath("//h1")) == 1


def test_markup_in_a_report_stays_text(store: Store) -> None:
    text = "<script>alert(1)</script>简报\n新收5件<b>。\n"
    store_report(
        store, read_report("r1", text, figures=[{"text": "5件", "indicator": "<i>新收"}], headline='"><script>')
    )
    for path in ("/", "/reports/r1"):
        assert not page(store, path).xpath("//script | //b | //i")


def test_what_is_not_there_is_said_in_chinese(store: Store) -> None:
    assert "没有这份报告" in words(page(store, "/reports/unknown", 404))
    assert "court、procuratorate、mixed" in words(page(store, "/?kind=police", 400))


def test_the_style_sheet_is_kept_for_ever_under_its_content(store: Store) -> None:
    store_report(store, sample())
    [address] = page(store, "/").xpath("//link[@rel='stylesheet']/@href")
    assert "immutable" in client_of(store).get(address).headers["cache-control"]
