"""Builders and small real parts for tests of anything that stands on this package."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shushuo_shared.bus import Message, Process, check_size
from shushuo_shared.codec import Event, make_event
from shushuo_shared.events import RawReport, SourceRef
from shushuo_shared.topics import Lane

MOMENT = datetime(2026, 1, 15, 8, 30, tzinfo=UTC)


@dataclass(slots=True)
class RecordingBus:
    """A Bus that keeps what is published in ``published`` and never delivers anything."""

    published: list[Message] = field(default_factory=list)

    async def ensure_topics(self, topics: Sequence[str]) -> None:
        """Nothing to create."""

    async def publish(self, message: Message) -> None:
        """Keep the message; Poison when it is larger than a bus takes."""
        check_size(message)
        self.published.append(message)

    async def consume(
        self, topic: str, group: str, process: Process, *, stop: asyncio.Event, parallel: int = 1
    ) -> None:
        """Deliver nothing, until ``stop``."""
        await stop.wait()

    async def lag(self, topic: str, group: str) -> int:
        """Count what was published on the topic."""
        return sum(message.topic == topic for message in self.published)

    async def close(self) -> None:
        """Nothing to release."""


def make_raw_report(
    report_id: str = "r-linjiang",
    *,
    text: str = "临江县人民法院新收案件30件。",
    version: str = "v1",
    lane: Lane = "live",
) -> Event:
    """A ``report.raw`` event about an invented court."""
    data = RawReport(
        report_id=report_id,
        version=version,
        source=SourceRef(name="test", kind="file", address=f"{report_id}.txt"),
        text=text,
        fetched_at=MOMENT,
    )
    return make_event("report.raw", data, service="ingest", subject=report_id, parts=(version,), time=MOMENT, lane=lane)
