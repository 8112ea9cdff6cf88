"""Feeds beside a constant of the same size from the same server; the cost of a feed with ten times the reports."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish.cards import Links
from shushuo_publish.feeds.build import Wanted, build, written
from shushuo_publish.filters import Filters, Window
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.session import Store
from tests.bench.rows import Row, seconds_each
from tests.publish.builder import BASE, app_of, store_many

FEW, MANY = 100, 1000
ROUNDS, READERS, EACH = 5, 8, 60


def run() -> list[Row]:
    """The rows of feeds."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_filled(Path(folder) / f"{count}.sqlite", count) for count in (FEW, MANY))
        small, large = seconds_each(lambda: _built(few), lambda: _built(many), rounds=20)
        answered, unchanged = asyncio.run(_rates(few))
    return [
        Row(
            what="a feed sent, requests a second",
            beside="a constant of its size",
            ratio=answered,
            limit=0.5,
            at_most=False,
        ),
        Row(
            what="a feed unchanged (304), requests a second",
            beside="that constant",
            ratio=unchanged,
            limit=0.5,
            at_most=False,
        ),
        Row(
            what=f"a feed built from {MANY} reports", beside=f"from {FEW}", ratio=large / small, limit=1.5, at_most=True
        ),
    ]


def _filled(path: Path, count: int) -> Store:
    upgrade(f"sqlite:///{path}")
    store = Store(open_engine(f"sqlite:///{path}"))
    store_many(store, count)
    return store


def _built(store: Store) -> None:
    filters = Filters(region="云溪市", year=2025)
    wanted = Wanted(stream="reports", format="rss", filters=filters, window=Window(), links=Links(BASE))
    with store.reading() as session:
        written(build(session, wanted, sqlite=True), "rss")


async def _rates(store: Store) -> tuple[float, float]:
    """Requests a second for the feed and for its 304, as ratios to the constant; the best of some rounds."""
    app = app_of(store)
    _, headers, body = await _ask(app, "/feeds/reports.rss")

    async def constant(_: Request) -> Response:
        return Response(body, media_type="application/rss+xml")

    app.router.add_route("/constant", constant)
    known = [(b"if-none-match", dict(headers)[b"etag"])]
    asked: list[tuple[str, list[tuple[bytes, bytes]]]] = [
        ("/constant", []),
        ("/feeds/reports.rss", []),
        ("/feeds/reports.rss", known),
    ]
    best = [0.0, 0.0, 0.0]
    for _ in range(ROUNDS):
        for n, (path, more) in enumerate(asked):
            best[n] = max(best[n], await _rate(app, path, more))
    return best[1] / best[0], best[2] / best[0]


async def _rate(app: FastAPI, path: str, more: list[tuple[bytes, bytes]]) -> float:
    async def reader() -> None:
        for _ in range(EACH):
            await _ask(app, path, more)

    start = time.perf_counter()
    await asyncio.gather(*(reader() for _ in range(READERS)))
    return READERS * EACH / (time.perf_counter() - start)


async def _ask(app: FastAPI, path: str, more: list[tuple[bytes, bytes]] | None = None) -> tuple[int, Any, bytes]:
    """One request, straight into the application."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"shushuo.example"), *(more or [])],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], sent[0]["headers"], b"".join(message.get("body", b"") for message in sent[1:])
