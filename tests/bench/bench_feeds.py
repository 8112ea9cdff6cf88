"""Feeds over a real socket beside a constant of the same size from the same server; the cost of more reports stored.

``SHUSHUO_BENCH_REPORTS`` names how many reports the larger store has (1000, beside a tenth of them).
"""

import os
import tempfile
import time
from pathlib import Path

from shushuo_publish.cards import Links
from shushuo_publish.feeds.build import FORMATS, Wanted, build, written
from shushuo_publish.filters import Filters, Window
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.session import Store
from tests.bench.rate import ask, rates, served
from tests.bench.rows import Row, seconds_each
from tests.publish.builder import BASE, store_many

MANY = int(os.environ.get("SHUSHUO_BENCH_REPORTS", "1000"))
FEW = MANY // 10


def run() -> list[Row]:
    """The rows of feeds."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_filled(Path(folder) / f"{count}.sqlite", count) for count in (FEW, MANY))
        small, large = seconds_each(lambda: _built(few), lambda: _built(many), rounds=20, clock=time.process_time)
        with served("tests.bench.feed_server", str(few.engine.url)) as port:
            answered = [row for format_ in FORMATS for row in _rates(port, format_)]
    beside = f"from {FEW}"
    cost = Row(what=f"a feed built from {MANY} reports", beside=beside, ratio=large / small, limit=1.5, at_most=True)
    return [*answered, cost]


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


def _rates(port: int, format_: str) -> list[Row]:
    """A format's feed and its 304, as ratios to the constant."""
    constant, feed = f"/constant.{format_}", f"/feeds/reports.{format_}"
    _, headers, body = ask(port, feed)
    assert ask(port, constant)[2] == body
    known = {"if-none-match": headers["etag"]}
    assert ask(port, feed, known)[0] == 304
    still, sent, unchanged = rates(port, [(constant, {}), (feed, {}), (feed, known)])
    name = {"rss": "RSS", "atom": "Atom", "json": "JSON"}[format_]
    return [
        Row(what=what, beside="a constant of its size", ratio=rate / still, limit=0.5, at_most=False)
        for what, rate in (
            (f"{name} feed sent, requests a second of its processor", sent),
            (f"{name} feed unchanged (304), requests a second of its processor", unchanged),
        )
    ]
