"""What ingest promises about a document that is handed in."""

import base64
import hashlib
import json
from pathlib import Path

from httpx import AsyncClient

from shushuo_ingest.app import Ingest
from shushuo_shared import ids
from shushuo_shared.bus import Bus, Message
from shushuo_shared.events import BlobRef
from shushuo_shared.topics import DEAD_LETTERS, RAW, RETRIES
from tests.ingest.kit import messages, submit

REPORT = "临江县人民法院工作报告\n\n2024年，本院受理各类案件3 216件，审结3 098件，结案率96.33%。\r\n"


async def test_text_travels_unchanged(api: AsyncClient, bus: Bus) -> None:
    done = await submit(api, "报告.txt", REPORT.encode())

    (message,) = await messages(bus, RAW)
    event = json.loads(message.value)
    assert done["outcome"] == "accepted"
    assert event["text"] == REPORT
    assert message.key == done["report_id"] == ids.report_id("upload", "报告.txt")


async def test_same_file_again_changes_nothing(api: AsyncClient, bus: Bus) -> None:
    await submit(api, "报告.txt", REPORT.encode())

    done = await submit(api, "报告.txt", REPORT.encode())

    assert done["outcome"] == "unchanged"
    assert len(await messages(bus, RAW)) == 1


async def test_edited_file_is_a_new_version_of_one_report(api: AsyncClient, bus: Bus) -> None:
    first = await submit(api, "报告.txt", REPORT.encode())

    second = await submit(api, "报告.txt", REPORT.replace("3 098", "3 099").encode())

    assert (second["outcome"], second["report_id"]) == ("changed", first["report_id"])
    assert [json.loads(m.value)["version"] for m in await messages(bus, RAW)] == [first["version"], second["version"]]


async def test_return_to_an_earlier_version_is_news(api: AsyncClient, bus: Bus) -> None:
    for text in (REPORT, REPORT + "更正。", REPORT):
        await submit(api, "报告.txt", text.encode())

    events = await messages(bus, RAW)
    assert len({m.headers["ce_id"] for m in events}) == 3


async def test_same_text_in_another_encoding_is_no_change(api: AsyncClient, bus: Bus) -> None:
    await submit(api, "报告.txt", REPORT.encode())

    done = await submit(api, "报告.txt", REPORT.encode("gb18030"))

    assert done["outcome"] == "unchanged"
    assert len(await messages(bus, RAW)) == 1


async def test_large_text_travels_by_reference(api: AsyncClient, bus: Bus, ingest: Ingest) -> None:
    text = REPORT * 4000
    await submit(api, "五年.txt", text.encode())

    (message,) = await messages(bus, RAW)
    event = json.loads(message.value)
    assert event["text"] is None
    assert len(message.value) < 2000
    assert (await ingest.blobs.get(BlobRef(**event["text_ref"]))).decode() == text


async def test_unreadable_document_is_kept_and_the_rest_goes_on(api: AsyncClient, bus: Bus, ingest: Ingest) -> None:
    broken = b"\x89PNG\r\n\x1a\n" + bytes(100)
    files = [("files", ("坏.png", broken)), ("files", ("好.txt", REPORT.encode()))]

    first, second = (await api.post("/v1/documents", files=files)).json()["documents"]

    assert (first["outcome"], second["outcome"]) == ("failed", "accepted")
    assert "坏.png" in first["reason"]
    (letter,) = await messages(bus, DEAD_LETTERS)
    assert json.loads(letter.value)["topic"] == RETRIES
    assert len(await messages(bus, RAW)) == 1


async def test_retried_document_comes_in_again(api: AsyncClient, bus: Bus, ingest: Ingest) -> None:
    await submit(api, "空.txt", b" \n")
    (letter,) = await messages(bus, DEAD_LETTERS)
    kept = json.loads(letter.value)

    await ingest.retry(Message(topic=kept["topic"], key=kept["key"], value=base64.b64decode(kept["value"])))

    again = [json.loads(m.value) for m in await messages(bus, DEAD_LETTERS)]
    assert [entry["attempts"] for entry in again] == [2]


async def test_nothing_is_taken_without_the_token(api: AsyncClient) -> None:
    answer = await api.post("/v1/documents", files=[("files", ("a.txt", b"x"))], headers={"authorization": "Bearer no"})

    assert answer.status_code == 401


async def test_original_bytes_are_kept(api: AsyncClient, tmp_path: Path) -> None:
    await submit(api, "报告.txt", REPORT.encode("gb18030"))

    kept = [p.read_bytes() for p in (tmp_path / "blobs").rglob("*") if p.is_file()]
    assert REPORT.encode("gb18030") in kept


async def test_world_that_is_away_is_told_in_words(api: AsyncClient, tmp_path: Path) -> None:
    done = await submit(api, "报告.txt", REPORT.encode())
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    kept = tmp_path / "blobs" / digest[:2] / digest
    kept.unlink()
    kept.mkdir()

    answer = await api.post(f"/v1/reports/{done['report_id']}/replay")

    assert (answer.status_code, answer.json()["detail"][:11]) == (503, "blob folder")
