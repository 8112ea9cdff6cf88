"""The one table of topics: which event travels where, and what its data is."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from shushuo_shared.events import DeadLetter, ExtractedEvent, PublishedEvent, RawReport

Lane = Literal["live", "backfill"]

RAW = "shushuo.reports.raw"
EXTRACTED = "shushuo.reports.extracted"
PUBLISHED = "shushuo.reports.published"
DEAD_LETTERS = "shushuo.dead-letters"
RETRIES = "shushuo.documents.retry"
BACKFILL = ".backfill"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """An event type's topic and the model of its data."""

    topic: str
    model: type[BaseModel]


EVENT_TYPES: dict[str, EventType] = {
    "report.raw": EventType(topic=RAW, model=RawReport),
    "report.extracted": EventType(topic=EXTRACTED, model=ExtractedEvent),
    "report.published": EventType(topic=PUBLISHED, model=PublishedEvent),
    "report.updated": EventType(topic=PUBLISHED, model=PublishedEvent),
    "report.withdrawn": EventType(topic=PUBLISHED, model=PublishedEvent),
    "dead-letter": EventType(topic=DEAD_LETTERS, model=DeadLetter),
}

TOPICS: tuple[str, ...] = (
    RAW,
    RAW + BACKFILL,
    EXTRACTED,
    EXTRACTED + BACKFILL,
    PUBLISHED,
    DEAD_LETTERS,
    RETRIES,
)


def topic_of(event_type: str, lane: Lane) -> str:
    """The topic an event of this type travels on; only raw and extracted reports have a back-fill lane."""
    topic = EVENT_TYPES[event_type].topic
    return topic + BACKFILL if lane == "backfill" and topic in (RAW, EXTRACTED) else topic


def lane_of(topic: str) -> Lane:
    """The lane a message arrived on; what is made of it stays on the same one."""
    return "backfill" if topic.endswith(BACKFILL) else "live"
