"""Builders for tests of publish: reports of invented courts, and the events that carry them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from shushuo_publish.filters import Filters
from shushuo_publish.reading.lists import Listing, Place, Stream, look_into, lookup
from shushuo_publish.store.session import Store
from shushuo_shared.codec import Event, make_event
from shushuo_shared.events import ExtractedEvent, SourceRef
from shushuo_shared.report import Check, ExtractedReport, Figure, Highlight, Meta, Rank

NOON = datetime(2026, 1, 20, 4, 0, tzinfo=UTC)

T = TypeVar("T")


async def until(ask: Callable[[], Awaitable[T]], *, seconds: float = 15) -> T:
    """The first answer that is not empty; what is asked for happens meanwhile, in loops of their own."""
    async with asyncio.timeout(seconds):
        while not (answer := await ask()):  # noqa: ASYNC110 - neither the store nor another process has an event
            await asyncio.sleep(0.02)
    return answer


def searched(store: Store, stream: Stream, words: str) -> list[Place]:
    """Where the words are found: by their index, and just so by looking into everything."""
    listing = Listing(stream=stream, filters=Filters(q=words), sqlite=store.sqlite)
    with store.reading() as session:
        by_index = [(row[0], row[1]) for row in session.execute(lookup(listing))]
        by_walking = [(row[0], row[1]) for row in session.execute(look_into(listing, 1000)) if row[2]]
    assert by_index == by_walking
    return by_index


TEXT = (
    "临江县人民法院工作报告\n"
    "一年来，新收案件6852件，同比上升13.7%。\n"
    "审结案件6610件，结案率全市第一。\n"
    "“水上法庭”做法入选全省法院典型案例。\n"
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        """Move forward by a timedelta's arguments."""
        self.now += timedelta(**by)
        return self.now


def report(
    report_id: str = "r1",
    version: str = "v1",
    text: str = TEXT,
    *,
    figures: tuple[tuple[str, str, str], ...] = (("6852件", "新收案件", "6852"), ("6610件", "审结案件", "6610")),
    highlights: tuple[str, ...] = ("“水上法庭”做法入选全省法院典型案例",),
    **meta: object,
) -> ExtractedReport:
    """A report with metric figures given as (surface, indicator, value) and highlights as passages of its text."""
    known = {"organs": ["临江县人民法院"], "kind": "court", "level": "basic", "region": "云江省/云溪市/临江县"}
    found = [_figure(text, n, *given) for n, given in enumerate(figures)]
    return ExtractedReport(
        report_id=report_id,
        version=version,
        text=text,
        headline=f"{found[0].indicator}{found[0].text}" if found else "",
        key_figures=[figure.id for figure in found],
        meta=Meta.model_validate(known | {"period": "2025", "title": "临江县人民法院工作报告"} | meta),
        figures=found,
        ranks=[_rank(text)] if "全市第一" in text else [],
        highlights=[_highlight(text, n, passage) for n, passage in enumerate(highlights)],
        checks=[Check(kind="growth", message="与上年不合", figures=[found[0].id], severity="notice")] if found else [],
    )


def _sentence(text: str, start: int) -> tuple[int, int]:
    return text.rfind("\n", 0, start) + 1, text.index("\n", start)


def _figure(text: str, n: int, surface: str, indicator: str, value: str) -> Figure:
    start = text.index(surface)
    code = {"新收案件": "cases.accepted", "审结案件": "cases.concluded"}.get(indicator)
    return Figure(
        id=f"f{n}",
        start=start,
        end=start + len(surface),
        text=surface,
        value=value,
        unit="件",
        approx="exact",
        role="metric",
        indicator=indicator,
        code=code,
        period="2025",
        sentence=_sentence(text, start),
        rule="metric",
    )


def _rank(text: str) -> Rank:
    start = text.index("全市第一")
    sentence = _sentence(text, start)
    return Rank(
        id="k0",
        start=start,
        end=start + 4,
        text="全市第一",
        scope="全市",
        position=1,
        indicator="结案率",
        sentence=sentence,
        rule="rank",
    )


def _highlight(text: str, n: int, passage: str) -> Highlight:
    start = text.index(passage)
    return Highlight(
        id=f"h{n}",
        start=start,
        end=start + len(passage),
        text=passage,
        types=["typical_case"],
        level="provincial",
        title=passage[:30],
        sentence=_sentence(text, start),
        rule="typical case",
    )


def extracted(
    read: ExtractedReport | None = None,
    *,
    report_id: str = "r1",
    revision: int = 1,
    state: str = "present",
    lane: str = "live",
    copy_of: str | None = None,
) -> Event:
    """The ``report.extracted`` that carries a report, or tells that it was withdrawn."""
    name = read.report_id if read else report_id
    version = read.version if read else "gone"
    data = ExtractedEvent(
        report_id=name,
        version=version,
        revision=revision,
        state=state,  # type: ignore[arg-type]
        source=SourceRef(name="临江法院网", kind="site", address=f"https://court.example/{name}"),
        report=read,
        fetched_at=NOON - timedelta(minutes=2),
        copy_of=copy_of,
    )
    return make_event(
        "report.extracted",
        data,
        service="extract",
        subject=name,
        parts=(str(revision), version, state),
        time=NOON - timedelta(minutes=1),
        lane=lane,  # type: ignore[arg-type]
    )
