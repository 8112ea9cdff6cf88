"""A figure leads to where it stands in the original: to its page, or to its words on a web page."""

import json
from typing import Any
from urllib.parse import unquote

import pytest
from sqlmodel import select

from shushuo_publish.store.outgoing import Endpoint, Message
from shushuo_publish.store.session import Store
from shushuo_publish.web.place_view import Sheet, link_to, where
from shushuo_shared.report import ExtractedReport, Highlight, Quote, Spot
from tests.publish.builder import NOW, client_of, read_report, store_report

TEXT = """临江县人民法院工作报告
新收刑事案件685件，审结671件，同比上升4.9%。
新收民事案件685件，审结671件，标的额5.19亿元。
"""
PAGE = "https://court.example/2025.html"
PDF = "https://court.example/2025.pdf"


def quoted(words: str, *places: Spot, nth: int = 1) -> Quote:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Quote(start=start, end=start + len(words), text=words, places=list(places))


def on_page(page: int) -> Spot:
    return Spot(page=page, box=(72.0, 100.0, 272.0, 112.0), sheet=(595.0, 842.0))


ON_PAGE_3 = {"page": 3, "box": [72.0, 100.0, 272.0, 112.0], "sheet": [595.0, 842.0], "element": None}
IN_HTML = Spot(element="/html/body/p[2]")


def test_a_pdf_opens_at_the_page_and_shows_the_box() -> None:
    at = where(quoted("5.19亿元", on_page(3)), TEXT, PDF)

    assert at is not None
    assert (at.words, at.link) == ("第3页", f"{PDF}#page=3")
    assert at.sheet == Sheet(595.0, 842.0, ((72.0, 100.0, 200.0, 12.0),))


def test_a_passage_over_a_page_break_names_both_pages() -> None:
    at = where(quoted("5.19亿元", on_page(3), on_page(4)), TEXT, None)

    assert at is not None
    assert (at.words, at.link) == ("第3—4页", None)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (quoted("5.19亿元", IN_HTML), "标的额5.19亿元"),
        (quoted("685件", IN_HTML, nth=2), "新收民事案件685件"),
        (quoted("671件", IN_HTML, nth=2), "新收民事案件685件，审结671件"),
        (quoted("件，审", IN_HTML), "新收刑事案件685件，审结671件"),
    ],
    ids=["its clause", "the clause is unique", "as much as is unique", "across clauses"],
)
def test_a_web_page_opens_at_the_words(item: Quote, told: str) -> None:
    link = link_to(item, TEXT, PAGE)

    assert link is not None
    address, _, words = link.partition("#:~:text=")
    assert (address, unquote(words)) == (PAGE, told)
    assert "-" not in words


def test_what_has_no_place_or_address_leads_nowhere() -> None:
    assert where(quoted("5.19亿元"), TEXT, PAGE) is None
    assert where(quoted("5.19亿元", Spot(element="body/p[3]")), TEXT, PAGE) is None
    assert link_to(quoted("5.19亿元", on_page(3)), TEXT, None) is None


def placed(*spots: Spot) -> ExtractedReport:
    figure: dict[str, Any] = {"text": "5.19亿元", "indicator": "标的额"}
    report = read_report("placed", TEXT, figures=[figure])
    return report.model_copy(update={"figures": [report.figures[0].model_copy(update={"places": list(spots)})]})


def test_api_and_page_tell_the_place(store: Store) -> None:
    store_report(store, placed(on_page(3)))
    client = client_of(store)

    (figure,) = client.get("/api/v1/reports/placed").json()["figures"]
    page = client.get("/reports/placed").text

    assert figure["places"] == [ON_PAGE_3]
    assert figure["original"] == "https://court.example/placed.html#page=3"
    assert "<summary>第3页</summary>" in page
    assert '<rect class="spot" x="72.0" y="100.0" width="200.0" height="12.0"/>' in page


def test_page_links_the_words_on_the_court_s_page(store: Store) -> None:
    store_report(store, placed(IN_HTML))

    assert "https://court.example/placed.html#:~:text=" in client_of(store).get("/reports/placed").text


@pytest.mark.parametrize("listing", ["figures", "highlights"])
def test_lists_and_webhooks_tell_the_place_of_each_item(store: Store, listing: str) -> None:
    report = placed(on_page(3))
    lifted = Highlight(
        **report.figures[0].model_dump(include={"start", "end", "text", "sentence", "rule", "places"}),
        id="h1", types=["first"], title="标的额5.19亿元",
    )  # fmt: skip
    with store.writing() as session:
        session.add(Endpoint(id="ep1", url="https://x.example/", secret="whsec_x", created_at=NOW))
    store_report(store, report.model_copy(update={"highlights": [lifted]}))
    with store.reading() as session:
        [message] = session.exec(select(Message).where(Message.type == "report.published")).all()

    (item,) = client_of(store).get(f"/api/v1/{listing}").json()["items"]
    (sent,) = json.loads(message.body)["data"][listing]

    assert item["proof"]["places"] == sent["places"] == [ON_PAGE_3]
