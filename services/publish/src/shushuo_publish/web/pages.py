"""The pages for people, in Chinese: server-rendered, no script, nothing from elsewhere."""

import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from fastapi import APIRouter
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish import labels
from shushuo_publish.cards import china_time, period_words
from shushuo_publish.feeds.caching import Rendered, render, respond
from shushuo_publish.filters import BadQuery, Filters, read
from shushuo_publish.reading.cards import reports_at
from shushuo_publish.reading.keys import find
from shushuo_publish.reading.whole import whole
from shushuo_publish.web.compare_view import compare_view
from shushuo_publish.web.list_view import feed_rows, list_view
from shushuo_publish.web.report_view import report_view
from shushuo_publish.web.site import Site

PAGE_LENGTH = 20
STATIC_TYPES = {"shushuo.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
SAFETY = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


def pages_router(site: Site) -> APIRouter:
    """All pages, their style sheet and icon."""
    router = APIRouter(include_in_schema=False)
    pages = Pages(site)
    router.add_api_route("/", pages.index, methods=["GET", "HEAD"])
    router.add_api_route("/reports/{report_id}", pages.report, methods=["GET", "HEAD"])
    router.add_api_route("/compare", pages.compare, methods=["GET", "HEAD"])
    router.add_api_route("/feeds", pages.feeds, methods=["GET", "HEAD"])
    router.add_api_route("/static/{name}", pages.static, methods=["GET", "HEAD"])
    return router


class Pages:
    """The pages of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._static = {name: _static_file(name) for name in STATIC_TYPES}
        self._templates = _environment(lambda name: f"/static/{name}?{_digest(self._static[name])}")

    async def index(self, request: Request) -> Response:
        """The newest reports under a filter."""
        try:
            filters, window = read(request.query_params.multi_items(), limit=PAGE_LENGTH)
        except BadQuery as error:
            return self._trouble(request, 400, "条件有误", [p["message"] for p in error.problems])
        links, sqlite = self._site.links(request), self._site.store.sqlite
        year = china_time(self._site.clock()).year

        def make(session: Session) -> Rendered:
            found = find(session, "reports", filters, window, sqlite=sqlite)
            cards = reports_at(session, found.places)
            view = list_view(filters, window, cards, links, cursor=found.cursor, this_year=year)
            return self._render("index.html", here="reports", view=view)

        return self._send(request, await self._site.rendered(("index", filters, window, links, year), make))

    async def report(self, report_id: str, request: Request) -> Response:
        """One report, every figure, rank and highlight marked where it stands."""
        links = self._site.links(request)

        def make(session: Session) -> Rendered:
            found = whole(session, report_id)
            if found is None:
                raise LookupError(report_id)
            return self._render("report.html", here="reports", view=report_view(found, links.report(report_id)))

        try:
            rendered = await self._site.rendered(("report", report_id, links), make)
        except LookupError:
            return self._trouble(request, 404, "没有这份报告", ["它可能从未收录，或地址有误。"])
        return self._send(request, rendered)

    async def compare(self, request: Request) -> Response:
        """One indicator across organs, or of one organ over the years."""
        try:
            filters, _ = read(request.query_params.multi_items())
        except BadQuery as error:
            return self._trouble(request, 400, "条件有误", [p["message"] for p in error.problems])
        sqlite, year = self._site.store.sqlite, china_time(self._site.clock()).year

        def make(session: Session) -> Rendered:
            view = compare_view(session, filters, sqlite=sqlite, this_year=year)
            return self._render("compare.html", here="compare", view=view)

        return self._send(request, await self._site.rendered(("compare", filters, year), make))

    async def feeds(self, request: Request) -> Response:
        """How to subscribe, to what, and how to ask by program."""
        links = self._site.links(request)
        rows = feed_rows(Filters(), links)
        return self._send(request, self._render("feeds.html", here="feeds", rows=rows, base=links.base))

    async def static(self, name: str, request: Request) -> Response:
        """The style sheet and the icon; their addresses change with their content."""
        if name not in self._static:
            return self._trouble(request, 404, "没有这个文件", [])
        response = respond(render(self._static[name], STATIC_TYPES[name]), request.headers)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        response.headers.update(SAFETY)
        return response

    def _render(self, template: str, **values: Any) -> Rendered:
        html = self._templates.get_template(template).render(**values)
        return render(html.encode("utf-8", "replace"), "text/html; charset=utf-8")

    def _send(self, request: Request, rendered: Rendered) -> Response:
        response = respond(rendered, request.headers)
        response.headers.update(SAFETY)
        return response

    def _trouble(self, request: Request, status: int, title: str, reasons: list[str]) -> Response:
        response = self._send(request, self._render("trouble.html", here="", title=title, reasons=reasons))
        response.status_code = status
        response.headers["cache-control"] = "no-store"
        return response


def _environment(static: Callable[[str], str]) -> Environment:
    templates = Environment(
        loader=PackageLoader("shushuo_publish.web"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(
        static=static,
        china=china_time,
        period=period_words,
        standing=labels.standing,
        types=labels.TYPES,
        recognition=labels.RECOGNITION,
        severities=labels.SEVERITIES,
    )
    return templates


def _static_file(name: str) -> bytes:
    return (files("shushuo_publish.web") / "static" / name).read_bytes()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
