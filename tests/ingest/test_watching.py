"""A site that changes, fails, lies and comes back, and what ingest makes of its lists."""

import pytest
from starlette.responses import Response

from shushuo_ingest.app import Ingest, open_ingest
from shushuo_shared.bus import Bus
from shushuo_shared.topics import RAW
from tests.ingest.kit import StoppedClock, events, read_here
from tests.ingest.site import Site, article
from tests.ingest.watched import CHROME, FIREWALL, LIST, alarms, next_look, poll, source_of, watch

SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
SITEMAP = """
[[source]]
name = "地图"
kind = "sitemap"
url = "{url}/sitemap.xml"
match = "/a/"
maps = {maps}
"""


async def test_what_a_new_source_holds_is_history_and_what_it_adds_is_news(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    watch(watching, LIST.format(url=site.address).replace('history = "live"', ""))
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


async def test_sitemaps_left_out_are_told(watching: Ingest, site: Site) -> None:
    index = "".join(f"<sitemap><loc>/map{n}.xml</loc></sitemap>" for n in range(3))
    site.pages["/sitemap.xml"] = Response(f"<sitemapindex {SPACE}>{index}</sitemapindex>")
    for n in range(3):
        site.pages[f"/map{n}.xml"] = Response(f"<urlset {SPACE}><url><loc>/a/{n % 2 + 1}</loc></url></urlset>")
    told = []
    for maps in (2, 4):
        watch(watching, SITEMAP.format(url=site.address, maps=maps))
        await watching.watcher.look(source_of(watching))
        told += [row["reason"] for row in await watching.desk.overview()]

    assert told == ["2 sitemaps or more were not read; raise maps = 2 to have them", None]
