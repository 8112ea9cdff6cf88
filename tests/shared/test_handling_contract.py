"""What handling on a bus promises: nothing that fails is lost, nothing that fails stops the rest, news goes first."""

import asyncio
import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shushuo_shared.bus import Bus, Message
from shushuo_shared.codec import Event, decode, encode
from shushuo_shared.events import DeadLetter
from shushuo_shared.lanes import run_lanes
from shushuo_shared.testing import make_raw_report
from shushuo_shared.topics import BACKFILL, DEAD_LETTERS
from shushuo_shared.worker import Worker
from tests.infra.buses import Consuming, Taker, Transport, settled, until


@dataclass
class Apart:
    """The publishing side of a bus with topics of the test's own."""

    bus: Bus
    topic: str

    async def publish(self, message: Message) -> None:
        await self.bus.publish(replace(message, topic=f"{self.topic}.{message.topic}"))


async def dead_letters(transport: Transport, bus: Bus, count: int) -> list[DeadLetter]:
    """That many dead letters of the test."""
    kept: list[DeadLetter] = []

    async def process(message: Message) -> None:
        data = decode(message).data
        assert isinstance(data, DeadLetter)
        kept.append(data)

    letters = Transport(transport.kind, transport.url, f"{transport.topic}.{DEAD_LETTERS}")
    async with Consuming(letters, bus, process):
        await until(lambda: len(kept) == count)
    return sorted(kept, key=lambda letter: letter.report_id)


async def test_what_cannot_be_handled_goes_to_the_dead_letters_whole_and_the_rest_goes_on(
    transport: Transport, bus: Bus
) -> None:
    handled: list[str] = []

    async def handle(event: Event) -> Sequence[Event]:
        if event.subject == "r-bug":
            raise ZeroDivisionError("a bug")
        handled.append(event.subject)
        return []

    unreadable = Message(topic=transport.topic, key="r-alien", value=b"{", headers={"ce_type": "report.raw"})
    await bus.publish(unreadable)
    for report_id in ("r-bug", "r-good"):
        await bus.publish(replace(encode(make_raw_report(report_id)), topic=transport.topic))
    worker = Worker(service="extract", bus=Apart(bus, transport.topic), handle=handle, stop=asyncio.Event(), pause=0.01)
    async with Consuming(transport, bus, worker):
        await settled(lambda: bus.lag(transport.topic, "group"))

    alien, bug = await dead_letters(transport, bus, 2)
    assert handled == ["r-good"]
    assert (alien.topic, alien.key, base64.b64decode(alien.value)) == (transport.topic, "r-alien", b"{")
    assert alien.attempts == 1
    assert "header ce_id" in alien.reason
    assert (bug.service, bug.attempts, bug.reason) == ("extract", 3, "ZeroDivisionError: a bug")
    assert bug.headers == encode(make_raw_report("r-bug")).headers


async def test_history_fills_in_but_never_delays_news(transport: Transport, bus: Bus) -> None:
    taker = Taker(slowly=0.1)
    history = Transport(transport.kind, transport.url, transport.topic + BACKFILL)
    for n in range(20):
        await history.publish(bus, f"history-{n}", f"history-{n}")
    stop = asyncio.Event()
    lanes = asyncio.create_task(
        run_lanes(taker, transport.consume(bus), transport.topic, "group", stop=stop, parallel=2)
    )
    await until(lambda: len(taker.taken) >= 3)

    for n in range(4):
        await transport.publish(bus, f"news-{n}", f"news-{n}")
    await until(lambda: len(taker.taken) == 24)
    stop.set()
    await lanes

    after_last_news = taker.values[max(i for i, value in enumerate(taker.values) if value.startswith("news")) :]
    assert len(after_last_news) > 5, "news overtook history that was already there"
