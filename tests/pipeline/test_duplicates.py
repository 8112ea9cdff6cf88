"""Every event delivered a second time, on both ways to run: store, feeds and webhooks stay as they are."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shushuo_shared.bus import Message, open_bus
from shushuo_shared.topics import EXTRACTED, RAW
from tests.pipeline.documents import write_reports
from tests.pipeline.receiver import Receiver
from tests.pipeline.system import PATIENCE, System


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=[pytest.mark.kafka, pytest.mark.postgres])])
def system(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[System]:
    if request.param == "embedded":
        made = System.embedded(tmp_path / "system")
    else:
        database = request.getfixturevalue("new_database")()
        made = System.on_kafka(tmp_path / "system", request.getfixturevalue("kafka_url"), database)
    with made as running:
        yield running


async def deliver_again(bus_url: str, topic: str, keys: set[str]) -> int:
    """Publish every message of these reports on the topic once more; how many."""
    bus, stop = await open_bus(bus_url, service="test"), asyncio.Event()
    seen: list[Message] = []

    async def remember(message: Message) -> None:
        if message.key in keys:
            seen.append(message)
        if {m.key for m in seen} == keys:
            stop.set()

    await asyncio.wait_for(bus.consume(topic, f"again-{time.time_ns()}", remember, stop=stop), PATIENCE)
    for message in seen:
        await bus.publish(message)
    await bus.close()
    return len(seen)


def test_a_second_delivery_changes_nothing_anywhere(system: System, tmp_path: Path) -> None:
    with Receiver() as receiver:
        receiver.secret = system.json("webhooks", "add", receiver.url)["secret"]
        files = write_reports(tmp_path / "files", 4)
        ids = {a["report_id"] for a in system.json("submit", *map(str, files))}
        system.wait_for(lambda: ids <= receiver.of_type("report.published").keys(), "the webhooks")
        system.wait_for(system.settled, "everything to have gone all the way")
        before = (system.get("/feeds/reports.rss").headers["etag"], len(receiver.received))
        bus_url = system.environment.get("SHUSHUO_BUS_URL", f"sqlite:///{system.folder}/data/bus.sqlite")
        again = [asyncio.run(deliver_again(bus_url, topic, ids)) for topic in (RAW, EXTRACTED)]
        assert min(again) >= len(ids)
        system.wait_for(system.settled, "the second deliveries to have gone all the way")
        assert (system.get("/feeds/reports.rss").headers["etag"], len(receiver.received)) == before
