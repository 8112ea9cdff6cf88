"""Each document of an archive is taken in as its own; what is dishonest about an archive is named."""

import io
import zipfile

import pytest
from httpx import AsyncClient

from shushuo_ingest.documents import sniff
from shushuo_ingest.documents.archive import members
from shushuo_shared.bus import Bus
from shushuo_shared.errors import Poison
from tests.ingest.documents.kit import pdf, report_flow, word
from tests.ingest.kit import events, submit

ONE = "云溪市人民检察院2024年批准逮捕1024人，提起公诉2317人，同比分别上升3.2%和5.1%。".encode()
TWO = "临江县人民法院2024年审结案件12307件，结案率95.67%。".encode("gb18030")


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return out.getvalue()


async def test_every_member_is_a_report_of_its_own(api: AsyncClient, bus: Bus) -> None:
    done = await submit(api, "年报.zip", archive(**{"检察/一.txt": ONE, "二.txt": TWO, "__MACOSX/._一": b"x"}))

    assert (done["outcome"], done["reason"]) == ("accepted", "2 documents: 2 accepted")
    assert {event["source"]["address"] for event in await events(bus)} == {"年报.zip!检察/一.txt", "年报.zip!二.txt"}


async def test_member_that_is_gone_from_the_archive_is_withdrawn(api: AsyncClient, bus: Bus) -> None:
    await submit(api, "年报.zip", archive(**{"一.txt": ONE, "二.txt": TWO}))
    await events(bus)

    await submit(api, "年报.zip", archive(**{"一.txt": ONE}))

    (gone,) = await events(bus)
    assert (gone["source"]["address"], gone["state"]) == ("年报.zip!二.txt", "withdrawn")


async def test_member_that_fails_is_named_and_the_others_are_taken(api: AsyncClient, bus: Bus) -> None:
    nested = archive(**{"一.txt": ONE})

    done = await submit(api, "a.zip", archive(**{"一.txt": ONE, "坏.pdf": b"%PDF-1.4 cut", "内.zip": nested}))

    assert done["outcome"] == "failed"
    assert "坏.pdf" in (done["reason"] or "")
    assert "archive within an archive" in (done["reason"] or "")
    assert [event["source"]["address"] for event in await events(bus)] == ["a.zip!一.txt"]


def test_names_of_a_chinese_windows_are_read() -> None:
    data = archive(**{"AAAA.txt": ONE}).replace(b"AAAA", "年报".encode("gbk"))

    assert members(data) == [("年报.txt", ONE)]


def test_formats_mix_in_an_archive() -> None:
    held = {"a.docx": word(), "b.pdf": pdf(report_flow())}

    assert dict(members(archive(**held))) == held


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (archive(**{"../../etc/passwd": ONE}), "no honest program"),
        (archive(**{"/etc/passwd": ONE}), "no honest program"),
        (archive(**{"C:\\a.txt": ONE}), "no honest program"),
        (archive(**{"a.txt": b"0" * 90_000_000}), "bomb"),
        (archive(**{f"{n}.txt": ONE for n in range(1001)}), "more than 1000"),
        (archive(**{"a.txt": ONE})[:-30], "broken"),
        (archive(), "no documents"),
    ],
    ids=["upwards", "absolute", "drive", "bomb", "many", "cut off", "empty"],
)
def test_dishonest_archive_is_named_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(Poison, match=why):
        members(data)


def test_endless_list_of_members_is_not_read_where_nothing_limits_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive(**{f"{n:040}.txt": b"" for n in range(25_000)})
    monkeypatch.setattr(sniff, "zipfile", None)

    assert sniff.media_type_of(data, "a.zip") == "application/zip"
    with pytest.raises(Poison, match="25000 members"):
        members(data)
