"""ZIP archives of documents: their members by name and bytes; nothing is ever written where a name says."""

import zipfile
from pathlib import PurePosixPath

from shushuo_ingest.documents.package import opened, unpacked
from shushuo_shared.errors import Poison

MEDIA_TYPE = "application/zip"
MOST_DOCUMENTS = 1000
_UTF8_NAME = 0x800
_RUBBISH = ("__MACOSX/", "Thumbs.db", "desktop.ini")


def members(data: bytes) -> list[tuple[str, bytes]]:
    """The documents in the archive in the order of their names; Poison when it is broken, locked, a bomb or a trick."""
    container = opened(data)
    found = {_name(info): info for info in container.infolist() if not info.is_dir()}
    wanted = {name: info for name, info in sorted(found.items()) if not _rubbish(name)}
    if not wanted:
        raise Poison("the archive holds no documents")
    if len(wanted) > MOST_DOCUMENTS:
        raise Poison(f"the archive holds {len(wanted)} documents, more than {MOST_DOCUMENTS}; submit it in parts")
    for name in wanted:
        _refuse_trick(name)
    return [(name, unpacked(container, info)) for name, info in wanted.items()]


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; one not marked as UTF-8 comes from a Chinese Windows more likely than from an old DOS."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _rubbish(name: str) -> bool:
    """Whether the member is what systems leave in archives by themselves."""
    last = PurePosixPath(name).name
    return name.startswith(_RUBBISH[0]) or last in _RUBBISH[1:] or last.startswith((".", "~$"))


def _refuse_trick(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":" or not name.isprintable():
        raise Poison(f"the archive has a member named {name!r}, as no honest program names it")
