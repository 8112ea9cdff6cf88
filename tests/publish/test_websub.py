"""Hubs learn of changes within seconds, once per burst, and of everything that happened while they were away."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from shushuo_publish.feeds.websub import HubPinger
from shushuo_publish.store.session import Store
from tests.publish.builder import small_report, store_many, store_report

TOPICS = ("https://shushuo.example/feeds/reports.rss", "https://shushuo.example/feeds/reports.json")


class Hub:
    """A hub on a port of its own that notes what it is told; ``status`` is what it answers."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.status = 202
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                if hub.status < 300:
                    assert form["hub.mode"] == ["publish"]
                    hub.told += form["hub.topic"]
                self.send_response(hub.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    yield made
    made.server.shutdown()
    made.server.server_close()


async def listened(store: Store, hub: Hub, until: int, *, seconds: float = 5.0) -> None:
    """Run a pinger until the hub was told ``until`` topics, or the time is over."""
    stop = asyncio.Event()
    pinger = HubPinger(store, hub.url, lambda: TOPICS, quiet=timedelta(seconds=0.05), longest=timedelta(seconds=0.3))
    running = asyncio.create_task(pinger.run(stop))
    for _ in range(int(seconds / 0.05)):
        await asyncio.sleep(0.05)
        if len(hub.told) >= until:
            break
    stop.set()
    await running


async def test_a_burst_of_changes_is_one_ping_for_each_feed(store: Store, hub: Hub) -> None:
    store_many(store, 3)
    await listened(store, hub, 2)
    await listened(store, hub, 3, seconds=0.5)
    assert hub.told == list(TOPICS)


async def test_what_happened_while_nobody_ran_is_told(store: Store, hub: Hub) -> None:
    store_many(store, 1)
    await listened(store, hub, 2)
    store_report(store, small_report(2))
    await listened(store, hub, 4)
    assert hub.told == [*TOPICS, *TOPICS]


async def test_a_hub_that_refuses_is_asked_again_later(store: Store, hub: Hub) -> None:
    store_many(store, 1)
    hub.status = 503
    await listened(store, hub, 1, seconds=0.6)
    assert hub.told == []
    hub.status = 202
    await listened(store, hub, 2)
    assert hub.told == list(TOPICS)
