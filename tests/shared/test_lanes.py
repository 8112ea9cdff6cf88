"""History never delays news."""

import asyncio

from shushuo_shared.bus import Message, Process
from shushuo_shared.lanes import run_lanes


async def test_history_waits_while_news_is_in_hand() -> None:
    order: list[str] = []
    news_taken = asyncio.Event()

    async def process(message: Message) -> None:
        if message.key == "news":
            news_taken.set()
            await asyncio.sleep(0.05)
        order.append(message.key)

    async def consume(topic: str, group: str, process: Process, *, stop: asyncio.Event, parallel: int = 1) -> None:
        if topic.endswith(".backfill"):
            await news_taken.wait()
            await process(Message(topic=topic, key="history", value=b""))
        else:
            await process(Message(topic=topic, key="news", value=b""))

    await run_lanes(process, consume, "reports", "g", stop=asyncio.Event())
    assert order == ["news", "history"]
