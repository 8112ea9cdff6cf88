"""Legacy Word files (.doc) and those of WPS Writer (.wps), turned into text by LibreOffice or antiword."""

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from shushuo_ingest.documents import docx
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_shared.errors import Poison

MEDIA_TYPE = "application/msword"
INSTALL = "reading it needs a program that is not installed: apt-get install libreoffice-writer-nogui (or antiword)"
SECONDS = 90
_PR_SET_PDEATHSIG = 1


def read(data: bytes, name: str) -> ParsedDocument:
    """The text; Poison when neither program is there, or the file is not one they can read."""
    with tempfile.TemporaryDirectory(prefix="shushuo-doc-") as folder:
        path = Path(folder) / "document.doc"
        path.write_bytes(data)
        if office := shutil.which("soffice") or shutil.which("libreoffice"):
            return _by_office(office, path)
        if antiword := shutil.which("antiword"):
            return _by_antiword(antiword, path)
    raise Poison(f"this is a file of old Word or WPS; {INSTALL}")


def _by_office(program: str, path: Path) -> ParsedDocument:
    """Converted to DOCX, so that tracked changes, tables and numbering are read as in one."""
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    options = ["--headless", "--norestore", "--convert-to", "docx", "--outdir", str(path.parent)]
    said = _run([program, profile, *options, str(path)])
    converted = path.with_suffix(".docx")
    if not converted.exists():
        raise Poison(f"LibreOffice cannot read the file: {said.strip()[:200]}")
    parsed = docx.read(converted.read_bytes(), path.name)
    return ParsedDocument(text=parsed.text, media_type=MEDIA_TYPE, title=parsed.title, layout=parsed.layout)


def _by_antiword(program: str, path: Path) -> ParsedDocument:
    """The text with a paragraph to a line; what the program cannot read it says."""
    text = _run([program, "-w", "0", "-m", "UTF-8.txt", str(path)])
    lines = (line.strip(" \r") for line in text.split("\n"))
    return ParsedDocument(text="\n".join(line for line in lines if line), media_type=MEDIA_TYPE)


def _run(command: list[str]) -> str:
    """What the program prints; it dies with the process that reads, and after so many seconds."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(Path(command[-1]).parent), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 - a program found on PATH, the file's name is ours
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        preexec_fn=_bounded,  # noqa: PLW1509 - the reading child has no other thread
    ) as process:
        try:
            said = process.communicate(timeout=SECONDS)[0].decode("utf-8", "replace")
        except subprocess.TimeoutExpired as e:
            os.killpg(process.pid, signal.SIGKILL)
            raise Poison(f"{Path(command[0]).name} took longer than {SECONDS} s over the file") from e
    if process.returncode != 0:
        raise Poison(f"{Path(command[0]).name} cannot read the file: {said.strip()[:200]}")
    return said


def _bounded() -> None:
    """In the new process: an end with its parent's, and a limit of processor time for whatever it starts itself."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
