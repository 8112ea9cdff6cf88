"""Only the two ways to consume from Kafka here."""

import pytest

from tests.infra.buses import Transport


@pytest.fixture(params=[pytest.param("kafka", marks=pytest.mark.kafka), pytest.param("faust", marks=pytest.mark.kafka)])
def transport(request: pytest.FixtureRequest, kafka_url: str) -> Transport:
    """Each way to consume from Kafka, with a topic of the test's own."""
    return Transport(request.param, kafka_url)
