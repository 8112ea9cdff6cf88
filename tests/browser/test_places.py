"""In a real Chromium: the page of a PDF with the figure's box, and a link that marks the figure on the court's page."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shushuo_ingest.documents import read_document
from shushuo_publish.web.place_view import link_to
from shushuo_shared.layout import locate
from shushuo_shared.report import Quote, Spot

pytestmark = pytest.mark.browser

ARTICLE = [f"第{n}庭审结案件{100 + n}件，调解结案{40 + n}件，同比上升{n}.5%。" for n in range(1, 120)]


def test_a_figure_opens_its_page_with_its_box(page: Page) -> None:
    page.goto("/reports/placed")
    row = page.locator("tr", has_text="标的额")
    row.locator("summary", has_text="第3页").click()
    spot = row.locator("svg .spot")
    expect(spot).to_be_visible()
    sheet, box = row.locator("svg").bounding_box(), spot.bounding_box()
    assert sheet is not None
    assert box is not None
    assert 0.1 < (box["y"] - sheet["y"]) / sheet["height"] < 0.15  # 100 of 842 points from the top
    assert (
        row.locator("a", has_text="打开原文第3页").get_attribute("href") == "https://court.example/placed.html#page=3"
    )


def test_a_link_scrolls_to_the_words_on_the_court_s_page(browser: Browser, tmp_path: Path) -> None:
    html = f"<html><meta charset=utf-8><body>{''.join(f'<p>　　{line}</p>' for line in ARTICLE)}</body></html>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    parsed = read_document(html.encode(), "a.html")
    start = parsed.text.index("调解结案150件")
    places = [Spot(element=place.element) for place in locate(parsed.layout, start + 4, start + 8)]
    quote = Quote(start=start + 4, end=start + 8, text="150件", places=places)
    opened = browser.new_page()

    opened.goto(str(link_to(quote, parsed.text, (tmp_path / "a.html").as_uri())))

    found = opened.locator("p", has_text="调解结案150件")
    expect(found).to_be_in_viewport()
    expect(opened.locator("p").first).not_to_be_in_viewport()
    opened.close()
