"""One report is one record: copies are linked, withdrawals pass to a copy, the archive gives the same report again."""

import hashlib
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
from shushuo_shared.bus import Bus, Message
from shushuo_shared.errors import Retryable
from shushuo_shared.events import RawReport, SourceRef
from shushuo_shared.topics import DEAD_LETTERS
from tests.ingest.conftest import TOKEN
from tests.ingest.kit import StoppedClock, empty_postgres, events, read_here, submit
from tests.ingest.test_copies import REPORT, wrapped

COPIES = {"转载.txt": wrapped(REPORT), "转发.txt": f"{REPORT}\n"}


def upload(name: str) -> SourceRef:
    return SourceRef(name="upload", kind="upload", address=name)


def damage(folder: Path, data: bytes) -> None:
    """Change the archived bytes."""
    digest = hashlib.sha256(data).hexdigest()
    (folder / "blobs" / digest[:2] / digest).write_bytes(b"?")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def ingest(
    request: pytest.FixtureRequest, tmp_path: Path, bus: Bus, clock: StoppedClock
) -> AsyncIterator[Ingest]:
    """A running service on either database."""
    settings = IngestSettings(data_dir=tmp_path, admin_token=SecretStr(TOKEN))
    if request.param == "postgres":
        url = empty_postgres(request.getfixturevalue("postgres_url"))
        settings = IngestSettings(data_dir=tmp_path, admin_token=SecretStr(TOKEN), database_url=url)
    blobs = open_blobs(settings.blob_url)
    opened = await open_ingest(settings, bus=bus, blobs=blobs, clock=clock, read=read_here)
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

    await ingest.intake.withdraw(Document(source=upload("报告.txt"), name="报告.txt"))

    told = {event["report_id"]: (event["state"], event["copy_of"]) for event in await events(bus)}
    assert sorted(told.values()) == [("present", None), ("withdrawn", None)]
    assert told[second["report_id"]] == ("present", None)


async def test_copy_takes_its_place_though_the_bus_went_away_in_between(
    api: AsyncClient, bus: Bus, ingest: Ingest, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await submit(api, "报告.txt", REPORT.encode())
    second = await submit(api, "转载.txt", wrapped(REPORT).encode())
    await events(bus)
    publish = bus.publish

    async def withdrawals_only(message: Message) -> None:
        if b"withdrawn" not in message.value:
            raise Retryable("the bus is away")
        await publish(message)

    with monkeypatch.context() as away:
        away.setattr(bus, "publish", withdrawals_only)
        await ingest.intake.withdraw(Document(source=upload("报告.txt"), name="报告.txt"))
    before = [event["state"] for event in await events(bus)]
    clock.forward(seconds=61)
    await ingest.intake.tell_forgotten()

    told = [(event["report_id"], event["state"], event["copy_of"]) for event in await events(bus)]
    assert before == ["withdrawn"]
    assert told == [(second["report_id"], "present", None)]


async def test_copy_of_a_report_that_changes_into_another_takes_its_place(api: AsyncClient, bus: Bus) -> None:
    await submit(api, "报告.txt", REPORT.encode())
    second = await submit(api, "转载.txt", wrapped(REPORT).encode())
    await events(bus)

    await submit(api, "报告.txt", REPORT.replace("3098", "3089").encode())

    told = {event["report_id"]: (event["revision"], event["copy_of"]) for event in await events(bus)}
    assert told[second["report_id"]] == (2, None)


async def test_copy_of_a_report_that_changes_in_its_words_only_stays_its_copy(api: AsyncClient, bus: Bus) -> None:
    await submit(api, "报告.txt", REPORT.encode())
    await submit(api, "转载.txt", wrapped(REPORT).encode())
    await events(bus)

    done = await submit(api, "报告.txt", REPORT.replace("，", "；", 1).encode())

    assert done["outcome"] == "changed"
    assert [event["report_id"] for event in await events(bus)] == [done["report_id"]]


async def test_copy_that_cannot_be_read_again_goes_to_the_dead_letters_and_the_next_takes_its_place(
    api: AsyncClient, bus: Bus, ingest: Ingest, tmp_path: Path
) -> None:
    await submit(api, "报告.txt", REPORT.encode())
    copies = {n: (await submit(api, n, t.encode()))["report_id"] for n, t in COPIES.items()}
    await events(bus)
    lost = min(copies, key=lambda name: copies[name])
    damage(tmp_path, COPIES[lost].encode())

    await ingest.intake.withdraw(Document(source=upload("报告.txt"), name="报告.txt"))

    (letter,) = await events(bus, DEAD_LETTERS)
    assert (letter["report_id"], "damaged" in letter["reason"]) == (copies.pop(lost), True)
    told = {event["report_id"]: event["copy_of"] for event in await events(bus) if event["state"] == "present"}
    assert told == dict.fromkeys(copies.values())
    again = await submit(api, lost, COPIES[lost].encode())
    assert again["outcome"] == "changed"


async def test_withdrawn_report_that_comes_back_is_published_again(api: AsyncClient, bus: Bus, ingest: Ingest) -> None:
    await submit(api, "报告.txt", REPORT.encode())
    gone = Document(source=upload("报告.txt"), name="报告.txt")
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
