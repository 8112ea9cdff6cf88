"""Files of one name: a report revised is its next version, another court's or another year's is a report of its own."""

import asyncio
import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from httpx import AsyncClient

from shushuo_ingest.app import Ingest
from shushuo_ingest.copies import revised, sketch
from shushuo_ingest.database import Database
from shushuo_ingest.documents import ParsedDocument
from shushuo_ingest.intake import Intake, Outcome
from shushuo_ingest.letters import Document
from shushuo_ingest.seen_store import SeenStore
from shushuo_shared import ids
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus, Message
from shushuo_shared.errors import Poison
from shushuo_shared.events import SourceRef
from shushuo_shared.topics import DEAD_LETTERS
from tests.ingest.documents.test_archives import archive
from tests.ingest.kit import events, messages, read_here, submit
from tests.ingest.test_copies import COPIES, OTHERS, REPORT
from tests.ingest.test_together import AtTheSameMoment, document

NAME = "工作报告.txt"
CORRECTED = REPORT.replace("3098", "3089")
NEXT_YEAR = OTHERS["next year"](REPORT)
OTHER_COURT = OTHERS["another court, other figures"](REPORT)
CORRECTIONS = [
    "one figure corrected",
    "the first figure corrected",
    "a decimal corrected",
    "a unit corrected",
    "two figures exchanged",
    "a fall that was a rise",
    "another placing",
    "a figure added",
    "a figure left out",
    "a supplement of many figures",
]
OF_ANOTHER = [
    "next year",
    "the year alone",
    "the year in the title alone",
    "another court, the same figures",
    "the procuratorate, the same figures",
    "another court, other figures",
    "a summary",
]


def own_id(text: str, name: str = NAME) -> str:
    return ids.report_id("upload", f"{name}#{ids.version_of(text.encode())[:12]}")


@pytest.mark.parametrize("change", [*COPIES.values(), *(OTHERS[name] for name in CORRECTIONS)])
def test_correction_is_the_report_revised(change: Callable[[str], str]) -> None:
    assert revised(sketch(REPORT), sketch(change(REPORT)))


@pytest.mark.parametrize("name", OF_ANOTHER)
def test_another_report_is_no_revision(name: str) -> None:
    assert not revised(sketch(REPORT), sketch(OTHERS[name](REPORT)))


@pytest.mark.parametrize("other", [NEXT_YEAR, OTHER_COURT], ids=["next year", "another court"])
async def test_another_report_of_the_name_is_one_of_its_own(api: AsyncClient, bus: Bus, other: str) -> None:
    first = await submit(api, NAME, REPORT.encode())

    second = await submit(api, NAME, other.encode())

    assert (second["outcome"], second["report_id"]) == ("accepted", own_id(other))
    assert second["reason"] == f"of the same file name as {first['report_id']}, but another report"
    told = {event["report_id"]: (event["revision"], event["state"], event["text"]) for event in await events(bus)}
    assert told == {first["report_id"]: (1, "present", REPORT), own_id(other): (1, "present", other)}


async def test_each_file_finds_its_own_report_again(api: AsyncClient, bus: Bus) -> None:
    texts = [REPORT, NEXT_YEAR, OTHER_COURT]
    first = [(await submit(api, NAME, text.encode()))["report_id"] for text in texts]

    again = [await submit(api, NAME, text.encode()) for text in [*reversed(texts), *texts]]

    assert [one["report_id"] for one in again] == [*reversed(first), *first]
    assert {one["outcome"] for one in again} == {"unchanged"}
    assert len(await events(bus)) == 3


async def test_each_correction_is_a_version_of_its_own_report(api: AsyncClient, bus: Bus) -> None:
    one, other = [await submit(api, NAME, text.encode()) for text in (REPORT, NEXT_YEAR)]

    done = [await submit(api, NAME, text.encode()) for text in (CORRECTED, NEXT_YEAR.replace("3099", "3909"))]

    assert [(d["outcome"], d["report_id"]) for d in done] == [("changed", d["report_id"]) for d in (one, other)]
    assert [event["revision"] for event in await events(bus)] == [1, 1, 2, 2]


async def test_bytes_that_a_second_report_began_with_lead_to_it_however_far_it_was_revised(api: AsyncClient) -> None:
    def draft(first: int) -> bytes:
        items = "，".join(f"第{n}审判庭审结{n * 37 + 100}件" for n in range(first, first + 10))
        return f"望澜县人民法院2024年审判情况通报：{items}。".encode()

    await submit(api, NAME, REPORT.encode())
    done = [await submit(api, NAME, draft(first)) for first in (10, 12, 14, 16, 10)]

    assert not revised(sketch(draft(10).decode()), sketch(draft(16).decode()))
    assert [one["outcome"] for one in done] == ["accepted", *["changed"] * 4]
    assert len({one["report_id"] for one in done}) == 1


async def test_file_of_the_name_that_cannot_be_read_yet_changes_nothing_until_it_can(
    bus: Bus, database: Database, tmp_path: Path
) -> None:
    blind = True

    async def read(data: bytes, name: str) -> ParsedDocument:
        if blind and data != REPORT.encode():
            raise Poison("no reader for it")
        return await read_here(data, name)

    intake = worker(SeenStore(database), bus, tmp_path, read)
    first = await intake.accept(document(NAME), REPORT.encode())
    failed = await intake.accept(document(NAME), NEXT_YEAR.encode())
    (letter,) = await events(bus, DEAD_LETTERS)
    blind = False

    kept = Document.model_validate_json(base64.b64decode(letter["value"]))
    done = await intake.accept(kept, NEXT_YEAR.encode())

    assert (failed.outcome, failed.report_id) == ("failed", first.report_id)
    assert (done.outcome, done.report_id) == ("accepted", own_id(NEXT_YEAR))


async def test_a_document_is_read_once_however_many_have_its_name(bus: Bus, database: Database, tmp_path: Path) -> None:
    read: list[bytes] = []

    async def reading(data: bytes, name: str) -> ParsedDocument:
        read.append(data)
        return await read_here(data, name)

    texts = [text.encode() for text in (REPORT, NEXT_YEAR, OTHER_COURT)]
    for text in [*texts, *texts]:
        await worker(SeenStore(database), bus, tmp_path, reading).accept(document(NAME), text)

    assert read == texts


@pytest.mark.parametrize("other", [NEXT_YEAR, CORRECTED], ids=["another report", "a correction"])
async def test_two_workers_with_one_name_at_once_keep_both(
    database: Database, bus: Bus, tmp_path: Path, other: str
) -> None:
    everyone = asyncio.Barrier(2)

    async def take(text: str) -> Outcome:
        return await worker(AtTheSameMoment(database, everyone), bus, tmp_path).accept(document(NAME), text.encode())

    done = await asyncio.gather(take(REPORT), take(other))

    told = [(event["report_id"], event["revision"], event["text"]) for event in await events(bus)]
    assert {text for _, _, text in told} == {REPORT, other}
    assert len({report for report, _, _ in told}) == (2 if other == NEXT_YEAR else 1)
    assert {one.report_id for one in done} == {report for report, _, _ in told}


async def test_two_workers_with_two_drafts_of_a_second_report_make_one_of_them(
    database: Database, bus: Bus, tmp_path: Path
) -> None:
    everyone = asyncio.Barrier(2)
    await worker(SeenStore(database), bus, tmp_path).accept(document(NAME), REPORT.encode())

    async def take(text: str) -> Outcome:
        return await worker(AtTheSameMoment(database, everyone), bus, tmp_path).accept(document(NAME), text.encode())

    done = await asyncio.gather(take(NEXT_YEAR), take(NEXT_YEAR.replace("3099", "3909")))

    (second,) = {one.report_id for one in done}
    assert {e["revision"] for e in await events(bus) if e["report_id"] == second} == {1, 2}


async def test_second_report_of_a_name_that_was_left_untold_is_told_once(
    database: Database, bus: Bus, tmp_path: Path
) -> None:
    class Killing:
        async def publish(self, _: Message) -> None:
            raise asyncio.CancelledError

    await worker(SeenStore(database), bus, tmp_path).accept(document(NAME), REPORT.encode())
    dying = Intake(
        bus=Killing(),  # type: ignore[arg-type]
        blobs=open_blobs(f"file://{tmp_path}/blobs"),
        seen=SeenStore(database),
        read=read_here,
    )
    with pytest.raises(asyncio.CancelledError):
        await dying.accept(document(NAME), NEXT_YEAR.encode())

    done = await worker(SeenStore(database), bus, tmp_path).accept(document(NAME), NEXT_YEAR.encode())

    assert (done.outcome, done.report_id) == ("unchanged", own_id(NEXT_YEAR))
    assert [(event["report_id"], event["revision"]) for event in await events(bus)][1:] == [(own_id(NEXT_YEAR), 1)]


async def test_withdrawn_report_is_not_continued_by_another_of_its_name(api: AsyncClient, ingest: Ingest) -> None:
    first = await submit(api, NAME, REPORT.encode())
    await ingest.intake.withdraw(document(NAME))

    other = await submit(api, NAME, NEXT_YEAR.encode())
    again = await submit(api, NAME, REPORT.encode())

    assert other["report_id"] == own_id(NEXT_YEAR)
    assert (again["outcome"], again["report_id"]) == ("changed", first["report_id"])


async def test_an_address_that_is_given_means_that_document(ingest: Ingest, bus: Bus) -> None:
    page = Document(source=SourceRef(name="upload", kind="upload", address="https://fy.example.cn/bg"), name="bg")
    done = [await ingest.intake.accept(page, text.encode()) for text in (REPORT, NEXT_YEAR)]

    assert [one.outcome for one in done] == ["accepted", "changed"]
    assert len({one.report_id for one in done}) == 1


async def test_another_archive_of_the_name_takes_nothing_from_the_first(api: AsyncClient, bus: Bus) -> None:
    one = archive(**{"一.txt": REPORT.encode(), "二.txt": OTHER_COURT.encode()})
    other = archive(**{"一.txt": NEXT_YEAR.encode()})
    apart = archive(**{"三.txt": OTHERS["a decimal corrected"](NEXT_YEAR).encode()})

    done = [await submit(api, "年报.zip", data) for data in (one, other, apart, other, one)]

    assert [d["outcome"] for d in done] == ["accepted", "accepted", "accepted", "unchanged", "unchanged"]
    assert "of the same file name as 年报.zip, but another archive" in done[1]["reason"]
    told = await events(bus)
    assert {event["state"] for event in told} == {"present"}
    assert len({event["report_id"] for event in told}) == 4


async def test_archive_corrected_is_the_same_archive(api: AsyncClient, bus: Bus) -> None:
    both = {"一.txt": REPORT.encode(), "二.txt": OTHER_COURT.encode()}
    await submit(api, "年报.zip", archive(**both))
    second = {"一.txt": NEXT_YEAR.encode(), "二.txt": NEXT_YEAR.replace("临江", "望澜").encode()}
    await submit(api, "年报.zip", archive(**second))
    await messages(bus, "shushuo.reports.raw")

    await submit(api, "年报.zip", archive(**{"一.txt": CORRECTED.encode()}))
    first_told = {event["source"]["address"]: event["state"] for event in await events(bus)}
    await submit(api, "年报.zip", archive(**{"一.txt": NEXT_YEAR.replace("3099", "3909").encode()}))
    second_told = {event["source"]["address"].partition("!")[2]: event["state"] for event in await events(bus)}

    assert first_told == {"年报.zip!一.txt": "present", "年报.zip!二.txt": "withdrawn"}
    assert second_told == {"一.txt": "present", "二.txt": "withdrawn"}


def worker(seen: SeenStore, bus: Bus, folder: Path, read: object = read_here) -> Intake:
    return Intake(bus=bus, blobs=open_blobs(f"file://{folder}/blobs"), seen=seen, read=read)  # type: ignore[arg-type]
