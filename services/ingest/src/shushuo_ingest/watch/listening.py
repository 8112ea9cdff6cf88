"""Sources that can say that they changed (a local folder) are looked at then, rather than when they are next due."""

import asyncio
from collections.abc import Callable, Mapping

from shushuo_ingest.sources import Source
from shushuo_ingest.watch.leases import BEAT


async def listen(
    sources: Callable[[], Mapping[str, Source]], look: Callable[[Source], object], stop: asyncio.Event
) -> None:
    """Listen to all sources until ``stop``, following the sources file as it changes."""
    ears: dict[str, tuple[Source, asyncio.Task[None]]] = {}
    try:
        while not stop.is_set():
            now = sources()
            for name, (source, ear) in list(ears.items()):
                if now.get(name) is not source:
                    ear.cancel()
                    del ears[name]
            for name in now.keys() - ears.keys():
                ears[name] = (now[name], asyncio.create_task(_hear(now[name], look, stop)))
            try:
                await asyncio.wait_for(stop.wait(), BEAT.total_seconds())
            except TimeoutError:
                continue
    finally:
        for _, ear in ears.values():
            ear.cancel()
        await asyncio.gather(*(ear for _, ear in ears.values()), return_exceptions=True)


async def _hear(source: Source, look: Callable[[Source], object], stop: asyncio.Event) -> None:
    async for _ in source.stirs(stop):
        look(source)
    await stop.wait()
