"""What the tests of ingest look at and how."""

import asyncio

from shushuo_shared.bus import Bus, Message


async def messages(bus: Bus, topic: str) -> list[Message]:
    """What came on the topic since the last call."""
    found: list[Message] = []
    stop = asyncio.Event()
    waiting = await bus.lag(topic, "test")

    async def take(message: Message) -> None:
        found.append(message)
        if len(found) == waiting:
            stop.set()

    if waiting:
        await bus.consume(topic, "test", take, stop=stop)
    return found
