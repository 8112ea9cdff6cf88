"""Series and comparisons: one indicator over years, or across organs, stated growth beside computed growth."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from shushuo_publish.filters import BadQuery, read
from shushuo_publish.reading.series import across, series
from shushuo_publish.web import shapes_series as shapes
from shushuo_publish.web.answers import answer
from shushuo_publish.web.openapi import answers, filter_parameters
from shushuo_publish.web.site import Site

MOST_ORGANS = 200
_ORDER = (
    "每页是最近变化的若干条数据所涉的单位，页内同一计量单位从大到小；跨页不排序，要全部名次请循 next 取完后自行排序。"
    "一个单位只在其最新一条数据所在的页出现一次（各报告所记的机关类别、层级或地区不一致时除外），"
    "并带有各报告对同一数量的全部说法（disputed、others），故一页可能少于 limit 个。"
)


def add_series_routes(router: APIRouter, site: Site) -> None:
    """Add them to the API."""

    async def get_series(request: Request) -> Response:
        filters, _ = wanted(request, ("indicator", "organ"), ())
        units = await site.store.read(series, filters["indicator"], filters["organ"])
        points = [point for unit in units.values() for point in unit]
        return answer(request, shapes.Series(**filters, units=shapes.units_of(points, site.links(request))))

    async def get_compare(request: Request) -> Response:
        given, (filters, window) = wanted(
            request, ("indicator", "year"), ("region", "level", "kind", "limit", "cursor")
        )
        points, cursor = await site.store.read(across, filters, window, sqlite=site.store.sqlite)
        links = site.links(request)
        following = links.at("/api/v1/compare", filters.query(limit=window.limit, cursor=cursor)) if cursor else None
        units = shapes.units_of(points, links)
        found = shapes.Compared(indicator=given["indicator"], year=int(given["year"]), units=units, next=following)
        return answer(request, found)

    plain: dict[str, Any] = {"methods": ["GET"], "response_class": Response}
    router.add_api_route(
        "/series",
        get_series,
        summary="一个单位的一项指标，逐年",
        responses=answers(shapes.Series),
        openapi_extra={"parameters": _parameters(("indicator", "organ"), ())},
        **plain,
    )
    router.add_api_route(
        "/compare",
        get_compare,
        summary="同一年的一项指标，各单位并列",
        description=_ORDER,
        responses=answers(shapes.Compared),
        openapi_extra={
            "parameters": _parameters(("indicator", "year"), ("region", "level", "kind", "limit", "cursor"))
        },
        **plain,
    )


def wanted(request: Request, needed: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[dict[str, str], Any]:
    """The needed conditions as given, and the whole query read; BadQuery when one is missing or not known here."""
    pairs = request.query_params.multi_items()
    filters, window = read(pairs, limit=MOST_ORGANS)
    given = filters.given()
    problems = [{"name": name, "message": "必须给出"} for name in needed if name not in given]
    known = (*needed, *allowed)
    strange = [name for name, _ in pairs if name not in known]
    problems += [{"name": name, "message": f"这里没有这个参数；可用的有 {'、'.join(known)}"} for name in strange]
    if problems:
        raise BadQuery(problems)
    return {name: given[name] for name in needed}, (filters, window)


def _parameters(needed: tuple[str, ...], allowed: tuple[str, ...]) -> list[dict[str, Any]]:
    found = [p for p in filter_parameters() if p["name"] in (*needed, *allowed)]
    return [p | {"required": p["name"] in needed} for p in found]
