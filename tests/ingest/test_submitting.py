"""Handing documents in from the command line's side: over real HTTP, one outcome for each."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from shushuo_ingest.app import Ingest, open_ingest
from shushuo_ingest.client import check_source, list_sources, poll_source, submit
from shushuo_ingest.http import create_site
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus
from shushuo_shared.errors import ConfigError, Retryable
from shushuo_shared.serving import serve
from shushuo_shared.topics import DEAD_LETTERS
from tests.ingest.kit import events
from tests.ingest.site import Site, a_site, article, until_open


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with a_site() as opened:
        opened.pages["/a/1"] = article("临江县人民法院2024年工作报告", 3216, 881, 407)
        opened.pages["/gzbg/"] = opened.list_page(("/a/1", "2024年工作报告"), ("/a/2", "2023年工作报告"))
        yield opened


@pytest.fixture
async def url(tmp_path: Path, bus: Bus, site: Site) -> AsyncIterator[str]:
    """Where a real ingest listens; it watches one list page of the site."""
    file = tmp_path / "sources.toml"
    file.write_text(
        f'[[source]]\nname = "法院"\nkind = "list"\nurl = "{site.url("/gzbg/")}"\nitems = "li"\nhistory = "live"\n',
        encoding="utf-8",
    )
    settings = IngestSettings(
        data_dir=tmp_path, admin_token=SecretStr("t"), sources=file, fetch_allow_hosts="127.0.0.1", fetch_gap_seconds=0
    )
    ingest = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url))
    async with serving(ingest) as address:
        yield address
    ingest.close()


class serving:  # noqa: N801 - reads as a verb
    """Serve ingest's interface on a free port."""

    def __init__(self, ingest: Ingest) -> None:
        self._ingest, self._stop = ingest, asyncio.Event()

    async def __aenter__(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        site = create_site(self._ingest)
        self._task = asyncio.create_task(serve(site, host="127.0.0.1", port=port, port_setting="-", stop=self._stop))
        await until_open(port)
        return f"http://127.0.0.1:{port}"

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        await self._task


async def handed_in(url: str, *items: str) -> dict[str, str]:
    done = await asyncio.to_thread(lambda: list(submit(items, base_url=url, token="t")))
    return {one.name: one.outcome for one in done}


async def test_folders_files_and_files_of_one_name_are_told_apart(url: str, tmp_path: Path) -> None:
    for court, number in (("临江", 3098), ("云溪", 2764)):
        folder = tmp_path / "in" / court
        folder.mkdir(parents=True)
        (folder / "报告.txt").write_text(f"{court}县人民法院审结案件{number}件。", encoding="utf-8")
    (tmp_path / "in" / "通报.txt").write_text("一季度审结案件731件。", encoding="utf-8")

    done = await handed_in(url, str(tmp_path / "in"))

    assert set(done.values()) == {"accepted"}
    assert [name for name in done if name.endswith("报告.txt")] == [
        (tmp_path / "in" / court / "报告.txt").as_posix() for court in ("临江", "云溪")
    ]


async def test_address_is_fetched_and_taken_in(url: str, site: Site, bus: Bus) -> None:
    assert await handed_in(url, site.url("/a/1")) == {"1": "accepted"}

    (event,) = await events(bus)
    assert event["source"]["address"] == site.url("/a/1")
    assert "全年受理第1类案件3216件" in event["text"]


async def test_what_cannot_be_fetched_is_told(url: str, site: Site) -> None:
    done = await asyncio.to_thread(
        lambda: list(submit([site.url("/none"), "http://10.0.0.1/"], base_url=url, token="t"))
    )

    assert [one.outcome for one in done] == ["failed", "failed"]
    assert "404" in (done[0].reason or "")
    assert "not a public address" in (done[1].reason or "")


async def test_missing_file_wrong_token_and_absent_ingest_are_told_apart(url: str) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        await handed_in(url, "/nowhere/报告.txt")
    with pytest.raises(ConfigError, match="refused the token"):
        await asyncio.to_thread(lambda: list_sources(base_url=url, token="wrong"))
    with pytest.raises(Retryable, match="no ingest answers"):
        await asyncio.to_thread(lambda: list_sources(base_url="http://127.0.0.1:9", token="t"))


async def test_dry_run_shows_what_would_be_found_and_emits_nothing(url: str, bus: Bus) -> None:
    shown = await asyncio.to_thread(lambda: check_source("法院", base_url=url, token="t"))

    first, second = shown["documents"]
    assert (first["title"], "3216" in first["excerpt"]) == ("2024年工作报告", True)
    assert "404" in second["problem"]
    assert await events(bus) == await events(bus, DEAD_LETTERS) == []


async def test_poll_tells_the_outcome_of_each_document(url: str) -> None:
    polled = await asyncio.to_thread(lambda: poll_source("法院", base_url=url, token="t"))

    told = {document["name"]: (document["outcome"], document["reason"]) for document in polled["documents"]}
    assert told["2024年工作报告"] == ("accepted", None)
    assert told["2023年工作报告"][0] == "later"
    assert "404" in told["2023年工作报告"][1]


async def test_unknown_source_is_told_with_those_known(url: str) -> None:
    with pytest.raises(ConfigError, match="watched are: 法院"):
        await asyncio.to_thread(lambda: poll_source("法苑", base_url=url, token="t"))
