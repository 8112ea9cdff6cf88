"""A raw report in, what it says out; large answers by reference, unproved ones refused."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shushuo_extract import read_text
from shushuo_extract.handler import Extract
from shushuo_shared.blobs import FolderBlobs
from shushuo_shared.codec import Event, make_event
from shushuo_shared.errors import Poison
from shushuo_shared.events import ExtractedEvent, RawReport, SourceRef
from shushuo_shared.report import ExtractedReport

NOW = datetime(2026, 2, 6, 9, 30, tzinfo=UTC)
TEXT = "云溪县人民法院工作报告\n2025年，云溪县人民法院审结刑事案件713件。"

Read = Callable[[str, str, str], Awaitable[bytes]]


async def reading(text: str, report_id: str, version: str) -> bytes:
    return read_text(text, report_id=report_id, version=version).model_dump_json(by_alias=True).encode()


def raw(**changes: object) -> Event:
    source = SourceRef(name="upload", kind="upload", address="a.txt")
    data = RawReport(report_id="r1", version="v1", source=source, text=TEXT, fetched_at=NOW).model_copy(update=changes)
    return make_event("report.raw", data, service="ingest", subject="r1", parts=("1",), time=NOW, lane="live")


def extract(folder: Path, read: Read = reading) -> Extract:
    return Extract(read=read, blobs=FolderBlobs(folder), clock=lambda: NOW)


async def answer(handler: Extract, event: Event) -> ExtractedEvent:
    [made] = await handler(event)
    assert isinstance(made.data, ExtractedEvent)
    return made.data


async def test_a_raw_report_becomes_what_it_says(tmp_path: Path) -> None:
    said = await answer(extract(tmp_path), raw())
    assert said.report is not None
    assert [(f.text, f.value, f.unit) for f in said.report.figures] == [("713件", "713", "件")]
    assert (said.report_id, said.version, said.source.address) == ("r1", "v1", "a.txt")


async def test_a_text_by_reference_is_fetched(tmp_path: Path) -> None:
    ref = await FolderBlobs(tmp_path).put(TEXT.encode(), "text/plain")
    said = await answer(extract(tmp_path), raw(text=None, text_ref=ref))
    assert said.report is not None
    assert said.report.text == TEXT


async def test_a_large_answer_travels_by_reference(tmp_path: Path) -> None:
    said = await answer(extract(tmp_path), raw(text=TEXT + "\n" + "另审结民事案件12件。\n" * 9000))
    assert said.report is None
    assert said.report_ref is not None
    stored = ExtractedReport.model_validate_json(await FolderBlobs(tmp_path).get(said.report_ref))
    assert len(stored.figures) == 9001


async def test_a_withdrawn_report_is_passed_on_unread(tmp_path: Path) -> None:
    said = await answer(extract(tmp_path), raw(state="withdrawn", text=None))
    assert (said.state, said.report) == ("withdrawn", None)


async def test_an_item_that_its_text_does_not_prove_is_refused(tmp_path: Path) -> None:
    async def inventing(text: str, report_id: str, version: str) -> bytes:
        return (await reading(text, report_id, version)).replace(b'"text":"713', b'"text":"813')

    with pytest.raises(Poison, match="does not prove"):
        await extract(tmp_path, inventing)(raw())


async def test_a_report_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Poison, match="neither text nor text_ref"):
        await extract(tmp_path)(raw(text=None))


async def test_the_same_report_makes_the_same_event_and_stays_on_its_lane(tmp_path: Path) -> None:
    handler = extract(tmp_path)
    [first], [again] = await handler(raw()), await handler(raw())
    assert first == again
    [history] = await handler(replace(raw(), lane="backfill"))
    assert history.lane == "backfill"
