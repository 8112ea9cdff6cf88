"""A site that changes, fails, lies, redirects inward and comes back, and what ingest makes of it."""

import base64
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.responses import RedirectResponse, Response

from shushuo_ingest.app import Ingest, open_ingest
from shushuo_ingest.documents import ParsedDocument
from shushuo_ingest.settings import IngestSettings
from shushuo_ingest.sources import Source
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus, Message
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.topics import DEAD_LETTERS, RAW
from tests.ingest.kit import StoppedClock, events, read_here
from tests.ingest.site import Site, a_site, article

LIST = """
[[source]]
name = "临江法院"
kind = "list"
url = "{url}/gzbg/"
items = "li"
every = "1h"
history = "live"
"""
PAGE = """
[[source]]
name = "数据"
kind = "page"
url = "{url}"
"""
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
SITEMAP = """
[[source]]
name = "地图"
kind = "sitemap"
url = "{url}/sitemap.xml"
match = "/a/"
maps = {maps}
"""
FIREWALL = "<html><script>document.cookie='__jsl_clearance_s=1';location.reload()</script></html>"
CHROME = "<html><body><div><a href=/>首页</a></div><p>抱歉，您访问的页面不存在或已被删除。</p></body></html>"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with a_site() as opened:
        opened.pages["/gzbg/"] = opened.list_page(("/a/1", "2024年工作报告"), ("/a/2", "2023年工作报告"))
        opened.pages["/a/1"] = article("临江县人民法院2024年工作报告", 3216, 881, 407)
        opened.pages["/a/2"] = article("临江县人民法院2023年工作报告", 2987, 820, 391)
        yield opened


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def watching(tmp_path: Path, bus: Bus, site: Site, clock: StoppedClock) -> AsyncIterator[Ingest]:
    file = tmp_path / "sources.toml"
    file.write_text(LIST.format(url=site.address), encoding="utf-8")
    settings = IngestSettings(
        data_dir=tmp_path, admin_token=SecretStr("t"), sources=file, fetch_allow_hosts="127.0.0.1", fetch_gap_seconds=0
    )
    opened = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url), clock=clock, read=read_here)
    await opened.watcher.claim()
    yield opened
    opened.close()


async def away(_: Message) -> None:
    """A bus that takes nothing."""
    raise Retryable("the bus is away")


def watch(ingest: Ingest, folder: Path, toml: str) -> None:
    """Watch other sources."""
    (folder / "sources.toml").write_text(toml, encoding="utf-8")
    ingest.watcher.catalog.refresh()


def source_of(ingest: Ingest) -> Source:
    return next(iter(ingest.watcher.catalog.sources.values()))


async def poll(ingest: Ingest) -> dict[str, str]:
    """Poll the one source; the outcome of each document that was tried, by its title."""
    answer = await ingest.desk.poll(source_of(ingest))
    return {document["name"]: document["outcome"] for document in answer["documents"]}


async def next_look(ingest: Ingest) -> datetime:
    (row,) = await ingest.desk.overview()
    return datetime.fromisoformat(row["next_poll"])


async def alarms(ingest: Ingest) -> set[str]:
    return {alarm["kind"] for row in await ingest.desk.overview() for alarm in row["alarms"]}


async def test_what_a_new_source_holds_is_history_and_what_it_adds_is_news(
    tmp_path: Path, watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    watch(watching, tmp_path, LIST.format(url=site.address).replace('history = "live"', ""))
    site.pages["/gzbg/"] = site.list_page(("/a/2", "2023年工作报告")).replace("2025-01-10", "2024-01-10")
    await poll(watching)
    site.pages["/gzbg/"] = site.list_page(("/a/1", "2024年工作报告"), ("/a/2", "2023年工作报告"))
    clock.forward(hours=1)
    await poll(watching)

    assert [event["title"] for event in await events(bus, RAW + ".backfill")] == ["2023年工作报告"]
    assert "2024年工作报告" in [event["title"] for event in await events(bus)]


async def test_each_document_is_fetched_once(watching: Ingest, site: Site, clock: StoppedClock) -> None:
    for _ in range(4):
        await poll(watching)
        clock.forward(hours=1)

    assert (site.asked["/a/1"], site.asked["/a/2"]) == (1, 1)


async def test_failed_document_is_tried_again_alone(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    site.pages["/a/1"] = Response("oops", 500)
    first = await poll(watching)
    site.pages["/a/1"] = article("临江县人民法院2024年工作报告", 3216, 881, 407)
    clock.forward(hours=1)

    second = await poll(watching)

    assert first == {"2024年工作报告": "later", "2023年工作报告": "accepted"}
    assert second == {"2024年工作报告": "accepted"}
    assert len(await events(bus)) == 2


async def test_what_was_listed_before_a_crash_is_taken_after_it_though_the_list_is_unchanged(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    page = Response(site.pages["/gzbg/"], media_type="text/html", headers={"etag": '"1"'})
    site.pages["/gzbg/"] = lambda asked: Response(status_code=304) if "if-none-match" in asked.headers else page
    await watching.watcher.look(source_of(watching))
    watching.close()

    again = await open_ingest(watching.settings, bus=bus, blobs=watching.blobs, clock=clock, read=read_here)
    clock.forward(hours=1)
    assert set((await poll(again)).values()) == {"accepted"}
    again.close()

    assert (site.asked["/gzbg/"], len(await events(bus))) == (2, 2)


@pytest.mark.parametrize("lie", [FIREWALL, CHROME, "", "<html><body><ul></ul></body></html>"])
async def test_lying_list_is_a_failure_and_never_news(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock, lie: str
) -> None:
    await poll(watching)
    await events(bus)
    truth, site.pages["/gzbg/"] = site.pages["/gzbg/"], lie

    for _ in range(3):
        clock.forward(hours=1)
        assert await poll(watching) == {}

    assert await events(bus) == []
    assert "failing" in await alarms(watching)
    site.pages["/gzbg/"] = truth
    await poll(watching)
    assert await alarms(watching) == set()


@pytest.mark.parametrize("lie", [FIREWALL, CHROME])
async def test_lying_document_is_not_published(watching: Ingest, site: Site, bus: Bus, lie: str) -> None:
    site.pages["/a/1"] = lie

    assert (await poll(watching))["2024年工作报告"] == "later"

    assert [event["title"] for event in await events(bus)] == ["2023年工作报告"]


@pytest.mark.parametrize("inward", ["http://10.0.0.7/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"])
async def test_redirect_inward_is_refused_and_listed(watching: Ingest, site: Site, bus: Bus, inward: str) -> None:
    site.pages["/a/1"] = RedirectResponse(inward)

    assert (await poll(watching))["2024年工作报告"] == "failed"

    (letter,) = await events(bus, DEAD_LETTERS)
    assert "not a public address" in letter["reason"]


async def test_three_days_of_outage_end_without_a_human(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    await poll(watching)
    await events(bus)
    site.down, since, before = True, clock.now, site.asked.total()
    while (clock.now - since).days < 3:
        clock.now = max(await next_look(watching), clock.now)
        await watching.watcher.look(source_of(watching))
    site.down = False
    site.pages["/gzbg/"] = site.list_page(("/a/3", "2025年工作报告"))
    site.pages["/a/3"] = article("临江县人民法院2025年工作报告", 3300, 890, 411)

    clock.now = max(await next_look(watching), clock.now)
    await poll(watching)

    assert [event["title"] for event in await events(bus)] == ["2025年工作报告"]
    assert site.asked.total() - before < 25


async def test_lying_304_is_found_out(watching: Ingest, site: Site, bus: Bus, clock: StoppedClock) -> None:
    validators = {"etag": '"always the same"'}
    site.pages["/gzbg/"] = Response(site.pages["/gzbg/"], media_type="text/html", headers=validators)
    await poll(watching)
    await events(bus)
    news = Response(site.list_page(("/a/3", "2025年工作报告")), media_type="text/html", headers=validators)
    site.pages["/a/3"] = article("临江县人民法院2025年工作报告", 3300, 890, 411)
    site.pages["/gzbg/"] = lambda asked: Response(status_code=304) if "if-none-match" in asked.headers else news

    for _ in range(10):
        clock.forward(hours=1)
        await poll(watching)

    assert [event["title"] for event in await events(bus)] == ["2025年工作报告"]


async def test_vanished_document_is_withdrawn_only_when_confirmed(
    tmp_path: Path, watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    watch(watching, tmp_path, f'[[source]]\nname = "数据"\nkind = "page"\nurl = "{site.url("/a/1")}"\n')
    await poll(watching)
    del site.pages["/a/1"]
    clock.forward(hours=1)
    await poll(watching)
    before = [event["state"] for event in await events(bus)]

    clock.forward(hours=25)
    await poll(watching)

    assert before == ["present"]
    assert [event["state"] for event in await events(bus)] == ["withdrawn"]


async def test_vanished_document_waits_its_turn_while_its_withdrawal_cannot_be_told(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(watching, watching.settings.data_dir, PAGE.format(url=site.url("/a/1")))
    await poll(watching)
    del site.pages["/a/1"]
    clock.forward(hours=1)
    await poll(watching)
    clock.forward(hours=25)

    with monkeypatch.context() as broken:
        broken.setattr(bus, "publish", away)
        outcomes = [await poll(watching)]
    clock.forward(hours=1)
    outcomes.append(await poll(watching))

    assert [list(outcome.values()) for outcome in outcomes] == [["later"], ["withdrawn"]]
    assert [event["state"] for event in await events(bus)] == ["present", "withdrawn"]


@pytest.mark.parametrize("weeks", [0, 1])
async def test_refused_document_waits_its_turn_while_its_dead_letter_cannot_be_kept(
    watching: Ingest, site: Site, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch, weeks: int
) -> None:
    if weeks:
        site.pages["/a/1"] = Response("oops", 500)
        await poll(watching)
        clock.forward(days=8)
    else:
        site.pages["/a/1"] = RedirectResponse("http://10.0.0.7/")

    with monkeypatch.context() as broken:
        broken.setattr(watching.bus, "publish", away)
        outcomes = [await poll(watching)]
    clock.forward(hours=1)
    outcomes.append(await poll(watching))

    assert [outcome["2024年工作报告"] for outcome in outcomes] == ["later", "failed"]
    assert len(await events(watching.bus, DEAD_LETTERS)) == 1


async def test_page_whose_counter_turns_is_unchanged_and_one_whose_figure_does_is_not(
    tmp_path: Path, watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    page = article("司法数据发布", 3216, 881, 407)
    site.pages["/a/1"] = page.replace("<h1>", "<p>浏览次数：1024</p><h1>")
    watch(watching, tmp_path, f'[[source]]\nname = "数据"\nkind = "page"\nurl = "{site.url("/a/1")}"\n')
    outcomes = [await poll(watching)]
    for shown in (page.replace("<h1>", "<p>浏览次数：1031</p><h1>"), page.replace("3216", "3217")):
        site.pages["/a/1"] = shown
        clock.forward(hours=1)
        outcomes.append(await poll(watching))

    assert [list(outcome.values()) for outcome in outcomes] == [["accepted"], ["unchanged"], ["changed"]]
    assert len(await events(bus)) == 2


async def test_version_that_could_not_be_read_is_not_taken_for_unchanged_later(
    watching: Ingest, site: Site, clock: StoppedClock
) -> None:
    await poll(watching)
    broken = Response(b"%PDF-1.4 cut", media_type="application/pdf", headers={"etag": '"2"'})
    site.pages["/a/1"] = lambda asked: Response(status_code=304) if "if-none-match" in asked.headers else broken
    outcomes = []
    for title in ("2024年工作报告（更正）", "2024年工作报告（再更正）"):
        site.pages["/gzbg/"] = site.list_page(("/a/1", title), ("/a/2", "2023年工作报告"))
        clock.forward(hours=1)
        outcomes.append(await poll(watching))

    assert [list(outcome.values()) for outcome in outcomes] == [["failed"], ["failed"]]


async def test_document_given_up_is_fetched_again_when_its_dead_letter_is_retried(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    truth, site.pages["/a/1"] = site.pages["/a/1"], RedirectResponse("http://10.0.0.7/")
    await poll(watching)
    (letter,) = await events(bus, DEAD_LETTERS)
    site.pages["/a/1"] = truth

    clock.forward(minutes=1)
    await watching.retry(Message(topic=letter["topic"], key=letter["key"], value=base64.b64decode(letter["value"])))

    assert await poll(watching) == {"2024年工作报告": "accepted"}


async def test_document_whose_retry_succeeds_counts_as_failed_no_more(
    watching: Ingest, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def blind(_: bytes, __: str) -> ParsedDocument:
        raise Poison("no reader for it")

    with monkeypatch.context() as before:
        before.setattr(watching.intake, "_read", blind)
        await poll(watching)
    (failed,) = await watching.desk.overview()
    for letter in await events(bus, DEAD_LETTERS):
        await watching.retry(Message(topic=letter["topic"], key=letter["key"], value=base64.b64decode(letter["value"])))

    (mended,) = await watching.desk.overview()
    assert (failed["documents"], mended["documents"]) == ({"failed": 2}, {"stored": 2})


async def test_sitemaps_left_out_are_told(watching: Ingest, site: Site, tmp_path: Path) -> None:
    index = "".join(f"<sitemap><loc>/map{n}.xml</loc></sitemap>" for n in range(3))
    site.pages["/sitemap.xml"] = Response(f"<sitemapindex {SPACE}>{index}</sitemapindex>")
    for n in range(3):
        site.pages[f"/map{n}.xml"] = Response(f"<urlset {SPACE}><url><loc>/a/{n % 2 + 1}</loc></url></urlset>")
    told = []
    for maps in (2, 4):
        watch(watching, tmp_path, SITEMAP.format(url=site.address, maps=maps))
        await watching.watcher.look(source_of(watching))
        told += [row["reason"] for row in await watching.desk.overview()]

    assert told == ["2 sitemaps or more were not read; raise maps = 2 to have them", None]
