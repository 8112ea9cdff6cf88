"""A folder of documents, on a local or a network drive: new, changed, moved and deleted files.

A file is ready when its size and time have stayed the same between two looks at least ``settle`` apart, so a file that
is still being copied is left alone. The folder is looked at every ``every`` whether or not the drive announces changes.
"""

import asyncio
import fnmatch
import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import watchfiles
from pydantic import AfterValidator, Field, PrivateAttr

from shushuo_ingest.fetch.page import Fetch, FetchFailed, Gone, Page, Validators
from shushuo_ingest.sources.base import Duration, Item, Listing, Pace, Source

PARTIAL = (".*", "~$*", "*.tmp", "*.part", "*.partial", "*.crdownload", "*.swp", "Thumbs.db", "desktop.ini")


class Folder(Source):
    """The files of a folder and its subfolders."""

    kind: ClassVar[str] = "folder"

    path: Annotated[Path, AfterValidator(Path.absolute)] = Field(description="the folder")
    every: Pace = Field(default=timedelta(seconds=30), description="how often it is looked at")
    match: str = Field(default="*", description="pattern of the file names taken")
    settle: Duration = Field(default=timedelta(seconds=5), description="how long a file must stay the same")
    history: Literal["backfill", "live"] = Field(default="live", description="lane of what it holds at first")
    may_be_empty: bool = Field(default=True, description="whether an empty folder is normal")
    confirm_gone: Duration = Field(default=timedelta(minutes=10), description="how long a file must stay gone")

    _last: dict[str, tuple[str, datetime]] = PrivateAttr(default_factory=dict)

    @property
    def place(self) -> str:
        """The folder itself: its files are on drives that perhaps only one worker sees."""
        return f"folder:{self.name}"

    async def find(self, fetch: Fetch, *, now: datetime, validators: Validators | None = None) -> Listing:
        """The files that are ready; FetchFailed when the folder itself is away, which says nothing of its files."""
        marks = await asyncio.to_thread(self._scan)
        first = {name: self._first_look(name, mark, now) for name, mark in marks.items()}
        self._last.clear()
        self._last.update({name: (mark, first[name]) for name, mark in marks.items()})
        ready = {name for name in marks if now - first[name] >= self.settle}
        items = tuple(Item(address=name, mark=marks[name]) for name in sorted(ready))
        unready = frozenset(marks.keys() - ready)
        again = self.settle if unready else None
        return Listing(items=items, entries=len(marks), whole=True, unready=unready, again=again)

    async def stirs(self, stop: asyncio.Event) -> AsyncIterator[None]:
        """Yield when the drive announces a change; where it cannot, the looks at every ``every`` must do."""
        try:
            async for _ in watchfiles.awatch(self.path, stop_event=stop, debounce=400, ignore_permission_denied=True):
                yield
        except (OSError, RuntimeError):
            return

    def _first_look(self, name: str, mark: str, now: datetime) -> datetime:
        """When the file was first seen as it is now."""
        last = self._last.get(name)
        return last[1] if last and last[0] == mark else now

    def _scan(self) -> dict[str, str]:
        """Size and time of every file, by its path in the folder."""
        found: dict[str, str] = {}

        def fail(e: OSError) -> None:
            raise FetchFailed(f"folder {self.path} cannot be read: {e.strerror}") from e

        for folder, subfolders, files in os.walk(self.path, onerror=fail):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for name in files:
                if fnmatch.fnmatch(name, self.match) and not any(fnmatch.fnmatch(name, part) for part in PARTIAL):
                    path = Path(folder, name)
                    mark = _mark(path)
                    if mark:
                        found[path.relative_to(self.path).as_posix()] = mark
        return found

    async def read(self, address: str, fetch: Fetch, *, validators: Validators | None = None) -> Page:
        """The file's bytes; FetchFailed when it changed while it was read, Gone when it is no longer there."""
        return await asyncio.to_thread(self._read, address)

    def _read(self, address: str) -> Page:
        path = self.path / address
        if not self.path.is_dir():
            raise FetchFailed(f"folder {self.path} is away")
        before = _mark(path)
        if before is None:
            raise Gone(f"{address} is no longer in {self.path}")
        try:
            body = path.read_bytes()
        except OSError as e:
            raise FetchFailed(f"{path} cannot be read: {e.strerror}") from e
        if _mark(path) != before:
            raise FetchFailed(f"{path} changed while it was read")
        return Page(address=address, body=body)


def _mark(path: Path) -> str | None:
    """Size and time of the file; None when it is empty, no file, or gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return f"{stat.st_size}:{stat.st_mtime_ns}" if path.is_file() and stat.st_size else None
