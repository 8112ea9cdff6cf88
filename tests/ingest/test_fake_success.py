"""What is served with status 200 and is not the page asked for is recognised; real pages are believed."""

import time
from pathlib import Path

import pytest

from shushuo_ingest.fetch.fake_success import judge, judge_text, visible_words
from shushuo_ingest.fetch.page import Page

PAGES = Path(__file__).parent / "pages"
LIES = sorted((PAGES / "lies").iterdir())
TRUTHS = sorted((PAGES / "truths").iterdir())
ASKED = "https://court.example.cn/gzbg/2024.html"


def page(path: Path, address: str = ASKED) -> Page:
    return Page(address=address, body=path.read_bytes(), media_type="text/html")


@pytest.mark.parametrize("path", LIES, ids=lambda path: path.stem)
def test_lie_is_not_believed(path: Path) -> None:
    verdict = judge(page(path), requested=ASKED)

    assert not verdict.believed
    assert verdict.reasons


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_truth_is_believed(path: Path) -> None:
    assert judge(page(path), requested=ASKED).believed


@pytest.mark.parametrize("opened", ["<script>", "<!--", "<", "<style ", "<meta ", "<input a", "document.cookie="])
def test_page_that_closes_nothing_is_judged_at_once(opened: str) -> None:
    body = f"<html>{opened * (400_000 // len(opened))}".encode()
    started = time.perf_counter()

    judge(Page(address=ASKED, body=body, media_type="text/html"), requested=ASKED)

    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("<p>一<b>二</b></p>三", "一 二 三"),
        ("一<SCRIPT>x</script >二<style>y</STYLE>三<noscript>请<b>开</b></noscript>", "一 二 三"),
        ("一<!-- <p>x --> 二 &lt;三&gt;", "一 二 <三>"),
        ("一<script>二<p>三", "一 二 三"),
        ("一<!--二<p>三 < 四", "一 三 < 四"),
    ],
)
def test_visible_words_are_those_between_the_tags(source: str, seen: str) -> None:
    assert visible_words(source) == seen


def test_redirect_to_the_login_is_not_believed_whatever_it_shows() -> None:
    landed = page(PAGES / "truths" / "short-report.html", "https://court.example.cn/sso/login")

    assert not judge(landed, requested=ASKED).believed


def test_page_in_place_of_a_file_is_not_believed() -> None:
    assert not judge(page(PAGES / "truths" / "short-report.html"), requested=ASKED.replace(".html", ".pdf")).believed


def test_error_dressed_like_the_site_is_known_by_its_main_text() -> None:
    assert not judge_text("对不起，您查看的文章不存在。").believed
    assert judge_text("一月，本院受理首次执行案件412件，执结376件。").believed
