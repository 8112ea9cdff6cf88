"""Invented reports for the tests of publish: a text, and what extract would have read from it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from shushuo_publish.cards import Links
from shushuo_publish.store.publishing import publish
from shushuo_publish.store.session import Store
from shushuo_publish.web.mount import mount
from shushuo_publish.web.problems import add_problem_handlers
from shushuo_publish.web.site import Site
from shushuo_shared.codec import make_event
from shushuo_shared.events import ExtractedEvent, SourceRef
from shushuo_shared.report import Check, ExtractedReport, Figure, Highlight, Meta, Rank, Section, Term

NOW = datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)
BASE = "https://shushuo.example"
COURT = "临江县人民法院"


def app_of(store: Store, **settings: Any) -> FastAPI:
    """The read side over a store, an hour after the reports were published."""
    app = FastAPI()
    add_problem_handlers(app)
    mount(app, Site(**({"store": store, "public_url": BASE, "clock": lambda: NOW + timedelta(days=1)} | settings)))
    return app


def client_of(store: Store, **settings: Any) -> TestClient:
    """A client of the read side that shows a failure of the server as its error."""
    return TestClient(app_of(store, **settings), base_url=BASE)


def read_report(
    report_id: str,
    text: str,
    *,
    figures: Sequence[dict[str, Any]] = (),
    ranks: Sequence[dict[str, Any]] = (),
    highlights: Sequence[dict[str, Any]] = (),
    checks: Sequence[dict[str, Any]] = (),
    sections: Sequence[str] = (),
    terms: Sequence[tuple[str, str]] = (),
    headline: str = "",
    version: str = "v1",
    **meta: Any,
) -> ExtractedReport:
    """Each item is given by its ``text`` (and, if it occurs more than once, ``nth``); ``key`` makes it a key figure."""
    about: dict[str, Any] = {"organs": [COURT], "kind": "court", "level": "basic", "period": "2025"}
    about |= {"region": "云省/云溪市/临江县", "title": text.strip().partition("\n")[0]} | meta
    starts = {item["text"]: _span(text, item)[0] for item in figures}
    built = [_figure(text, item, n, starts, about) for n, item in enumerate(figures, 1)]
    return ExtractedReport(
        report_id=report_id,
        version=version,
        text=text,
        headline=headline,
        key_figures=[figure.id for figure, item in zip(built, figures, strict=True) if item.get("key")],
        meta=Meta(**about),
        sections=_sections(text, sections),
        figures=built,
        ranks=[_rank(text, item, n) for n, item in enumerate(ranks, 1)],
        highlights=[_highlight(text, item, n) for n, item in enumerate(highlights, 1)],
        terms=[_term(text, *term) for term in terms],
        checks=[Check(**check) for check in checks],
    )


def store_report(store: Store, report: ExtractedReport | None, *, at: datetime = NOW, **more: Any) -> None:
    """Publish it as the handler of ``report.extracted`` does; without a report, ``report_id`` is withdrawn."""
    revision = more.pop("revision", 1)
    report_id = report.report_id if report else more.pop("report_id")
    version = report.version if report else "gone"
    data = ExtractedEvent(
        report_id=report_id,
        version=version,
        revision=revision,
        state="present" if report else "withdrawn",
        source=SourceRef(name="courts", kind="web", address=f"https://court.example/{report_id}.html"),
        report=report,
        fetched_at=at,
    )
    event = make_event(
        "report.extracted", data, service="extract", subject=report_id, parts=(version,), time=at, lane="live"
    )
    with store.writing() as session:
        publish(session, event, report, links=Links(BASE), now=at)


def small_report(n: int, **meta: Any) -> ExtractedReport:
    """The ``n``-th of many short reports, each with one figure and one highlight of its own."""
    cases = 100 + n
    text = f"临江县人民法院第{n}号工作简报\n全年新收刑事案件{cases}件，同比上升4.{n % 10}%。"
    text += f"家事调解室第{n}次获评全市优秀调解室。\n"
    return read_report(
        f"r{n:04d}",
        text,
        figures=[
            {"text": f"{cases}件", "indicator": "新收刑事案件", "code": "criminal.accepted", "key": True},
            {"text": f"4.{n % 10}%", "indicator": "新收刑事案件", "of": f"{cases}件", "direction": "up"},
        ],
        highlights=[{"text": f"家事调解室第{n}次获评全市优秀调解室", "types": ["honor"], "level": "municipal"}],
        headline=f"新收刑事案件{cases}件",
        **meta,
    )


def store_many(store: Store, count: int) -> None:
    """Publish the first ``count`` short reports, a minute apart."""
    for n in range(1, count + 1):
        store_report(store, small_report(n), at=NOW + timedelta(minutes=n))


def _span(text: str, item: dict[str, Any]) -> tuple[int, int]:
    at = -1
    for _ in range(item.get("nth", 1)):
        at = text.index(item["text"], at + 1)
    return at, at + len(item["text"])


def _place(text: str, item: dict[str, Any]) -> dict[str, Any]:
    start, end = _span(text, item)
    first = max(text.rfind(sign, 0, start) for sign in "。\n") + 1
    last = min(at for sign in "。\n" if (at := text.find(sign, end - 1)) >= 0) + 1
    return {"start": start, "end": end, "text": item["text"], "sentence": (first, last), "rule": "invented"}


def _figure(text: str, item: dict[str, Any], n: int, starts: dict[str, int], about: dict[str, Any]) -> Figure:
    surface = item["text"]
    digits = "".join(c for c in surface if c.isdigit() or c == ".")
    unit = surface.lstrip("近超约逾0123456789.").replace("余", "").replace("多", "")
    value = digits
    for sign, power in (("亿", 8), ("万", 4)):
        if unit.startswith(sign):
            unit, value = unit[1:], _times(digits, power)
    change = "of" in item or item.get("role") == "change"
    return Figure(
        **_place(text, item),
        id=f"f{n}",
        value=item.get("value", value),
        unit=item.get("unit", unit.lstrip("个") if "百分点" in unit else unit),
        approx=item.get("approx", "exact"),
        role="change" if change else "metric",
        indicator=item["indicator"],
        code=item.get("code"),
        period=item.get("period", about["period"]),
        organ=item.get("organ", about["organs"][0] if about["organs"] else None),
        of=starts[item["of"]] if item.get("of") else None,
        basis=item.get("basis", "yoy") if change else None,
        direction=item.get("direction"),
        section=item.get("section"),
    )


def _times(digits: str, power: int) -> str:
    whole, _, rest = digits.partition(".")
    return str(int(whole + rest.ljust(power, "0")))


def _rank(text: str, item: dict[str, Any], n: int) -> Rank:
    more = {"scope": item.get("scope", "全市"), "position": item.get("position"), "indicator": item["indicator"]}
    return Rank(**_place(text, item), id=f"k{n}", **more)


def _highlight(text: str, item: dict[str, Any], n: int) -> Highlight:
    more = {name: item[name] for name in ("level", "issuer", "organ") if name in item}
    title = item.get("title", item["text"][:30])
    return Highlight(**_place(text, item), id=f"h{n}", types=item["types"], title=title, **more)


def _sections(text: str, titles: Sequence[str]) -> list[Section]:
    starts = [text.index(title) for title in titles]
    ends = [*starts[1:], len(text)][: len(starts)]
    return [
        Section(id=f"s{n}", level=1, title=title, start=start, end=end)
        for n, (title, start, end) in enumerate(zip(titles, starts, ends, strict=True), 1)
    ]


def _term(text: str, term: str, definition: str) -> Term:
    at = text.index(definition)
    return Term(term=term, definition=definition, start=at, end=at + len(definition))
