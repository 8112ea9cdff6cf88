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
from tests.ingest.kit import empty_postgres

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
