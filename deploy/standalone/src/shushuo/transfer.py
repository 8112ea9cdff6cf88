"""``shushuo export`` and ``shushuo import``: the whole store as one file, and back into an empty one."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.session import Store
from shushuo_publish.transfer import export_store, import_store
from shushuo_shared.errors import ConfigError


def export_to(file: Path, database_url: str) -> dict[str, int]:
    """Write the store to the file, readable by its owner only; rows of each table. A file that exists is kept."""
    store = _open(database_url)
    part = file.with_name(file.name + ".part")
    try:
        if file.exists():
            raise ConfigError(f"{file} exists already; name another file")
        with open(part, "wb", opener=_private) as out:
            counts = export_store(store, cast(BinaryIO, out))
            os.fsync(out.fileno())
        part.rename(file)
        return counts
    except OSError as e:
        raise ConfigError(f"{file}: {e.strerror}") from e
    finally:
        part.unlink(missing_ok=True)
        store.engine.dispose()


def import_from(file: Path, database_url: str) -> dict[str, int]:
    """Fill the empty store from the file, all or nothing; rows of each table."""
    store = _open(database_url)
    try:
        with file.open("rb") as lines:
            return import_store(store, cast(Iterable[bytes], lines))
    except OSError as e:
        raise ConfigError(f"{file}: {e.strerror}") from e
    finally:
        store.engine.dispose()


def total(counts: Mapping[str, int]) -> str:
    """The counts in words."""
    return f"{sum(counts.values())} rows, of them {counts.get('report', 0)} reports"


def _open(database_url: str) -> Store:
    upgrade(database_url)
    return Store(open_engine(database_url))


def _private(name: str, flags: int) -> int:
    """The file holds the secrets of endpoints."""
    return os.open(name, flags, 0o600)
