"""One report whole, its figures as a spreadsheet, and the list of organs."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from shushuo_publish.cards import FigureCard, Links, ReportCard, china_time
from shushuo_publish.filters import BadQuery, Filters, Window, read_filters
from shushuo_publish.labels import APPROX, code_name
from shushuo_publish.reading.cards import figures_at
from shushuo_publish.reading.keys import find
from shushuo_publish.reading.organs import organs
from shushuo_publish.reading.whole import Whole, is_id, whole
from shushuo_publish.store.models import Figure, Report
from shushuo_publish.web import shapes
from shushuo_publish.web.answers import answer
from shushuo_publish.web.openapi import answers, filter_parameters, not_found, parameter
from shushuo_publish.web.place_view import link_to
from shushuo_publish.web.problems import Problem
from shushuo_publish.web.report_view import original_of
from shushuo_publish.web.site import Site

CSV_ROWS = 100_000
CSV_STEP = 500
CSV_TYPE = "text/csv"
COLUMNS = (
    "单位", "期间", "指标", "指标代码", "数值", "计量单位", "约数", "原文写法", "变化", "存疑", "原句", "报告", "出处",
)  # fmt: skip
_PLAIN: dict[str, Any] = {"methods": ["GET"], "response_class": Response}
_ORGANS = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 500, "default": 50, "description": "最多几个"},
    "after": {"type": "string", "maxLength": 200, "description": "从这个名称之后续读"},
}


class ReportDocument(BaseModel):
    """The extracted report (schema ``shushuo/extracted-report/1``) with what is published about it."""

    model_config = ConfigDict(extra="allow")

    report_id: str
    version: str
    sequence: int
    state: str
    title: str
    url: str
    versions: list[dict[str, Any]]


def add_report_routes(router: APIRouter, site: Site) -> None:
    """Add them to the API."""
    _add_spreadsheets(router, site)
    _add_document(router, site)
    _add_organs(router, site)


def _add_document(router: APIRouter, site: Site) -> None:
    async def one_report(report_id: str, request: Request) -> Response:
        found = await site.store.read(whole, report_id)
        if found is None:
            raise Problem(404, "没有这份报告", f"没有编号为 {report_id} 的报告")
        return answer(request, document(found, site.links(request)))

    router.add_api_route(
        "/reports/{report_id}",
        one_report,
        summary="一份报告的全文与全部摘出内容",
        responses=answers(ReportDocument) | not_found(),
        **_PLAIN,
    )


def _add_spreadsheets(router: APIRouter, site: Site) -> None:
    async def figures_csv(request: Request) -> Response:
        filters = read_filters(request.query_params.multi_items(), of="表格")
        rows = _filtered_rows(site, filters, site.links(request))
        return _spreadsheet(rows, "figures.csv")

    async def report_csv(report_id: str, request: Request) -> Response:
        rows = await site.store.read(_report_rows, report_id, site.links(request))
        return _spreadsheet(rows, f"figures-{report_id}.csv")

    csv_answers = answers(BaseModel) | {200: {"content": {CSV_TYPE: {}}, "description": "表格，UTF-8 带 BOM"}}
    router.add_api_route(
        "/figures.csv",
        figures_csv,
        summary=f"数据表（CSV），至多 {CSV_ROWS} 行",
        responses=csv_answers,
        openapi_extra={"parameters": filter_parameters(Filters)},
        **_PLAIN,
    )
    router.add_api_route(
        "/reports/{report_id}/figures.csv",
        report_csv,
        summary="一份报告的数据表（CSV）",
        responses=csv_answers | not_found(),
        **_PLAIN,
    )


def _add_organs(router: APIRouter, site: Site) -> None:
    async def list_organs(request: Request) -> Response:
        limit, after = _organ_window(request)
        found, last = await site.store.read(organs, after=after, limit=limit)
        links = site.links(request)
        query = str(request.url.include_query_params(limit=limit, after=last or "").query)
        items = [shapes.organ_shape(organ) for organ in found]
        return answer(request, shapes.Organs(items=items, next=links.at("/api/v1/organs", query) if last else None))

    router.add_api_route(
        "/organs",
        list_organs,
        summary="有报告的单位",
        responses=answers(shapes.Organs),
        openapi_extra={"parameters": [parameter(name, schema) for name, schema in _ORGANS.items()]},
        **_PLAIN,
    )


def document(found: Whole, links: Links) -> dict[str, Any]:
    """The extracted report as it was read, each item with its lasting id as ``anchor``, its address here and, as
    ``original``, the link that opens the original where it stands.
    """
    read_report = found.read.model_dump(mode="json", by_alias=True) if found.read else {}
    original = original_of(found.card)
    for name in ("figures", "ranks", "highlights"):
        for item, read_item in zip(read_report.get(name, []), getattr(found.read, name, []), strict=True):
            item["anchor"] = found.keys.get(item["id"], item["id"])
            item["url"] = links.report(found.card.report_id, item["anchor"])
            item["original"] = link_to(read_item, read_report["text"], original)
    about = shapes.report_shape(found.card, links).model_dump(mode="json")
    about.pop("highlights")
    about["key_figures"] = read_report.get("key_figures", [])
    return read_report | about | {"versions": [_edition(edition) for edition in found.editions]}


def _edition(edition: Any) -> dict[str, Any]:
    return {
        "sequence": edition.sequence,
        "version": edition.version,
        "state": edition.state,
        "title": edition.title,
        "changed_at": china_time(edition.at).isoformat(),
        "changes": edition.changes,
    }


def _organ_window(request: Request) -> tuple[int, str]:
    given = dict(request.query_params.multi_items())
    problems = [
        {"name": name, "message": "没有这个参数；可用的有 after、limit"} for name in given if name not in _ORGANS
    ]
    limit = given.get("limit") or "50"
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:9]) <= 500):
        problems.append({"name": "limit", "message": "应为 1 至 500 的整数"})
    after = given.get("after", "")
    if "\x00" in after or len(after) > 200 or not after.isprintable():
        problems.append({"name": "after", "message": "应为上一页给出的名称"})
    if problems:
        raise BadQuery(problems)
    return int(limit), after


def _spreadsheet(rows: Iterable[list[str]], name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-cache"}
    return StreamingResponse(_lines(rows), media_type=f"{CSV_TYPE}; charset=utf-8", headers=headers)


def _lines(rows: Iterable[list[str]]) -> Iterator[bytes]:
    """CSV with a BOM, so that spreadsheets read the Chinese as UTF-8."""
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow([_inert(cell) for cell in cells])
    return out.getvalue().encode()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _filtered_rows(site: Site, filters: Filters, links: Links) -> Iterator[list[str]]:
    """All rows that the filter lets through, read step by step so that no long transaction is held."""
    sent, window = 0, Window(limit=CSV_STEP)
    while sent < CSV_ROWS:
        with site.store.reading() as session:
            found = find(session, "figures", filters, window, sqlite=site.store.sqlite, main=True)
            rows = [_row(card, figure, links) for card, _, figure in figures_at(session, found.places)]
        yield from rows
        sent += len(rows)
        if found.cursor is None:
            return
        window = Window(limit=CSV_STEP, cursor=found.cursor)


def _report_rows(session: Session, report_id: str, links: Links) -> list[list[str]]:
    if not is_id(report_id) or session.get(Report, report_id) is None:
        raise Problem(404, "没有这份报告", f"没有编号为 {report_id} 的报告")
    query = select(col(Figure.change), col(Figure.ordinal)).where(
        col(Figure.report_id) == report_id, (col(Figure.role) == "metric") | col(Figure.of_id).is_(None)
    )
    places = [(change, ordinal) for change, ordinal in session.exec(query)]
    found = sorted(figures_at(session, places), key=lambda item: item[2].start)
    return [_row(card, figure, links) for card, _, figure in found]


def _row(card: ReportCard, figure: FigureCard, links: Links) -> list[str]:
    return [
        figure.organ or "、".join(card.organs),
        figure.period or card.period or "",
        figure.indicator,
        code_name(figure.code) if figure.code else "",
        figure.value,
        figure.unit,
        APPROX.get(figure.approx, figure.approx),
        figure.text,
        "；".join(change.words() for change in figure.changes),
        "存疑" if figure.suspect else "",
        " ".join(figure.sentence.split()),
        card.title,
        links.report(card.report_id, figure.key),
    ]
