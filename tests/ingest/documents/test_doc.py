"""Files of old Word and of WPS are read by programs that can; where there is none, what to install is named."""

import shutil
import subprocess
from pathlib import Path

import pytest

from shushuo_ingest.documents import read_document
from shushuo_shared.errors import Poison
from tests.ingest.documents.kit import REPORT, word

OFFICE = shutil.which("soffice")


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


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_old_word_file_is_read_exactly(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    options = ["--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "doc"]
    subprocess.run([str(OFFICE), *options, "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True)

    assert read_document((tmp_path / "a.doc").read_bytes(), "年报.wps").text == REPORT
