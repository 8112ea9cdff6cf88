"""Files of old Word and of WPS are read by programs that can; where there is none, what to install is named."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shushuo_ingest import reading
from shushuo_ingest.documents import ParsedDocument, read_document
from shushuo_ingest.reading import ReaderPool
from shushuo_shared.errors import Poison
from tests.ingest.documents.kit import REPORT

OLD_WORD = (Path(__file__).parent / "files" / "old_word.doc").read_bytes()
"""The report of ``kit``, saved by LibreOffice as Word 97."""


@pytest.fixture
def pool() -> Iterator[ReaderPool]:
    """The reading child as ingest has it, with its limits of memory and time."""
    opened = ReaderPool(seconds=120, megabytes=2048, children=1)
    yield opened
    opened.close()


def by_antiword(data: bytes, name: str) -> ParsedDocument:
    """Read in the child where antiword is and LibreOffice is not."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "antiword").symlink_to(str(shutil.which("antiword")))
        os.environ["PATH"] = folder
        return read_document(data, name)


def by_libreoffice(data: bytes, name: str) -> ParsedDocument:
    """Read in the child, by LibreOffice since it is there."""
    return read_document(data, name)


PROGRAMS = [
    pytest.param(by_antiword, marks=pytest.mark.skipif(not shutil.which("antiword"), reason="needs antiword")),
    pytest.param(by_libreoffice, marks=pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")),
]


def container(stream: str) -> bytes:
    """The beginning of an OLE file with a stream of this name, and nothing in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(3000)


def test_without_a_program_the_reason_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Poison, match="apt-get install libreoffice-writer-nogui"):
        read_document(container("WordDocument"), "a.wps")


@pytest.mark.parametrize(
    ("stream", "why"), [("EncryptedPackage", "password"), ("Workbook", "no reader for application/vnd.ms-excel")]
)
def test_other_files_of_old_office_are_named(stream: str, why: str) -> None:
    with pytest.raises(Poison, match=why):
        read_document(container(stream), "a.doc")


@pytest.mark.parametrize("read", PROGRAMS)
async def test_old_word_file_is_read_exactly(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch, read: Callable[[bytes, str], ParsedDocument]
) -> None:
    monkeypatch.setattr(reading, "read_document", read)

    parsed = await pool(OLD_WORD, "年报.wps")

    assert parsed.text == REPORT
    assert bool(parsed.layout) == (read is by_libreoffice)


@pytest.mark.parametrize("read", PROGRAMS)
async def test_file_that_no_program_can_read_is_named(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch, read: Callable[[bytes, str], ParsedDocument]
) -> None:
    monkeypatch.setattr(reading, "read_document", read)

    with pytest.raises(Poison, match="cannot read the file"):
        await pool(container("WordDocument"), "a.doc")
