"""Servers that tests ask for by name; each is started once per run, when the first test needs it."""

import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from deploy.kafka.broker import Broker
from deploy.postgres import Postgres
from shushuo_shared.bus import Bus
from tests.infra.buses import Transport
from tests.infra.servers import kafka_broker, postgres_server

KINDS = ["embedded", pytest.param("kafka", marks=pytest.mark.kafka), pytest.param("faust", marks=pytest.mark.kafka)]


@pytest.fixture(scope="session")
def kafka() -> Iterator[Broker]:
    """The run's Kafka broker."""
    with kafka_broker() as broker:
        yield broker


@pytest.fixture(scope="session")
def kafka_url(kafka: Broker) -> str:
    """The run's broker as SHUSHUO_BUS_URL takes it."""
    return f"kafka://{kafka.address}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The run's PostgreSQL."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> str:
    """The run's PostgreSQL as SHUSHUO_DATABASE_URL takes it."""
    return postgres.url()


@pytest.fixture
def new_database(postgres: Postgres) -> Callable[[], str]:
    """Makes an empty database and gives its address."""

    def make() -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        postgres.create_database(name)
        return postgres.url(name)

    return make


@pytest.fixture(params=KINDS)
def transport(request: pytest.FixtureRequest, tmp_path: Path) -> Transport:
    """Each way to consume, with a topic of the test's own."""
    if request.param == "embedded":
        return Transport("embedded", f"sqlite:///{tmp_path}/bus.sqlite")
    return Transport(request.param, request.getfixturevalue("kafka_url"))


@pytest.fixture
async def bus(transport: Transport) -> AsyncIterator[Bus]:
    """A client of the transport."""
    opened = await transport.open()
    yield opened
    await opened.close()
