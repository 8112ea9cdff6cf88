"""The bus as a port: an embedded log in one SQLite file, or Apache Kafka; a service does not know which.

What every implementation promises (``tests/shared/test_bus_contract.py`` holds them to it):

- ``publish`` returns when the message is durable, and raises otherwise;
- a message is at most ``MAX_MESSAGE_BYTES`` long: a larger one is Poison;
- messages of one key are processed one after another, in the order published;
- a message is acknowledged only after ``process`` returned; a crash before that brings it again (at least once);
- a message is kept for ``RETENTION`` at least;
- groups are independent, members of one group share the work, a new group starts at the oldest message kept;
- when ``stop`` is set, ``consume`` takes no more, finishes what is in hand, acknowledges it and returns.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from shushuo_shared.errors import ConfigError, Poison


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Bytes under a key, with text headers, on a topic."""

    topic: str
    key: str
    value: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


RETENTION = timedelta(days=14)
MAX_MESSAGE_BYTES = 1_000_000  # what a Kafka broker takes by default; larger content travels by reference

Process = Callable[[Message], Awaitable[None]]


def check_size(message: Message) -> None:
    """Raise Poison for a message that no bus takes."""
    size = len(message.value) + sum(len(k.encode()) + len(v.encode()) for k, v in message.headers.items())
    if size > MAX_MESSAGE_BYTES:
        raise Poison(f"message of {size} bytes on {message.topic}; at most {MAX_MESSAGE_BYTES} travel on the bus")


class Bus(Protocol):
    """Durable, ordered per key, at least once. All methods belong to the event loop that opened the bus."""

    async def ensure_topics(self, topics: Sequence[str]) -> None:
        """Create the topics that do not exist yet."""

    async def publish(self, message: Message) -> None:
        """Return when the message is durable; Retryable when it could not be made so, Poison when it never can."""

    async def consume(
        self, topic: str, group: str, process: Process, *, stop: asyncio.Event, parallel: int = 1
    ) -> None:
        """Hand each message to ``process`` until ``stop`` is set; at most ``parallel`` keys in hand at once.

        An exception out of ``process`` leaves its message unacknowledged and ends ``consume`` with that exception.
        """

    async def lag(self, topic: str, group: str) -> int:
        """How many messages of the topic the group has not acknowledged."""

    async def close(self) -> None:
        """Release everything; safe to call twice."""


async def open_bus(url: str, *, service: str) -> Bus:
    """The bus that the URL names: ``sqlite:///path`` or ``kafka://host:port,host:port``."""
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/"):
        from shushuo_shared.bus.embedded import EmbeddedBus

        return await EmbeddedBus.open(rest[1:])
    if scheme == "kafka" and rest:
        from shushuo_shared.bus.kafka import KafkaBus

        return await KafkaBus.open(rest.split(","), client=service)
    raise ConfigError(f"SHUSHUO_BUS_URL is {url!r}; expected sqlite:///path/bus.sqlite or kafka://host:port,host:port")
