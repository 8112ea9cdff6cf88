"""Publishes numbers, printing each when it is accepted, until killed: ``python -m tests.infra.publisher URL TOPIC``."""

import asyncio
import sys

from shushuo_shared.bus import Message, open_bus


async def main(url: str, topic: str) -> None:
    """Publish until killed."""
    bus = await open_bus(url, service="test")
    for n in range(1_000_000):
        await bus.publish(Message(topic=topic, key=f"k{n % 5}", value=str(n).encode()))
        print(n, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
