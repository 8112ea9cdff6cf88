"""A web site of a test's own, on a real socket: its pages are a dictionary that the test changes as it goes."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from shushuo_shared.serving import serve

S = TypeVar("S", bound="Site")
Shown = str | Response | Callable[[Request], Response]


@dataclass
class Site:
    """Pages by path; a missing path answers 404. ``asked`` counts the requests, ``down`` answers 502 to everything."""

    address: str = ""
    pages: dict[str, Shown] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    down: bool = False

    def url(self, path: str) -> str:
        return self.address + path

    def list_page(self, *entries: tuple[str, str]) -> str:
        """A list page with these entries: path and title."""
        rows = "".join(
            f'<li><a href="{path}">{title}</a><i>2025-01-1{n}</i></li>' for n, (path, title) in enumerate(entries)
        )
        return f"<html><head><meta charset=utf-8><title>工作报告</title></head><body><ul>{rows}</ul></body></html>"

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        self.asked[path] += 1
        if self.down:
            return Response("bad gateway", 502)
        page = self.pages.get(path)
        if page is None:
            return Response("没有这个页面", 404)
        if isinstance(page, str):
            return Response(page, media_type="text/html; charset=utf-8")
        return page if isinstance(page, Response) else page(request)


def article(title: str, *numbers: int) -> str:
    """A page with a report of enough words to be believed."""
    facts = "".join(
        f"<p>全年受理第{n}类案件{number}件，审结{number - 3}件，同比上升{n}.{n}%。</p>"
        for n, number in enumerate(numbers, 1)
    )
    lead = "过去一年，本院在县委领导和县人大监督下，忠实履行宪法法律赋予的职责，各项工作取得新进展。"
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{lead}</p>{facts}"
        f"<p>在看到成绩的同时，我们也清醒认识到存在的问题和不足，将采取有力措施认真加以解决。</p></article></body></html>"
    )


@asynccontextmanager
async def a_site() -> AsyncIterator[Site]:
    """Serve a site on a free port of this machine."""
    async with serving(Site()) as site:
        yield site


@asynccontextmanager
async def serving(site: S) -> AsyncIterator[S]:
    """Serve the site on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site.address, stop = f"http://127.0.0.1:{port}", asyncio.Event()
    app = Starlette(routes=[Route("/{path:path}", site.answer)])
    task = asyncio.create_task(serve(app, host="127.0.0.1", port=port, port_setting="-", stop=stop))
    await until_open(port)
    try:
        yield site
    finally:
        stop.set()
        await task


async def until_open(port: int) -> None:
    """Return when something listens on the port."""
    for _ in range(3000):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise TimeoutError("the test's site did not start")
