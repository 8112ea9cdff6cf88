"""The whole way of ingest over a site of reports, against a bare httpx loop over the same pages; memory over many."""

import asyncio
import resource
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import httpx
from pydantic import SecretStr

from deploy.programs import free_port
from shushuo_ingest.app import open_ingest
from shushuo_ingest.documents import read_document
from shushuo_ingest.service import Ingest
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import open_bus
from shushuo_shared.logs import configure
from tests.bench.rows import Row
from tests.ingest.site import article

EARLY, MANY, STEP = 400, 2000, 200


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # an answer in one packet, or the waits of TCP are what is measured

    def do_GET(self) -> None:
        folder, _, number = self.path.rpartition("/")
        known = number.isdigit() and folder in PLACES
        body = PLACES[folder](int(number)).encode() if known else b""
        self.send_response(200 if known else 404)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


def report(number: int) -> str:
    """A page of about 8 kB with a report that no other page has."""
    figures = range(1000 + number * 60, 1000 + number * 60 + 60)
    return article(f"第{number}号县人民法院2024年工作报告", *figures)


def listing(pages: int) -> str:
    """A list page with that many links."""
    rows = "".join(f'<li><a href="/a/{n}">第{n}号县人民法院2024年工作报告</a></li>' for n in range(pages))
    return f"<html><head><title>工作报告</title></head><body><ul>{rows}</ul></body></html>"


PLACES = {"/a": report, "/list": listing}


def _serve(port: int) -> None:
    with ThreadingHTTPServer(("127.0.0.1", port), _Handler) as server:
        server.serve_forever()


@contextmanager
def a_site() -> Iterator[str]:
    """The site in a process of its own, so that serving costs the fetcher nothing."""
    port = free_port()
    server = get_context("spawn").Process(target=_serve, args=[port], daemon=True)
    server.start()
    try:
        while server.is_alive() and socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.join()


async def bare(url: str, numbers: range, *, reading: bool = False) -> float:
    """Seconds that a loop of nothing but GETs takes, or of GETs and reading what came."""
    async with httpx.AsyncClient(trust_env=False) as client:
        start = time.perf_counter()
        for number in numbers:
            page = (await client.get(f"{url}/a/{number}")).raise_for_status()
            if reading:
                read_document(page.content, "a.html")
        return time.perf_counter() - start


class Ingesting:
    """A whole ingest on SQLite whose one source is the site's list."""

    def __init__(self, url: str, folder: Path, ingest: Ingest) -> None:
        self._url, self._file, self._ingest = url, folder / "sources.toml", ingest
        self.taken = 0

    async def take(self, pages: int) -> float:
        """Let the list have that many reports; seconds for listing, fetching, reading, comparing and publishing."""
        entry = f'name = "a"\nkind = "list"\nurl = "{self._url}/list/{pages}"\nitems = "li"\nhistory = "live"'
        self._file.write_text(f"[[source]]\n{entry}\n", encoding="utf-8")
        await self._ingest.watcher.claim()
        start = time.perf_counter()
        answer = await self._ingest.desk.poll(self._ingest.watcher.catalog.sources["a"])
        seconds = time.perf_counter() - start
        failed = [document for document in answer["documents"] if document["outcome"] != "accepted"]
        assert not failed, failed[0]
        self.taken += len(answer["documents"])
        assert self.taken == pages
        return seconds


def memory() -> int:
    """Bytes that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Measured:
    """Time beside that of the two loops, step by step in turns; memory in the end beside that after the early ones."""

    beside_bare: float
    beside_reading: float
    memory: float


async def measured(url: str, folder: Path, early: int, many: int) -> Measured:
    """Let the early documents in, then the others in steps, each followed by the loops over the same pages."""
    (folder / "sources.toml").touch()
    settings = IngestSettings(
        data_dir=folder,
        admin_token=SecretStr("t"),
        sources=folder / "sources.toml",
        fetch_allow_hosts="127.0.0.1",
        fetch_gap_seconds=0,
    )
    bus = await open_bus(settings.bus_url, service="ingest")
    ingest = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url))
    stop = asyncio.Event()
    watching = asyncio.create_task(ingest.watcher.run(stop))
    try:
        ingesting = Ingesting(url, folder, ingest)
        await ingesting.take(early)
        before, ratios = memory(), []
        for start in range(early, many, STEP):
            pages = range(start, start + STEP)
            seconds = await ingesting.take(pages.stop)
            ratios.append((seconds / await bare(url, pages), seconds / await bare(url, pages, reading=True)))
        beside_bare, beside_reading = (median(each) for each in zip(*ratios, strict=True))
        return Measured(beside_bare, beside_reading, memory() / before)
    finally:
        stop.set()
        await watching
        ingest.close()
        await bus.close()


def run() -> list[Row]:
    """The rows about ingest."""
    configure("ingest", "json", level="ERROR")
    with a_site() as url, tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measured(url, Path(folder), EARLY, MANY))
    what = "documents through the whole of ingest"
    return [
        Row(what=what, beside="a bare httpx loop over the pages", ratio=found.beside_bare, limit=25),
        Row(what=what, beside="a loop that fetches and reads them", ratio=found.beside_reading, limit=4.5),
        Row(what=f"memory after {MANY:,} documents", beside=f"after {EARLY}", ratio=found.memory, limit=1.3),
    ]
