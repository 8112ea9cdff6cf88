"""Every line of a page's text is found again in the element that the layout names for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from shushuo_ingest.documents import read_document
from shushuo_ingest.documents.blocks import blocks_of, heart
from shushuo_ingest.documents.html import chosen_of
from shushuo_shared.layout import locate
from tests.ingest.test_html import BODIES, CHROME, SENTENCES

WORDS = st.sampled_from(
    ["审结案件12件，", "同比上升3.1%。", "刑事", "1,2", "34", "5.19亿元", "执行到位率", " ", "\n", "\u3000", "&amp;"]
)
WRAPPERS = ["div", "p", "span", "b", "section", "li", "ul", "td", "tr", "table", "h2", "a", "blockquote", "br"]


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = st.tuples(st.sampled_from(WRAPPERS), st.lists(inside, max_size=4))
    return wrapped.map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>")


PAGES = st.lists(st.recursive(WORDS, element, max_leaves=25), min_size=1, max_size=6).map("".join)


def dense(text: str) -> str:
    return "".join(text.split())


def assert_every_line_is_in_its_element(page: str) -> None:
    parsed = read_document(page.encode(), "a.html")
    tree = html.document_fromstring(page)
    for place in parsed.layout:
        (found,) = tree.xpath(place.element or "")
        assert dense(parsed.text[place.start : place.end]) in dense(found.text_content())
    assert "\n".join(parsed.text[p.start : p.end] for p in parsed.layout) == parsed.text


@settings(max_examples=200, deadline=None)
@given(body=PAGES)
def test_every_line_stands_in_its_element_however_the_page_is_built(body: str) -> None:
    assert_every_line_is_in_its_element(f"<html><body><p>{SENTENCES[0]}</p>{body}</body></html>")


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_line_of_a_court_page_stands_in_its_element(body: str) -> None:
    assert_every_line_is_in_its_element(f"<html><body>{CHROME.format(body=body)}</body></html>")


def test_figure_is_located_in_its_paragraph_and_row() -> None:
    rows = "".join(f"<tr><td><p>{what}</p></td><td>{n}件</td></tr>" for what, n in (("刑事", 685), ("民事", 7901)))
    article = "".join(f"<p>{s}</p>" for s in SENTENCES)
    page = f"<html><body><div>首页</div><div class=TRS>{article}<table>{rows}</table></div></body></html>"
    parsed = read_document(page.encode(), "a.html")

    def element_of(words: str) -> str | None:
        start = parsed.text.index(words)
        (place,) = locate(parsed.layout, start, start + len(words))
        return place.element

    assert element_of("5.19亿元") == "/html/body/div[2]/p[3]"
    assert element_of("民事\t7901件") == "/html/body/div[2]/table/tr[2]"


def test_line_that_stands_in_the_navigation_too_is_taken_from_the_article() -> None:
    page = html.document_fromstring(
        "<div><ul><li>工作报告</li><li>执行</li></ul><h1>工作报告</h1><p>受理9件。</p><p>执行到位5件。</p><p>审结7件。</p></div>"
    )

    kept = chosen_of(blocks_of(page), "工作报告\n受理9件。\n执行到位5件。审结7件。")

    assert [line.element.tag for line in kept] == ["h1", "p", "p", "p"]


@pytest.mark.parametrize(
    "head",
    [
        "<title>临江县人民法院网</title></head><body><p>临江县人民法院网</p><h1>{}</h1>",
        "<title>{}-临江县人民法院网</title></head><body><p>临江县人民法院网</p><div class=bt>{}</div>",
        "<title>{}</title></head><body><h1>云溪市中级人民法院</h1><h1>{}</h1>",
    ],
    ids=["first heading", "what the title begins with", "the last of the first headings"],
)
def test_headline_above_the_text_belongs_to_it(head: str) -> None:
    headline = "临江县人民法院2024年工作报告"
    body = "".join(f"<p>　　{s}</p>" for s in SENTENCES)
    page = f"<html><head>{head.replace('{}', headline)}<p>发布时间：2025-01-20</p><div>{body}</div></body></html>"

    lines = read_document(page.encode(), "a.html").text.split("\n")

    assert lines.count(headline) == 1
    assert lines.index(headline) < lines.index(SENTENCES[0])
    assert lines[-4:] == list(SENTENCES)


@pytest.mark.parametrize(
    ("cell", "told"), [("685<br>712", "685\t712"), ("1,2<br>34", "1,234"), ("刑事<br>案件", "刑事 案件")]
)
def test_cell_stays_one_whatever_lines_it_has(cell: str, told: str) -> None:
    page = f"<html><body><p>{SENTENCES[0]}</p><table><tr><td>受理</td><td>{cell}</td></tr></table></body></html>"

    assert f"受理\t{told}" in read_document(page.encode(), "a.html").text


def test_heart_of_a_page_is_the_smallest_element_with_nearly_all_figures() -> None:
    article = "".join(f"<p>{s}</p>" for s in SENTENCES)
    page = html.document_fromstring(f"<div><p>版权所有 12368</p></div><div><div>{article}</div><p>首页</p></div>")

    assert [line.text for line in heart(blocks_of(page), page)] == list(SENTENCES)
