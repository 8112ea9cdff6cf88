"""What an operator is told of a silent source, and the dead-man's call that stops with it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from pydantic import HttpUrl, SecretStr
from structlog.testing import capture_logs

from shushuo_ingest.app import Ingest, open_ingest
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus
from tests.ingest.kit import StoppedClock, read_here
from tests.ingest.site import Site, a_site, article

PAGE = '[[source]]\nname = "数据"\nkind = "page"\nurl = "{url}"\nevery = "30d"\nexpect_every = "100d"\n'
WHY = "silent: nothing new since 2025-01-20 00:00 UTC; expected at least every 100d"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with a_site() as opened:
        opened.pages |= {"/sfsj": article("司法数据发布", 3216, 881, 407), "/ping": "好"}
        yield opened


@pytest.fixture
async def ingest(tmp_path: Path, bus: Bus, site: Site, clock: StoppedClock) -> AsyncIterator[Ingest]:
    file = tmp_path / "sources.toml"
    file.write_text(PAGE.format(url=site.url("/sfsj")), encoding="utf-8")
    settings = IngestSettings(
        data_dir=tmp_path,
        admin_token=SecretStr("t"),
        sources=file,
        fetch_allow_hosts="127.0.0.1",
        fetch_gap_seconds=0,
        dead_man_url=HttpUrl(site.url("/ping")),
    )
    opened = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url), clock=clock, read=read_here)
    yield opened
    opened.close()


async def told(ingest: Ingest) -> tuple[list[str], list[tuple[Any, ...]], float | None]:
    """After a look at the source: the problems in words, the lines about alarms, and the metric."""
    await ingest.desk.poll(ingest.watcher.catalog.sources["数据"])
    with capture_logs() as lines:
        await ingest.vigil.look_round()
    alarms = [(line["event"], line["source"], line["alarm"]) for line in lines if line["event"].startswith("source")]
    metric = REGISTRY.get_sample_value("shushuo_source_alarm", {"source": "数据", "alarm": "silent"})
    return await ingest.desk.problems(), alarms, metric


async def test_silence_is_told_everywhere_while_it_lasts_and_the_dead_mans_call_stops(
    ingest: Ingest, site: Site, clock: StoppedClock
) -> None:
    assert await told(ingest) == ([], [], None)

    clock.forward(days=101)
    site.pages["/sfsj"] = str(site.pages["/sfsj"]).replace("<h1>", "<p>浏览次数：1031</p><h1>")
    assert await told(ingest) == ([f"source 数据 is in alarm: {WHY}"], [("source alarm", "数据", "silent")], 1)
    assert site.asked["/ping"] == 1

    clock.forward(days=1)
    site.pages["/sfsj"] = article("司法数据发布", 3390, 902, 411)
    assert await told(ingest) == ([], [("source alarm ended", "数据", "silent")], 0)
    assert site.asked["/ping"] == 2


async def test_dead_mans_call_is_made_once_a_minute(ingest: Ingest, site: Site, clock: StoppedClock) -> None:
    await told(ingest)
    for _ in range(8):
        clock.forward(seconds=15)
        await ingest.vigil.look_round()

    assert site.asked["/ping"] == 3


async def test_dead_mans_call_is_not_made_while_nobody_watches(
    ingest: Ingest, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told(ingest)
    before = site.asked["/ping"]
    monkeypatch.setattr(ingest.watcher, "_claimed", 0.0)

    assert not await ingest.vigil.look_round()
    assert "the sources are not watched" in (await ingest.desk.problems())[0]
    assert site.asked["/ping"] == before
