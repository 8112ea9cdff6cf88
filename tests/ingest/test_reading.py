"""A document that cannot be read in time or in memory costs itself; the next one is read."""

import os
import sys
import time
from collections.abc import Iterator

import pytest

from shushuo_ingest import reading
from shushuo_ingest.documents import ParsedDocument
from shushuo_ingest.documents.eyes import Tile
from shushuo_ingest.documents.ocr import Found
from shushuo_ingest.documents.runs import Run
from shushuo_ingest.reading import ReaderPool
from shushuo_shared.errors import Poison
from tests.ingest.documents.kit import scanned
from tests.ingest.site import article

PAGE = article("临江县人民法院2024年工作报告", 3216, 881, 407).encode()


@pytest.fixture
def pool() -> Iterator[ReaderPool]:
    opened = ReaderPool(seconds=20, megabytes=512, children=1)
    yield opened
    opened.close()


def hang(data: bytes, name: str) -> ParsedDocument:
    time.sleep(600)
    raise AssertionError


def devour(data: bytes, name: str) -> ParsedDocument:
    return ParsedDocument(text=str(len(bytearray(2**30))), media_type="text/html")


def die(data: bytes, name: str) -> ParsedDocument:
    os._exit(9)


@pytest.mark.parametrize(("read", "why"), [(devour, "memory"), (die, "ended the reading process")])
async def test_hostile_document_is_named_and_the_next_is_read(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch, read: object, why: str
) -> None:
    monkeypatch.setattr(reading, "read_document", read)
    with pytest.raises(Poison, match=why):
        await pool(PAGE, "a.html")
    monkeypatch.undo()

    assert "3216" in (await pool(PAGE, "b.html")).text


async def test_document_that_hangs_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    pool, started = ReaderPool(seconds=3, megabytes=512, children=1), time.monotonic()
    monkeypatch.setattr(reading, "read_document", hang)

    with pytest.raises(Poison, match="longer than 3 s"):
        await pool(PAGE, "a.html")

    assert time.monotonic() - started < 120
    pool.close()


def parsers_loaded(data: bytes, name: str) -> ParsedDocument:
    return ParsedDocument(text=str("trafilatura" in sys.modules), media_type="text/html")


async def test_warmed_children_have_the_parsers_loaded_before_their_first_document(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pool.warm()
    monkeypatch.setattr(reading, "read_document", parsers_loaded)

    assert (await pool(PAGE, "a.html")).text == "True"


async def test_page_that_is_no_text_is_poison(pool: ReaderPool) -> None:
    with pytest.raises(Poison, match="no main text"):
        await pool(b"<html><body></body></html>", "a.html")


def see_slowly(data: bytes, name: str, tile: Tile) -> list[Found]:
    time.sleep(1)
    return [Found(Run(f"第{tile[0]}页审结案件{tile[0]}件。", 10, 10, 500, 40), 0.99, 500)]


def see_for_ever(data: bytes, name: str, tile: Tile) -> list[Found]:
    time.sleep(600 if tile[0] == 2 else 0)
    return []


async def test_scan_of_many_pages_is_read_though_all_of_it_takes_longer_than_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool, started = ReaderPool(seconds=5, megabytes=1024, children=1), time.monotonic()
    monkeypatch.setattr(reading, "see", see_slowly)

    parsed = await pool(scanned(["一页"] * 4), "a.pdf")

    assert time.monotonic() - started > 5
    assert parsed.text == "".join(f"第{n}页审结案件{n}件。" for n in range(1, 5))
    assert [place.page for place in parsed.layout] == [1, 2, 3, 4]
    pool.close()


async def test_page_that_takes_too_long_is_named_and_nothing_is_published_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool = ReaderPool(seconds=3, megabytes=1024, children=1)
    monkeypatch.setattr(reading, "see", see_for_ever)

    with pytest.raises(Poison, match="reading page 2 by OCR took longer than 3 s"):
        await pool(scanned(["一页"] * 3), "a.pdf")
    pool.close()


async def test_scan_of_far_too_many_pages_is_refused_before_any_is_read(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "see", see_for_ever)

    with pytest.raises(Poison, match="more than 400 pages of pictures"):
        await pool(scanned(["一页"] * 401, size=(100, 140)), "a.pdf")
