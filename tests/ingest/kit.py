"""What the tests of ingest look at and how."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from httpx import AsyncClient
from sqlalchemy import create_engine, text

from shushuo_ingest.database import IngestTable
from shushuo_ingest.documents import ParsedDocument, read_document
from shushuo_shared.bus import Bus, Message
from shushuo_shared.topics import RAW


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


class StoppedClock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2025, 1, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move on: ``forward(hours=3)``."""
        self.now += timedelta(**by)


async def events(bus: Bus, topic: str = RAW) -> list[dict[str, Any]]:
    """The data of the events that came on the topic since the last call."""
    return [json.loads(message.value) for message in await messages(bus, topic)]


async def submit(api: AsyncClient, name: str, data: bytes) -> dict[str, str]:
    """Hand one file in; what ingest answered about it."""
    answer = await api.post("/v1/documents", files=[("files", (name, data))])
    done: dict[str, str] = answer.json()["documents"][0]
    return done


async def read_here(data: bytes, name: str) -> ParsedDocument:
    """Read a document in this process: child processes are proved elsewhere, and slow to start."""
    return await asyncio.to_thread(read_document, data, name)


def empty_postgres(url: str) -> str:
    """The URL, with what an earlier test left in ingest's tables gone."""
    engine = create_engine("postgresql+psycopg:" + url.partition(":")[2])
    with engine.begin() as connection:
        IngestTable.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS ingest_alembic_version"))
    engine.dispose()
    return url
