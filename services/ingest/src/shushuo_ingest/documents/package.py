"""ZIP containers, opened without trust: bombs, locked members and entity tricks are refused before unpacking."""

import io
import re
import zipfile

from shushuo_shared.errors import Poison

MOST_MEMBERS = 5000
MOST_BYTES = 400_000_000
MOST_RATIO = 300
_LOCKED = 0x1
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def opened(data: bytes) -> zipfile.ZipFile:
    """The container, looked over by what it says of its members; Poison when it is broken, locked or a bomb."""
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as e:
        raise Poison(f"the file is broken or cut off: {e}") from e
    members = container.infolist()
    if len(members) > MOST_MEMBERS:
        raise Poison(f"the file holds {len(members)} members, more than {MOST_MEMBERS}")
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES or size > max(len(data), 100_000) * MOST_RATIO:
        raise Poison(f"the file is a bomb: {len(data)} bytes that unpack to {size}")
    if any(member.flag_bits & _LOCKED for member in members):
        raise Poison("the file is locked with a password; submit it without one")
    return container


def unpacked(container: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The member's bytes, never more than it says; Poison when they are damaged."""
    try:
        with container.open(member) as file:
            data = file.read(member.file_size + 1)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as e:
        raise Poison(f"the file is damaged at {member.filename!r}: {e}") from e
    except Exception as e:  # zlib.error, lzma.LZMAError: each decompressor has its own
        raise Poison(f"the file is damaged at {member.filename!r}: {e}") from e
    if len(data) > member.file_size:
        raise Poison(f"the file is a bomb: {member.filename!r} is larger than it says")
    return data


def refuse_entities(container: zipfile.ZipFile) -> None:
    """Poison when an XML part declares entities, which no office program writes and bombs are made of."""
    for member in container.infolist():
        if not member.filename.endswith((".xml", ".rels")):
            continue
        if _ENTITIES.search(unpacked(container, member).replace(b"\x00", b"")):  # UTF-16 is ASCII with zeros between
            raise Poison(f"the file declares XML entities in {member.filename!r}, as bombs do")
