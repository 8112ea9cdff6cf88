"""Events to messages and back: CloudEvents 1.0 in binary mode (``ce_*`` headers, JSON value)."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ValidationError

from shushuo_shared.bus import Message
from shushuo_shared.errors import Poison
from shushuo_shared.ids import event_id
from shushuo_shared.topics import EVENT_TYPES, Lane, lane_of, topic_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event and its envelope; ``subject`` is the report id, which is also the message key."""

    type: str
    id: str
    source: str
    subject: str
    time: datetime
    data: BaseModel
    lane: Lane = "live"


def make_event(  # the one place that names events
    event_type: str, data: BaseModel, *, service: str, subject: str, parts: tuple[str, ...], time: datetime, lane: Lane
) -> Event:
    """Build an event whose id depends only on its type, subject and ``parts``."""
    return Event(
        type=event_type,
        id=event_id(event_type, subject, *parts),
        source=f"urn:shushuo:{service}",
        subject=subject,
        time=time,
        data=data,
        lane=lane,
    )


def encode(event: Event) -> Message:
    """The message that carries the event."""
    headers = {
        "ce_specversion": "1.0",
        "ce_id": event.id,
        "ce_type": event.type,
        "ce_source": event.source,
        "ce_subject": event.subject,
        "ce_time": event.time.isoformat(),
        "content-type": "application/json",
    }
    value = event.data.model_dump_json(by_alias=True).encode()
    return Message(topic=topic_of(event.type, event.lane), key=event.subject, value=value, headers=headers)


def decode(message: Message) -> Event:
    """The event in a message; Poison with the reason when it is none that this release knows."""
    headers = message.headers
    missing = [name for name in ("ce_id", "ce_type", "ce_source", "ce_subject", "ce_time") if name not in headers]
    if missing:
        raise Poison(f"not a CloudEvent: header {', '.join(missing)} missing")
    known = EVENT_TYPES.get(headers["ce_type"])
    if known is None:
        raise Poison(f"unknown event type {headers['ce_type']!r}; known are {', '.join(EVENT_TYPES)}")
    try:
        data = known.model.model_validate_json(message.value)
        time = datetime.fromisoformat(headers["ce_time"])
    except ValidationError as e:
        where = "; ".join(f"{'.'.join(map(str, p['loc'])) or 'value'}: {p['msg']}" for p in e.errors()[:5])
        raise Poison(f"{headers['ce_type']} does not fit its schema: {where}") from e
    except ValueError as e:
        raise Poison(f"ce_time {headers['ce_time']!r} is no ISO 8601 time") from e
    return Event(
        type=headers["ce_type"],
        id=headers["ce_id"],
        source=headers["ce_source"],
        subject=headers["ce_subject"],
        time=time,
        data=data,
        lane=lane_of(message.topic),
    )
