"""Stores and services for tests of publish: every test that asks for one runs on SQLite and on PostgreSQL."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from shushuo_publish.app import Publish, create_api, open_publish
from shushuo_publish.settings import PublishSettings
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.outgoing import Endpoint
from shushuo_publish.store.session import Store
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus, open_bus
from tests.publish.desk import Desk
from tests.publish.kit import NOON, Clock
from tests.publish.post import Post, opened_post
from tests.publish.receiver import Receiver, receiving


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once."""
    path = tmp_path_factory.mktemp("template") / "store.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The name of a database that holds an empty store, made once."""
    name = f"template_{uuid.uuid4().hex[:12]}"
    _admin(postgres_url, f"CREATE DATABASE {name}")
    upgrade(_named(postgres_url, name))
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh store's URL, once on each database."""
    if request.param == "sqlite":
        path = tmp_path / "store.sqlite"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        yield f"sqlite:///{path}"
        return
    url, template = request.getfixturevalue("postgres_url"), request.getfixturevalue("postgres_template")
    name = f"test_{uuid.uuid4().hex[:12]}"
    _admin(url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(url, name)
    _admin(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    yield Store(engine)
    engine.dispose()


@pytest.fixture
def desk(store: Store) -> Desk:
    """A store with one endpoint that hears everything."""
    with store.writing() as session:
        session.add(Endpoint(id="ep1", url="https://x.example/", secret="whsec_x", created_at=NOON))
    return Desk(store)


@pytest.fixture
async def bus(tmp_path: Path) -> AsyncIterator[Bus]:
    opened = await open_bus(f"sqlite:///{tmp_path}/bus.sqlite", service="test")
    yield opened
    await opened.close()


@pytest.fixture
async def service(database_url: str, tmp_path: Path, bus: Bus, clock: Clock) -> AsyncIterator[Publish]:
    settings = PublishSettings(
        data_dir=tmp_path,
        database_url=database_url,
        admin_token=SecretStr("t0ken"),
        webhook_allow_private=True,
        _env_file=None,
    )
    made = await open_publish(settings, bus=bus, blobs=open_blobs(f"file://{tmp_path}/blobs"), clock=clock)
    yield made
    made.close()


@pytest.fixture
async def api(service: Publish) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_api(service))
    headers = {"authorization": "Bearer t0ken"}
    async with httpx.AsyncClient(transport=transport, base_url="http://s.example/api/v1", headers=headers) as client:
        yield client


@pytest.fixture
async def running(service: Publish) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(service.run(stop))
    yield
    stop.set()
    await task


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made


@pytest.fixture
async def post(store: Store, clock: Clock) -> AsyncIterator[Post]:
    """A store and a deliverer that gives each attempt a second."""
    async with opened_post(store, clock, 1.0) as made:
        yield made


def _named(url: str, database: str) -> str:
    return url.rsplit("/", 1)[0] + "/" + database


def _admin(url: str, statement: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
