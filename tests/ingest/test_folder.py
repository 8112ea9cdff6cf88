"""A watched folder: changed, moved and deleted files, and a drive that goes away."""

import asyncio
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import watchfiles
from pydantic import SecretStr

from shushuo_ingest.app import Ingest, open_ingest
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus
from tests.ingest.kit import StoppedClock, events, read_here

TOML = '[[source]]\nname = "收文"\nkind = "folder"\npath = "{folder}"\nconfirm_gone = "10m"\nsettle = "2s"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number in range(1, 6):
        (made / f"{number}.txt").write_text(
            f"第{number}季度，临江县人民法院审结案件{number * 731}件。", encoding="utf-8"
        )
    return made


@pytest.fixture
async def watching(tmp_path: Path, folder: Path, bus: Bus, clock: StoppedClock) -> AsyncIterator[Ingest]:
    file = tmp_path / "sources.toml"
    file.write_text(TOML.format(folder=folder), encoding="utf-8")
    settings = IngestSettings(data_dir=tmp_path, admin_token=SecretStr("t"), sources=file)
    opened = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url), clock=clock, read=read_here)
    yield opened
    opened.close()


async def settle(ingest: Ingest, clock: StoppedClock, **forward: float) -> dict[str, str]:
    """Look twice, so that what is there is known to be whole; the outcome of each file that was tried."""
    clock.forward(**(forward or {"minutes": 1}))
    source = ingest.desk.source("收文")
    assert source
    first = await ingest.desk.poll(source)
    clock.forward(seconds=3)
    second = await ingest.desk.poll(source)
    return {tried["address"]: tried["outcome"] for tried in (*first["documents"], *second["documents"])}


async def test_new_files_are_taken_once(watching: Ingest, bus: Bus, clock: StoppedClock) -> None:
    first, second = await settle(watching, clock), await settle(watching, clock)

    assert set(first.values()) == {"accepted"}
    assert second == {}
    assert len(await events(bus)) == 5


async def test_file_still_being_copied_is_left_alone_until_it_is_whole(
    watching: Ingest, folder: Path, bus: Bus, clock: StoppedClock
) -> None:
    whole = "全年，临江县人民法院审结案件3098件。".encode()
    copied = folder / "全年.txt"
    tried: dict[str, str] = {}
    source = watching.desk.source("收文")
    assert source
    for end in range(9, len(whole) + 1, 9):
        copied.write_bytes(whole[:end])
        clock.forward(seconds=1)
        tried |= {document["name"]: document["outcome"] for document in (await watching.desk.poll(source))["documents"]}
    copied.write_bytes(whole)
    assert "全年.txt" not in tried

    assert (await settle(watching, clock))["全年.txt"] == "accepted"

    assert [e["text"] for e in await events(bus) if e["source"]["address"] == "全年.txt"] == [whole.decode()]


async def test_changed_file_is_a_new_version(watching: Ingest, folder: Path, bus: Bus, clock: StoppedClock) -> None:
    await settle(watching, clock)
    (folder / "3.txt").write_text("第3季度，临江县人民法院审结案件2199件。", encoding="utf-8")

    assert await settle(watching, clock) == {"3.txt": "changed"}

    assert len({event["report_id"] for event in await events(bus)}) == 5


async def test_moved_file_stays_the_same_report(watching: Ingest, folder: Path, bus: Bus, clock: StoppedClock) -> None:
    await settle(watching, clock)
    await events(bus)
    (folder / "归档").mkdir()
    (folder / "2.txt").rename(folder / "归档" / "二季度.txt")
    await settle(watching, clock)
    await settle(watching, clock, days=2)
    (folder / "归档" / "二季度.txt").write_text("第2季度，临江县人民法院审结案件1463件。", encoding="utf-8")

    await settle(watching, clock)

    (event,) = await events(bus)
    assert (event["state"], event["source"]["address"]) == ("present", "2.txt")


async def test_new_file_at_the_name_of_a_moved_one_is_a_report_of_its_own(
    watching: Ingest, folder: Path, bus: Bus, clock: StoppedClock
) -> None:
    await settle(watching, clock)
    (folder / "归档").mkdir()
    (folder / "2.txt").rename(folder / "归档" / "二季度.txt")
    await settle(watching, clock)
    before = {event["report_id"] for event in await events(bus)}
    (folder / "2.txt").write_text("第6季度，临江县人民法院审结案件4388件。", encoding="utf-8")

    assert await settle(watching, clock) == {"2.txt": "accepted"}

    (event,) = await events(bus)
    assert event["report_id"] not in before
    (folder / "2.txt").write_text("第6季度，临江县人民法院审结案件4389件。", encoding="utf-8")
    await settle(watching, clock)
    assert [event["report_id"] for event in await events(bus)] == [event["report_id"]]


async def test_deleted_archive_is_withdrawn_though_not_all_of_it_could_be_read(
    watching: Ingest, folder: Path, bus: Bus, clock: StoppedClock
) -> None:
    with zipfile.ZipFile(folder / "年报.zip", "w") as archive:
        archive.writestr("一.txt", "2024年，云溪县人民法院审结案件3098件。")
        archive.writestr("空.txt", " ")
    tried = await settle(watching, clock)
    assert tried["年报.zip"] == "failed"
    (folder / "年报.zip").unlink()

    await settle(watching, clock)
    await settle(watching, clock, minutes=11)

    told = [(event["source"]["address"], event["state"]) for event in await events(bus)]
    assert [one for one in told if one[0].startswith("年报")] == [
        ("年报.zip!一.txt", "present"),
        ("年报.zip!一.txt", "withdrawn"),
    ]


async def test_deleted_file_is_withdrawn_after_confirmation(
    watching: Ingest, folder: Path, bus: Bus, clock: StoppedClock
) -> None:
    await settle(watching, clock)
    await events(bus)
    (folder / "4.txt").unlink()

    await settle(watching, clock)
    early = await events(bus)
    await settle(watching, clock, minutes=11)

    assert early == []
    assert [(event["state"], event["source"]["address"]) for event in await events(bus)] == [("withdrawn", "4.txt")]


async def test_emptied_drive_withdraws_nothing(watching: Ingest, folder: Path, bus: Bus, clock: StoppedClock) -> None:
    await settle(watching, clock)
    await events(bus)
    kept = {file.name: file.read_bytes() for file in folder.iterdir()}
    for file in folder.iterdir():
        file.unlink()
    for _ in range(3):
        await settle(watching, clock, hours=1)
    for name, data in kept.items():
        (folder / name).write_bytes(data)

    await settle(watching, clock, hours=1)

    assert await events(bus) == []


async def test_absent_folder_is_a_failure_and_not_a_deletion(
    watching: Ingest, folder: Path, bus: Bus, clock: StoppedClock
) -> None:
    await settle(watching, clock)
    await events(bus)
    folder.rename(folder.with_name("away"))
    for _ in range(3):
        await settle(watching, clock, hours=1)

    (row,) = await watching.desk.overview()
    assert row["state"] == "alarm"
    assert "cannot be read" in row["reason"]
    assert await events(bus) == []


@pytest.mark.parametrize("silent", [True, False], ids=["a drive that announces nothing", "a drive that cannot"])
async def test_network_drive_that_announces_no_change_is_looked_at_all_the_same(
    tmp_path: Path, folder: Path, bus: Bus, monkeypatch: pytest.MonkeyPatch, silent: bool
) -> None:
    async def awatch(*_: object, stop_event: asyncio.Event, **__: object) -> AsyncIterator[None]:
        if not silent:
            raise OSError("inotify is not supported here")
        await stop_event.wait()
        return
        yield

    monkeypatch.setattr(watchfiles, "awatch", awatch)
    file = tmp_path / "sources.toml"
    file.write_text(TOML.format(folder=folder) + 'every = "1s"\n', encoding="utf-8")
    settings = IngestSettings(data_dir=tmp_path, admin_token=SecretStr("t"), sources=file)
    ingest = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url), read=read_here)
    stop = asyncio.Event()
    watching, taken = asyncio.create_task(ingest.watcher.run(stop)), 0
    async with asyncio.timeout(90):
        while taken < 5:
            taken += len(await events(bus))
            await asyncio.sleep(0.1)
    stop.set()
    await watching
    ingest.close()

    assert taken == 5
