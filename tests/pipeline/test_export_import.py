"""``shushuo export`` and ``shushuo import`` carry a store from SQLite to PostgreSQL and back, byte for byte."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.session import Store
from tests.publish.builder import store_many


def shushuo(command: str, file: Path, database_url: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator runs it."""
    arguments = [sys.executable, "-m", "shushuo", command, str(file)]
    environment = {**os.environ, "SHUSHUO_DATABASE_URL": database_url}
    return subprocess.run(arguments, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """A SQLite store with three reports."""
    url = f"sqlite:///{tmp_path}/filled.sqlite"
    upgrade(url)
    store = Store(open_engine(url))
    store_many(store, 3)
    store.engine.dispose()
    return url


@pytest.mark.postgres
def test_a_store_moves_to_postgresql_and_back_with_equal_bytes(
    filled: str, new_database: Callable[[], str], tmp_path: Path
) -> None:
    files = [tmp_path / f"{n}.jsonl" for n in range(3)]
    first, stations = shushuo("export", files[0], filled), [new_database(), f"sqlite:///{tmp_path}/back.sqlite"]
    assert first.returncode == 0, first.stderr
    assert "of them 3 reports" in first.stdout
    for n, url in enumerate(stations):
        for command, file in (("import", files[n]), ("export", files[n + 1])):
            done = shushuo(command, file, url)
            assert done.returncode == 0, done.stderr
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()
    assert files[0].stat().st_mode & 0o077 == 0


def test_nothing_is_overwritten_and_a_cut_file_is_refused(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "store.jsonl"
    assert shushuo("export", file, filled).returncode == 0
    again = shushuo("export", file, filled)
    assert (again.returncode, "exists already" in again.stderr) == (2, True)
    file.write_bytes(file.read_bytes()[:-100])
    cut = shushuo("import", file, f"sqlite:///{tmp_path}/new.sqlite")
    assert (cut.returncode, "cut off or damaged" in cut.stderr) == (2, True)
    assert "not empty" in shushuo("import", file, filled).stderr
