"""The feeds over HTTP: from the validator alone while nothing changed, by subscriber token where they are private."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, get_args

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish.cards import Links
from shushuo_publish.feeds.build import DEFAULT_LIMIT, FORMATS, NoSuchArchive, Wanted, build, written
from shushuo_publish.feeds.caching import Rendered, render, respond
from shushuo_publish.feeds.opml import OPML_TYPE, Outline, opml
from shushuo_publish.filters import Filters, read, read_filters
from shushuo_publish.labels import KINDS, STREAMS, TYPES
from shushuo_publish.reading.keys import changed_at
from shushuo_publish.reading.lists import Stream
from shushuo_publish.web.feed_tokens import is_live
from shushuo_publish.web.openapi import filter_parameters
from shushuo_publish.web.problems import Problem
from shushuo_publish.web.site import Site

FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
_PRIVATE = "订阅源不公开，请使用带令牌的地址"
Endpoint = Callable[[Request], Awaitable[Response]]


def feeds_router(site: Site) -> APIRouter:
    """All feeds and their archives, public and by token, and their list."""
    router = APIRouter(tags=["feeds"])
    for stream in get_args(Stream):
        for format_ in FORMATS:
            for root in ("/feeds", "/feeds/t/{token}"):
                _add(router, f"{root}/{stream}.{format_}", _feed(site, stream, format_), format_, STREAMS[stream])
                if format_ != "json":
                    path = f"{root}/{stream}/archive/{{number:int}}.{format_}"
                    _add(router, path, _archive(site, stream, format_), format_, STREAMS[stream] + "存档")
    _add_opml(router, site)
    return router


def _add(router: APIRouter, path: str, endpoint: Endpoint, format_: str, summary: str) -> None:
    archive = "{number" in path
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
    parameters = [number, *filter_parameters(Filters)] if archive else filter_parameters()
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        name=path,
        include_in_schema="{token}" not in path,
        summary=f"{summary} · {FORMAT_NAMES[format_]}",
        response_class=Response,
        responses=_answers(format_, archive=archive),
        openapi_extra={"parameters": parameters},
    )
    router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False)


def _answers(format_: str, *, archive: bool) -> dict[int | str, dict[str, Any]]:
    found: dict[int | str, dict[str, Any]] = {
        200: {"content": {FORMATS[format_][1]: {}}, "description": "订阅源"},
        304: {"description": "没有变化"},
        400: {"description": "参数有误"},
        403: {"description": "订阅源不公开"},
    }
    return found | ({404: {"description": "没有这份存档"}} if archive else {})


def _feed(site: Site, stream: Stream, format_: str) -> Endpoint:
    async def feed(request: Request) -> Response:
        filters, window = read(request.query_params.multi_items(), limit=DEFAULT_LIMIT)
        return await _sent(site, request, stream=stream, format=format_, filters=filters, window=window)

    return feed


def _archive(site: Site, stream: Stream, format_: str) -> Endpoint:
    async def archive(request: Request) -> Response:
        filters = read_filters(request.query_params.multi_items(), of="存档")
        number = request.path_params["number"]
        return await _sent(site, request, stream=stream, format=format_, filters=filters, archive=number)

    return archive


async def _sent(site: Site, request: Request, **asked: Any) -> Response:
    """The feed as the client may have it."""
    token = request.path_params.get("token")
    if token is None and site.private_feeds:
        raise Problem(403, _PRIVATE)
    if token is not None and not await site.store.read(is_live, token):
        raise Problem(403, "订阅令牌无效或已撤销")
    root = f"/feeds/t/{token}" if token else "/feeds"
    hubs = () if token else site.hubs  # a reader would hand the hub the address with the token in it
    wanted = Wanted(**asked, links=site.links(request), root=root, hubs=hubs)
    if hubs:
        site.remember(wanted.url())
    rendered = await site.rendered(wanted, partial(_render, wanted=wanted, sqlite=site.store.sqlite))
    return respond(rendered, request.headers, now=site.clock(), private=site.private_feeds or bool(token))


def _render(session: Session, wanted: Wanted, *, sqlite: bool) -> Rendered:
    """The feed; its validator by date is of all that is published, since what has left it leaves no date behind."""
    try:
        feed = build(session, wanted, sqlite=sqlite)
    except NoSuchArchive as e:
        raise Problem(404, "没有这份存档", "存档从 1 起编号，写满才有") from e
    body, media_type = written(feed, wanted.format)
    links = [("self", feed.self_url), *feed.links.items(), *(("hub", hub) for hub in feed.hubs)]
    moment = max(feed.updated, changed_at(session) or feed.updated)
    return render(body, media_type, moment, ", ".join(f'<{url}>; rel="{relation}"' for relation, url in links))


def _add_opml(router: APIRouter, site: Site) -> None:
    async def feeds_opml(request: Request) -> Response:
        if site.private_feeds:
            raise Problem(403, _PRIVATE)
        body = opml("数说 · 法院、检察院报告", outlines(site.links(request)))
        return respond(render(body, OPML_TYPE), request.headers)

    router.add_api_route(
        "/feeds.opml", feeds_opml, methods=["GET"], summary="订阅源清单（OPML）", response_class=Response
    )


def topics(site: Site, base: str) -> list[str]:
    """The feeds that hubs are told about: all unfiltered ones, and those that somebody asked for lately; no private."""
    if site.private_feeds:
        return []
    plain = [f"{base}/feeds/{stream}.{format_}" for stream in STREAMS for format_ in FORMATS]
    return [*plain, *site.served]


def outlines(links: Links) -> list[Outline]:
    """Everything there is to subscribe to, in one format each, grouped by stream."""
    found = [_outline(links, "全部", stream, "") for stream in STREAMS]
    found += [_outline(links, "按类别", "reports", f"kind={kind}", label) for kind, label in KINDS.items()]
    found += [_outline(links, "按亮点类型", "highlights", f"type={name}", label) for name, label in TYPES.items()]
    return found


def _outline(links: Links, group: str, stream: str, query: str, label: str = "") -> Outline:
    return Outline(
        group=group,
        title=f"数说 · {STREAMS[stream]}" + (f"（{label}）" if label else ""),
        feed_url=links.at(f"/feeds/{stream}.rss", query),
        page_url=links.at("/", query),
    )
