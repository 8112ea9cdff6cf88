"""A document that cannot be read in time or in memory costs itself; the next one is read."""

import os
import sys
import time
from collections.abc import Iterator

import pytest

from shushuo_ingest import reading
from shushuo_ingest.documents import ParsedDocument
from shushuo_ingest.reading import ReaderPool
from shushuo_shared.errors import Poison
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

    assert time.monotonic() - started < 20
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
