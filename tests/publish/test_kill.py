"""Killed at any moment, publish loses nothing: every report is told to the bus and to every endpoint at least once."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sqlmodel import func, select

from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.models import Figure, Report
from shushuo_publish.store.session import Store
from shushuo_publish.webhooks import endpoints
from shushuo_shared.bus import Bus, Message, open_bus
from shushuo_shared.codec import encode
from shushuo_shared.topics import PUBLISHED
from tests.publish.kit import NOON, extracted, report
from tests.publish.receiver import Received, Reply, receiving

REPORTS = 60
KILLS = 4


class Process:
    """The publish service as a process that is killed and started again."""

    def __init__(self, folder: Path, database_url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._environment = os.environ | {
            "SHUSHUO_DATA_DIR": str(folder),
            "SHUSHUO_DATABASE_URL": database_url,
            "SHUSHUO_PORT": str(port),
            "SHUSHUO_WEBHOOK_ALLOW_PRIVATE": "1",
        }
        self._log = (folder / "publish.log").open("wb")
        self.start()

    def start(self) -> None:
        """Start it."""
        command = [sys.executable, "-m", "shushuo_publish"]
        self._process = subprocess.Popen(command, env=self._environment, stderr=self._log)

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        self._process.kill()
        self._process.wait()

    def end(self) -> int:
        """SIGTERM; its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30)


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is awaited happens in another process
            await asyncio.sleep(0.02)


async def _told(bus: Bus) -> list[str]:
    """The ids of the events on the published topic."""
    ids: list[str] = []
    stop = asyncio.Event()

    async def note(message: Message) -> None:
        ids.append(message.headers["ce_id"])
        if len(set(ids)) == REPORTS:
            stop.set()

    await asyncio.wait_for(bus.consume(PUBLISHED, "test", note, stop=stop), 30)
    return ids


async def test_nothing_is_lost_however_often_it_is_killed(database_url: str, tmp_path: Path) -> None:
    async def slowly(_: Received) -> Reply:
        await asyncio.sleep(0.05)
        return 200, {}, b""

    store = Store(open_engine(database_url))
    bus = await open_bus(f"sqlite:///{tmp_path}/bus.sqlite", service="test")
    async with receiving() as first, receiving() as second:
        first.answer = second.answer = slowly
        with store.writing() as session:
            for receiver in (first, second):
                endpoints.create(
                    session, url=receiver.url, event_types=[], filters={}, payload="full", description="", now=NOON
                )
        process = Process(tmp_path, database_url)
        for n in range(REPORTS):
            await bus.publish(encode(extracted(report(f"r{n}"))))
        for n in range(KILLS):
            expected = (n + 1) * REPORTS // (2 * KILLS)
            await _until(lambda enough=expected: len(first.got) >= enough, 60)  # type: ignore[misc]
            await asyncio.sleep(random.uniform(0, 0.2))
            await asyncio.to_thread(process.kill)
            process.start()
        everything = 2 * REPORTS  # a report and its highlight
        await _until(lambda: all(len({got.id for got in r.got}) == everything for r in (first, second)), 120)
        assert await asyncio.to_thread(process.end) == 0
    ids = await _told(bus)
    assert len(set(ids)) == REPORTS, "each change is on the bus under one id, however often it was sent"
    with store.reading() as session:
        assert session.exec(select(func.count()).select_from(Report)).one() == REPORTS
        assert session.exec(select(func.count()).select_from(Figure)).one() == 2 * REPORTS
    await bus.close()
    store.engine.dispose()
