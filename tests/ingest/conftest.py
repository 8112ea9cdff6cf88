"""Parts that the tests of ingest share: a running service on real parts, in a folder of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from shushuo_ingest.app import Ingest, create_api, open_ingest
from shushuo_ingest.database import Database
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus, open_bus
from tests.ingest.kit import StoppedClock, empty_postgres, read_here
from tests.ingest.site import Site, a_site, article
from tests.ingest.watched import LIST

TOKEN = "test-token"


@pytest.fixture
async def bus(tmp_path: Path) -> AsyncIterator[Bus]:
    opened = await open_bus(f"sqlite:///{tmp_path}/bus.sqlite", service="ingest")
    yield opened
    await opened.close()


@pytest.fixture
async def ingest(tmp_path: Path, bus: Bus) -> AsyncIterator[Ingest]:
    settings = IngestSettings(data_dir=tmp_path, admin_token=SecretStr(TOKEN))
    opened = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url))
    yield opened
    opened.close()


@pytest.fixture
async def api(ingest: Ingest) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(create_api(ingest))
    headers = {"authorization": f"Bearer {TOKEN}"}
    async with AsyncClient(transport=transport, base_url="http://ingest", headers=headers) as client:
        yield client


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database for ingest's tables, of either kind."""
    if request.param == "postgres":
        return empty_postgres(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/tables.sqlite"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Ingest's tables, of either kind."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A court's site whose list has two yearly reports."""
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
    """A running service that watches the site's list."""
    file = tmp_path / "sources.toml"
    file.write_text(LIST.format(url=site.address), encoding="utf-8")
    settings = IngestSettings(
        data_dir=tmp_path, admin_token=SecretStr("t"), sources=file, fetch_allow_hosts="127.0.0.1", fetch_gap_seconds=0
    )
    opened = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url), clock=clock, read=read_here)
    await opened.watcher.claim()
    yield opened
    opened.close()
