"""What is attached to an article is a document of its own; an article that only carries it is not published."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.responses import Response

from shushuo_ingest.app import open_ingest
from shushuo_ingest.fetch.page import Page
from shushuo_ingest.settings import IngestSettings
from shushuo_ingest.sources import Item
from shushuo_ingest.sources.list_page import ListPage
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus
from shushuo_shared.topics import DEAD_LETTERS
from tests.ingest.kit import StoppedClock, events, read_here
from tests.ingest.site import Shown, Site, a_site, article

REPORT = "临江县人民法院2024年工作报告\n2024年，本院受理各类案件3216件，审结3098件，同比上升8.4%。\n" * 9
CARRIER = (
    "<html><body><h1>{}</h1><div class=c>报告全文见附件。<a href=/f/1.txt>附件1：点击下载.pdf</a></div></body></html>"
)
COMMON = 'name = "临江法院"\nattachments = "div.c a"\nhistory = "live"\n'
LIST = 'kind = "list"\nurl = "{url}/gzbg/"\nitems = "li"\n'
OTHERS = {
    "feed": 'kind = "feed"\nurl = "{url}/rss.xml"\n',
    "sitemap": 'kind = "sitemap"\nurl = "{url}/sitemap.xml"\nmatch = "/a/"\n',
    "page": 'kind = "page"\nurl = "{url}/a/1"\n',
}
RSS = (
    "<rss version='2.0'><channel><title>t</title><item><title>工作报告</title><link>/a/1</link></item></channel></rss>"
)
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/a/1</loc></url></urlset>"


async def polls(site: Site, folder: Path, bus: Bus, *pages: Shown, entry: str = LIST) -> list[dict[str, str]]:
    """The outcomes by address of polls a day apart, with the article as each of the pages shows it."""
    file, clock = folder / "sources.toml", StoppedClock()
    file.write_text("[[source]]\n" + COMMON + entry.format(url=site.address), encoding="utf-8")
    settings = IngestSettings(
        data_dir=folder, admin_token=SecretStr("t"), sources=file, fetch_allow_hosts="127.0.0.1", fetch_gap_seconds=0
    )
    opened = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url), clock=clock, read=read_here)
    outcomes = []
    for number, page in enumerate(pages):
        site.pages["/gzbg/"] = site.list_page(("/a/1", f"工作报告{number or ''}"))
        site.pages["/a/1"] = page
        clock.forward(days=1)
        polled = await opened.desk.poll(opened.watcher.catalog.sources["临江法院"])
        outcomes.append(
            {document["address"].removeprefix(site.address): document["outcome"] for document in polled["documents"]}
        )
    opened.close()
    return outcomes


async def test_attachment_is_published_and_the_page_that_only_carries_it_is_not(tmp_path: Path, bus: Bus) -> None:
    async with a_site() as site:
        site.pages["/f/1.txt"] = Response(REPORT, media_type="text/plain")

        (outcome,) = await polls(site, tmp_path, bus, CARRIER.format("工作报告"))

    assert outcome["/a/1"] == "attachments"
    assert [(event["title"], event["source"]["address"]) for event in await events(bus)] == [
        ("工作报告", site.url("/f/1.txt"))
    ]


async def test_article_that_cannot_be_read_is_kept_in_the_dead_letters_with_its_original(
    tmp_path: Path, bus: Bus
) -> None:
    garbled = b"<html><body>" + bytes(range(128, 256)) * 9
    async with a_site() as site:
        (outcome,) = await polls(site, tmp_path, bus, Response(garbled, media_type="text/html"))

    (letter,) = await events(bus, DEAD_LETTERS)
    original = json.loads(base64.b64decode(letter["value"]))["original"]
    assert (outcome["/a/1"], original["sha256"]) == ("failed", hashlib.sha256(garbled).hexdigest())


async def test_article_with_figures_of_its_own_is_published_beside_its_attachment(tmp_path: Path, bus: Bus) -> None:
    page = article("司法数据", 3216, 881).replace(
        "</article>", '<div class="c"><a href="/f/1.txt">全表</a></div></article>'
    )
    async with a_site() as site:
        site.pages["/f/1.txt"] = Response(REPORT, media_type="text/plain")

        await polls(site, tmp_path, bus, page)

    assert len(await events(bus)) == 2


async def test_attachment_is_fetched_again_only_when_its_article_has_changed(tmp_path: Path, bus: Bus) -> None:
    first, changed = CARRIER.format("工作报告"), CARRIER.format("工作报告（更正）")
    async with a_site() as site:
        site.pages["/f/1.txt"] = Response(REPORT, media_type="text/plain")

        await polls(site, tmp_path, bus, first, first, changed)

        assert (site.asked["/a/1"], site.asked["/f/1.txt"]) == (3, 2)


def once(text: str) -> Shown:
    """A file that is there the first time it is asked for, and then no more."""
    answers = iter([Response(text, media_type="text/plain")])
    return lambda _: next(answers, Response(status_code=404))


@pytest.mark.parametrize("kind", OTHERS)
async def test_attachments_are_followed_whatever_lists_the_article(tmp_path: Path, bus: Bus, kind: str) -> None:
    page = CARRIER.format("工作报告")
    async with a_site() as site:
        site.pages |= {"/rss.xml": RSS, "/sitemap.xml": SITEMAP}
        site.pages["/f/1.txt"] = Response(REPORT, media_type="text/plain")

        first, *later = await polls(site, tmp_path, bus, page, page, page, entry=OTHERS[kind])

        assert first == {"/a/1": "attachments", "/f/1.txt": "accepted"}
        assert not any("/f/1.txt" in outcome for outcome in later)
    assert [event["source"]["address"] for event in await events(bus)] == [site.url("/f/1.txt")]


@pytest.mark.parametrize(("removed", "states"), [(True, ["present", "withdrawn"]), (False, ["present"])])
async def test_attachment_that_its_article_dropped_is_withdrawn_once_it_is_surely_gone(
    tmp_path: Path, bus: Bus, removed: bool, states: list[str]
) -> None:
    dropped = article("工作报告另行发布", 3216, 881)
    async with a_site() as site:
        page = CARRIER.format("工作报告")
        site.pages["/f/1.txt"] = once(REPORT) if removed else Response(REPORT, media_type="text/plain")

        await polls(site, tmp_path, bus, page, dropped, dropped, dropped)

    told = [event for event in await events(bus) if event["source"]["address"] == site.url("/f/1.txt")]
    assert [event["state"] for event in told] == states


async def test_attachment_is_rechecked_as_its_article_is(tmp_path: Path, bus: Bus) -> None:
    page = CARRIER.format("工作报告")
    async with a_site() as site:
        site.pages["/f/1.txt"] = Response(REPORT, media_type="text/plain")

        await polls(site, tmp_path, bus, page, page, page, entry=f'{LIST}recheck = "36h"\n')

        assert site.asked["/f/1.txt"] == 2


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("附件：2024年工作报告.pdf", "2024年工作报告"),
        ("附件1", None),
        ("【点击下载】", None),
        ("白皮书（全文）.docx", "白皮书（全文）"),
        ("数据表.txt", "数据表"),
    ],
)
def test_attachment_is_called_what_its_link_says_unless_it_says_nothing(words: str, title: str | None) -> None:
    source = ListPage(name="a", url="https://a.example.cn/", items="li", attachments="a")
    page = Page(address="https://a.example.cn/1", body=f'<html><a href="/f.pdf">{words}</a></html>'.encode())

    assert source.attached(page) == [Item(address="https://a.example.cn/f.pdf", title=title)]
