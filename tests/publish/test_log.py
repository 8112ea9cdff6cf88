"""Publishing leaves one line for each event, which says what came of it."""

import asyncio
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from shushuo_publish.cards import Links
from shushuo_publish.service import Publisher
from shushuo_publish.store.session import Store
from shushuo_shared.blobs import open_blobs
from shushuo_shared.codec import Event, encode
from shushuo_shared.testing import RecordingBus
from shushuo_shared.worker import Worker
from tests.publish.kit import Clock, extracted, report


async def lines(store: Store, folder: Path, *events: Event) -> list[Any]:
    """What publishing these events leaves in the log."""
    publisher = Publisher(store, open_blobs(f"file://{folder}"), Links("https://s.example"), Clock())
    worker = Worker(service="publish", bus=RecordingBus(), handle=publisher, stop=asyncio.Event(), clock=Clock())
    with capture_logs() as captured:
        for event in events:
            await worker(encode(event))
    return list(captured)


async def test_a_published_report_leaves_one_line(store: Store, tmp_path: Path) -> None:
    [line] = await lines(store, tmp_path, extracted(report()))
    assert (line["event"], line["outcome"]) == ("handled", "done")
    assert (line["published"], line["sequence"], line["change"]) == ("report.published", 1, 1)


async def test_what_changes_nothing_says_why(store: Store, tmp_path: Path) -> None:
    _, line = await lines(store, tmp_path, extracted(report()), extracted(report()))
    assert (line["published"], line["reason"]) == (None, "seen before")
    assert "sequence" not in line
