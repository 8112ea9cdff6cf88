"""Two ingest workers on Kafka and PostgreSQL share the sites; a killed one's sites become the other's.

That this takes less than a minute is held by ``tests/ingest/test_leases.py``, on a clock that no busy machine delays.
"""

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psycopg
import pytest

from deploy.programs import free_port
from tests.ingest.site import article
from tests.pipeline.system import System

SITES = 4
FIRST = 3


class Court(ThreadingHTTPServer):
    """A court's site: a list page of ``shown`` reports; ``asked`` counts the requests by path."""

    def __init__(self, number: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.number, self.shown, self.asked = number, FIRST, Counter[str]()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def page(self, path: str) -> str | None:
        name = path.rpartition("/")[2]
        if path == "/":
            rows = "".join(f'<li><a href="/a/{n}">第{n}期工作报告</a></li>' for n in range(self.shown))
            return f"<html><body><ul>{rows}</ul></body></html>"
        if name.isdigit():
            start = 1000 * (self.number + 1) + 100 * int(name)
            return article(f"第{self.number}县人民法院第{name}期工作报告", *range(start, start + 40, 3))
        return None


class _Handler(BaseHTTPRequestHandler):
    server: Court

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        page = self.server.page(self.path)
        self.send_response(200 if page else 404)
        self.send_header("content-type", "text/html; charset=utf-8")
        body = (page or "").encode()
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@contextmanager
def court(number: int) -> Iterator[Court]:
    with Court(number) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def sources(courts: list[Court]) -> str:
    return "".join(
        f'[[source]]\nname = "法院{one.number}"\nkind = "list"\nurl = "{one.url}"\nitems = "li"\nevery = "3s"\n'
        for one in courts
    )


def took(system: System, worker: str) -> Counter[str]:
    """How many documents of each source the worker took."""
    return Counter(line["source"] for line in system.lines(worker) if line["event"] == "handled" and line.get("source"))


def stored(database: str) -> int:
    """How many documents the workers have noted as done."""
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT count(*) FROM ingest_item WHERE state = 'stored'").fetchone()
    return int(row[0]) if row else 0


@pytest.mark.kafka
@pytest.mark.postgres
def test_a_killed_workers_sources_move_and_no_document_is_fetched_twice(
    tmp_path: Path, kafka_url: str, new_database: Callable[[], str]
) -> None:
    with ExitStack() as stack:
        courts = [stack.enter_context(court(number)) for number in range(SITES)]
        file = tmp_path / "sources.toml"
        file.write_text(sources(courts), encoding="utf-8")
        database = new_database()
        settings = {
            "SHUSHUO_BUS_URL": kafka_url,
            "SHUSHUO_DATABASE_URL": database,
            "SHUSHUO_SOURCES": str(file),
            "SHUSHUO_FETCH_ALLOW_HOSTS": "127.0.0.1",
            "SHUSHUO_FETCH_GAP_SECONDS": "0.05",
        }
        processes = {"publish": ["run", "publish"], "ingest": ["run", "ingest"]}
        system = stack.enter_context(System(tmp_path / "system", settings, processes))
        system.environment["SHUSHUO_INGEST_PORT"] = str(free_port())
        system._commands = {**processes, "ingest-2": ["run", "ingest"]}
        system.start("ingest-2")

        def all_stored() -> bool:
            return stored(database) == sum(one.shown for one in courts)

        def both_have_work() -> bool:
            for one in courts:
                one.shown += 1
            system.wait_for(all_stored, "what the sites added")
            return bool(took(system, "ingest") and took(system, "ingest-2"))

        system.wait_for(all_stored, "the first documents")
        system.wait_for(both_have_work, "the workers to share the sites")

        system.stop("ingest", signal.SIGKILL)
        for one in courts:
            one.shown += 1
        system.wait_for(all_stored, "the killed worker's sites to move")

        looked = {one.number: one.asked["/"] for one in courts}
        system.wait_for(
            lambda: all(one.asked["/"] >= looked[one.number] + 2 for one in courts), "each site to be looked at again"
        )
        fetched = {(one.number, path): count for one in courts for path, count in one.asked.items() if "/a/" in path}
        assert set(fetched.values()) == {1}
        assert took(system, "ingest") + took(system, "ingest-2") == {f"法院{one.number}": one.shown for one in courts}
