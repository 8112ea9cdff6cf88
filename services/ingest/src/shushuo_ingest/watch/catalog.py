"""The sources file as it is now: read at the start and again whenever it changes; its problems are told, not fatal."""

from pathlib import Path

import structlog

from shushuo_ingest.sources import Source
from shushuo_ingest.sources_file import Problem, SourcesFile, read_sources

log = structlog.get_logger(__name__)


class Catalog:
    """The sources of one file; without a file there are none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._read_at: int | None = None
        self._sources: dict[str, Source] = {}
        self.problems: tuple[Problem, ...] = ()
        self.refresh()

    @property
    def sources(self) -> dict[str, Source]:
        """The sources that can be watched, by name."""
        return self._sources

    def refresh(self) -> None:
        """Read the file again if it changed; sources whose entry did not change keep what they remember."""
        if self._path is None:
            return
        try:
            changed_at = self._path.stat().st_mtime_ns
            if changed_at == self._read_at:
                return
            found = read_sources(self._path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as e:
            found = SourcesFile(problems=(Problem(line=0, source=None, message=f"{self._path} cannot be read: {e}"),))
            changed_at = -1
        if changed_at != self._read_at or found.problems != self.problems:
            self._adopt(found, changed_at)

    def _adopt(self, found: SourcesFile, read_at: int) -> None:
        self._read_at, self.problems = read_at, found.problems
        if read_at != -1:
            kept = {name: source for name, source in self._sources.items() if source in found.sources}
            self._sources = {source.name: kept.get(source.name, source) for source in found.sources}
        for problem in found.problems:
            log.error("bad entry in the sources file", file=str(self._path), reason=str(problem), source=problem.source)
        log.info("sources read", file=str(self._path), sources=len(self._sources), problems=len(found.problems))
