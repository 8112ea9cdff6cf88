"""One report is one record: copies are linked, withdrawals pass to a copy, the archive gives the same report again."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient
from pydantic import SecretStr

from shushuo_ingest.app import Ingest, open_ingest
from shushuo_ingest.letters import Document
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus
from shushuo_shared.events import RawReport, SourceRef
from tests.ingest.conftest import TOKEN
from tests.ingest.kit import empty_postgres, events, read_here, submit
from tests.ingest.test_copies import REPORT, wrapped


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def ingest(request: pytest.FixtureRequest, tmp_path: Path, bus: Bus) -> AsyncIterator[Ingest]:
    """A running service on either database."""
    settings = IngestSettings(data_dir=tmp_path, admin_token=SecretStr(TOKEN))
    if request.param == "postgres":
        url = empty_postgres(request.getfixturevalue("postgres_url"))
        settings = IngestSettings(data_dir=tmp_path, admin_token=SecretStr(TOKEN), database_url=url)
    opened = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url), read=read_here)
    yield opened
    opened.close()


async def test_copy_is_linked_to_what_came_first(api: AsyncClient, bus: Bus) -> None:
    first = await submit(api, "报告.txt", REPORT.encode())

    second = await submit(api, "转载.txt", wrapped(REPORT).encode())

    assert second["outcome"] == "accepted"
    assert first["report_id"] in second["reason"]
    told = {event["report_id"]: event["copy_of"] for event in await events(bus)}
    assert told == {first["report_id"]: None, second["report_id"]: first["report_id"]}


async def test_corrected_report_elsewhere_is_no_copy(api: AsyncClient, bus: Bus) -> None:
    await submit(api, "报告.txt", REPORT.encode())

    await submit(api, "更正.txt", REPORT.replace("3098", "3089").encode())

    assert [event["copy_of"] for event in await events(bus)] == [None, None]


async def test_copy_of_a_withdrawn_report_takes_its_place(api: AsyncClient, bus: Bus, ingest: Ingest) -> None:
    await submit(api, "报告.txt", REPORT.encode())
    second = await submit(api, "转载.txt", wrapped(REPORT).encode())
    await events(bus)

    await ingest.intake.withdraw(
        Document(source=SourceRef(name="upload", kind="upload", address="报告.txt"), name="报告.txt")
    )

    told = {event["report_id"]: (event["state"], event["copy_of"]) for event in await events(bus)}
    assert sorted(told.values()) == [("present", None), ("withdrawn", None)]
    assert told[second["report_id"]] == ("present", None)


async def test_withdrawn_report_that_comes_back_is_published_again(api: AsyncClient, bus: Bus, ingest: Ingest) -> None:
    await submit(api, "报告.txt", REPORT.encode())
    gone = Document(source=SourceRef(name="upload", kind="upload", address="报告.txt"), name="报告.txt")
    await ingest.intake.withdraw(gone)

    await submit(api, "报告.txt", REPORT.encode())

    assert [event["state"] for event in await events(bus)] == ["present", "withdrawn", "present"]


async def test_replay_gives_the_published_report_again(api: AsyncClient, bus: Bus) -> None:
    done = await submit(api, "报告.txt", REPORT.encode("gb18030"))
    (published,) = await events(bus)

    replayed = (await api.post(f"/v1/reports/{done['report_id']}/replay")).json()

    assert json.dumps(replayed) == json.dumps(RawReport(**published).model_dump(mode="json"))
    assert await events(bus) == []


async def test_replay_of_an_unknown_report_says_so(api: AsyncClient) -> None:
    answer = await api.post("/v1/reports/r0000/replay")

    assert answer.status_code == 404
    assert "r0000" in answer.json()["detail"]
