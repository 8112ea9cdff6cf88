"""Servers that tests ask for by name; each is started once per run, when the first test needs it."""

from collections.abc import Iterator

import pytest

from deploy.kafka.broker import Broker
from tests.infra.servers import kafka_broker, postgres_server


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
def postgres_url() -> Iterator[str]:
    """The run's PostgreSQL as SHUSHUO_DATABASE_URL takes it."""
    with postgres_server() as server:
        yield server.url()
