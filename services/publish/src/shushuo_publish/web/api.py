"""The read API: JSON for programs, the same filters as the feeds, every statement with its proof."""

from collections.abc import Callable

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish.cards import Links
from shushuo_publish.feeds.caching import Rendered, respond
from shushuo_publish.filters import Filters, Window, read
from shushuo_publish.reading.cards import figures_at, highlights_at, reports_at
from shushuo_publish.reading.keys import find
from shushuo_publish.reading.lists import Stream
from shushuo_publish.web import shapes
from shushuo_publish.web.answers import written
from shushuo_publish.web.api_report import add_report_routes
from shushuo_publish.web.api_series import add_series_routes
from shushuo_publish.web.limits import RateLimit
from shushuo_publish.web.openapi import answers, filter_parameters
from shushuo_publish.web.site import Site

DEFAULT_LIMIT = 20
Build = Callable[[Session, Filters, Window, Links], BaseModel]


def api_router(site: Site) -> APIRouter:
    """Everything under /api/v1 that reads."""
    router = APIRouter(
        prefix="/api/v1", tags=["read"], dependencies=[Depends(RateLimit(site.rate_per_minute, site.clock))]
    )
    sqlite = site.store.sqlite
    _add_list(router, site, "reports", _reports(sqlite))
    _add_list(router, site, "figures", _figures(sqlite))
    _add_list(router, site, "highlights", _highlights(sqlite))
    add_report_routes(router, site)
    add_series_routes(router, site)
    return router


_LISTS: dict[Stream, tuple[str, type[BaseModel]]] = {
    "reports": ("报告，新变化在前", shapes.Reports),
    "figures": ("数据，逐条附原句", shapes.Figures),
    "highlights": ("亮点，用报告自己的话", shapes.Highlights),
}


def _add_list(router: APIRouter, site: Site, stream: Stream, build: Build) -> None:
    summary, shape = _LISTS[stream]

    async def listing(request: Request) -> Response:
        filters, window = read(request.query_params.multi_items(), limit=DEFAULT_LIMIT)
        links = site.links(request)

        def make(session: Session) -> Rendered:
            return written(build(session, filters, window, links))

        return respond(await site.rendered((stream, filters, window, links), make), request.headers)

    router.add_api_route(
        f"/{stream}",
        listing,
        methods=["GET"],
        name=f"list_{stream}",
        summary=summary,
        response_class=Response,
        responses=answers(shape),
        openapi_extra={"parameters": filter_parameters()},
    )


def _next(stream: Stream, filters: Filters, window: Window, cursor: str | None, links: Links) -> str | None:
    limit = window.limit if window.limit != DEFAULT_LIMIT else None
    return links.at(f"/api/v1/{stream}", filters.query(limit=limit, cursor=cursor)) if cursor else None


def _reports(sqlite: bool) -> Build:
    def build(session: Session, filters: Filters, window: Window, links: Links) -> BaseModel:
        found = find(session, "reports", filters, window, sqlite=sqlite)
        items = [shapes.report_shape(card, links) for card in reports_at(session, found.places)]
        return shapes.Reports(items=items, next=_next("reports", filters, window, found.cursor, links))

    return build


def _figures(sqlite: bool) -> Build:
    def build(session: Session, filters: Filters, window: Window, links: Links) -> BaseModel:
        found = find(session, "figures", filters, window, sqlite=sqlite)
        items = [shapes.figure_shape(card, figure, links) for card, _, figure in figures_at(session, found.places)]
        return shapes.Figures(items=items, next=_next("figures", filters, window, found.cursor, links))

    return build


def _highlights(sqlite: bool) -> Build:
    def build(session: Session, filters: Filters, window: Window, links: Links) -> BaseModel:
        found = find(session, "highlights", filters, window, sqlite=sqlite)
        items = [shapes.highlight_shape(card, item, links) for card, item in highlights_at(session, found.places)]
        return shapes.Highlights(items=items, next=_next("highlights", filters, window, found.cursor, links))

    return build
