"""What people do with the pages, in a real Chromium: read, jump, search, on a phone, on paper, by keyboard."""

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

REPORT = "/reports/sample"
COMPARE = "/compare?indicator=criminal.accepted&year=2025"
CONTRAST = """selector => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = parse(c).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  return [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).slice(0, 5).map(element => {
    let under = element;
    while (parse(getComputedStyle(under).backgroundColor)[3] === 0) under = under.parentElement;
    const a = light(getComputedStyle(element).color), b = light(getComputedStyle(under).backgroundColor);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
}"""


def test_a_figure_leads_to_its_entry_and_back(page: Page) -> None:
    page.goto(REPORT)
    page.locator("mark.figure a", has_text="91.37%").click()
    entry = page.locator("tr:target")
    expect(entry).to_contain_text("执行案件执结率")
    expect(entry).to_be_in_viewport()
    entry.locator("a.goto").click()
    mark = page.locator("mark:target")
    expect(mark).to_have_text("91.37%")
    expect(mark).to_be_in_viewport()


def test_a_feeds_link_lands_on_the_highlight(page: Page) -> None:
    feed = page.request.get("/feeds/highlights.json?type=initiative").json()
    page.goto(feed["items"][0]["url"])
    mark = page.locator("mark.highlight:target")
    expect(mark).to_contain_text("临江青苗")
    expect(mark).to_be_in_viewport()


def test_an_entry_of_a_closed_section_can_be_reached(page: Page) -> None:
    page.goto(REPORT)
    page.locator("summary", has_text="营商环境").click()
    page.locator("mark.figure a", has_text="18.74亿元").click()
    assert page.evaluate("document.querySelector(':target').tagName") == "TR"


def test_search_narrows_and_clears(page: Page) -> None:
    page.goto("/")
    page.get_by_label("检索全文").fill("临江青苗")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("link", name="去掉条件 检索词：临江青苗").click()
    expect(page.locator("article")).to_have_count(20)


def test_filters_give_their_own_feed(page: Page) -> None:
    page.goto("/")
    page.get_by_text("更多条件").click()
    page.get_by_label("亮点类型").select_option("initiative")
    page.get_by_role("button", name="检索").click()
    expect(page.locator("article")).to_have_count(1)
    href = page.get_by_role("row", name="亮点").get_by_role("link", name="RSS").get_attribute("href")
    assert "type=initiative" in str(href)
    assert page.request.get(str(href)).status == 200


@pytest.mark.parametrize("path", ["/", REPORT, "/feeds", "/?kind=court&year=2025", COMPARE])
@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_runs_off_a_small_screen(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", REPORT, "/feeds", COMPARE])
def test_text_stands_out_from_its_ground(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(path)
    for selector in (
        "p",
        "a",
        "h1",
        "h2",
        ".meta span",
        ".tag",
        ".doubt",
        "mark",
        "summary",
        "button",
        ".label",
        ".change",
    ):
        assert all(ratio >= 4.5 for ratio in page.evaluate(CONTRAST, selector)), (selector, scheme)


def test_the_keyboard_alone_suffices(page: Page) -> None:
    page.goto(REPORT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    page.goto("/")
    for control in page.locator("form input, form select").all():
        assert control.evaluate("e => e.labels.length") == 1
    page.goto(REPORT)
    for role, name in (("main", None), ("navigation", "主导航"), ("navigation", "本页内容"), ("region", "报告正文")):
        expect(page.get_by_role(role, name=name) if name else page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]
    expect(page.get_by_role("link", name="亮点：设立“临江青苗”法治工作站")).to_have_count(1)
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_on_paper_the_report_is_whole(page: Page, tmp_path: Path) -> None:
    page.goto(REPORT)
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    assert "青年法官群众工作能力有待加强" in text.replace("\r\n", "")
    assert "订阅与接口" not in text
    assert len(document) <= 6


def test_marks_differ_without_colour(page: Page) -> None:
    page.goto(REPORT)
    lines = [
        page.locator(f"mark.{kind}[id]").first.evaluate("e => getComputedStyle(e).borderBottomStyle")
        for kind in ("figure:not(.move):not(.suspect)", "rank", "move", "suspect")
    ]
    assert lines == ["solid", "double", "dashed", "dotted"]
    sign = page.locator("mark.highlight").first.evaluate("e => getComputedStyle(e, '::before').content")
    assert "⌜" in sign
