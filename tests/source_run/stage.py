"""The stage of the run: a real site on a socket, a real ingest, a clock that is moved, and what each of them wrote."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from pydantic import HttpUrl, SecretStr
from starlette.requests import Request
from starlette.responses import Response

from shushuo_ingest.app import Ingest, open_ingest
from shushuo_ingest.settings import IngestSettings
from shushuo_ingest.watch.store import WatchStore
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus, open_bus
from shushuo_shared.topics import DEAD_LETTERS, RAW
from tests.ingest.kit import StoppedClock, events
from tests.ingest.site import Site, a_site, serving

NAME = "http://court.example"
HIDDEN = ("report_id", "version", "duration_ms", "event_type", "log_level", "event", "file", "quality")
ORDER = ("fake success", "looked", "redirected", "handled", "took", "report withdrawn", "source alarm")


class RecordedSite(Site):
    """A site that writes down what it was asked and what it answered."""

    def __init__(self, address: str = "") -> None:
        super().__init__(address)
        self.record: list[str] = []

    async def answer(self, request: Request) -> Response:
        response = await super().answer(request)
        asked = " (if changed)" if {"if-none-match", "if-modified-since"} & set(request.headers) else ""
        self.record.append(f"GET {request.url.path}{asked} → {response.status_code}")
        return response


class Stage:
    """Plays steps and keeps what is to be read of them in ``told``."""

    def __init__(self, site: RecordedSite, monitor: Site, ingest: Ingest, bus: Bus, clock: StoppedClock) -> None:
        self.site, self.ingest, self.told = site, ingest, [""]
        self._monitor, self._bus, self._clock, self._begun = monitor, bus, clock, clock.now
        self._store = WatchStore(ingest.database)
        self._alarms: set[tuple[str, str]] = set()
        ingest.watcher._looker._chance.seed(2025)  # the spread of the looks, the same in every run

    def tell(self, *lines: str) -> None:
        """Write lines of the story."""
        self.told += lines

    async def later(self, **by: float) -> None:
        """Let time pass, and tell what is done when it has."""
        await self._until(self._clock.now + timedelta(**by))

    async def next_look(self, source: str) -> None:
        """Let time pass until ingest itself means to look at the source again."""
        state = await self._store.source(source)
        assert state
        await self._until(max(state.next_look, self._clock.now))

    async def _until(self, moment: datetime) -> None:
        self._clock.now = moment
        self.site.record.clear()
        with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logged:
            await self._settle()
            await self.ingest.vigil.look_round()
        days, rest = divmod(moment - self._begun, timedelta(days=1))
        self.told.append(f"[day {days + 1}, {rest.seconds // 3600:02}:{rest.seconds // 60 % 60:02}]")
        self.told += [f"site    {line}" for line in sorted(self.site.record, key=_site_order)]
        lines = [line for line in logged if line["log_level"] != "debug"]
        self.told += [f"ingest  {self._spelt(line)}" for line in sorted(lines, key=_log_order)]
        await self._tell_what_came_of_it()

    async def _settle(self) -> None:
        """Let the watcher do what is due until nothing is."""
        watcher = self.ingest.watcher
        while True:
            await watcher.claim()
            watcher.wake()
            await asyncio.sleep(0.05)
            names, now = watcher.catalog.sources.keys(), self._clock.now
            states = (await self._store.sources()).values()
            looks = len(states) < len(names) or any(state.next_look <= now for state in states)
            if not (looks or watcher.busy() or await self._store.due_places(now, names)):
                return

    async def _tell_what_came_of_it(self) -> None:
        reports, letters = await events(self._bus, RAW), await events(self._bus, DEAD_LETTERS)
        told = [f"{e['title']}: {e['state']}, revision {e['revision']}" for e in reports]
        told += [f"dead letter: {letter['reason']}" for letter in letters]
        self.told += sorted(self._named(f"out     {line}") for line in told)
        await self._tell_status()

    async def _tell_status(self) -> None:
        """What is wrong, in words where it is not what was wrong before; whether the dead-man's call was made."""
        rows = await self.ingest.desk.overview()
        before, self._alarms = self._alarms, {(row["name"], alarm["kind"]) for row in rows for alarm in row["alarms"]}
        problems = self.ingest.desk.problems_in(rows) if self._alarms != before else ["as before"]
        self.told += [self._named(f"status  {problem}") for problem in (problems if self._alarms else ["all is well"])]
        self.told.append(f"status  dead-man's call {'made' if self._monitor.asked.total() else 'not made'}")
        self._monitor.asked.clear()

    def _spelt(self, line: Mapping[str, Any]) -> str:
        """The line as a person reads it; times as how far ahead they are."""
        shown = {key: value for key, value in line.items() if key not in HIDDEN and value not in (None, 0)}
        if "next_look" in shown:
            shown["next_look"] = f"+{_ahead(datetime.fromisoformat(shown['next_look']) - self._clock.now)}"
        words = " ".join(f"{key}={value}" for key, value in shown.items())
        return self._named(f"{line['log_level']} {line['event']}: {words}")

    def _named(self, text: str) -> str:
        return text.replace(self.site.address, NAME).replace(
            self.site.address.partition("//")[2], NAME.partition("//")[2]
        )


def _site_order(line: str) -> tuple[int, str]:
    """What is asked at the same time in one order: rules, lists, then documents."""
    path = line.split()[1]
    return (0 if path == "/robots.txt" else 2 if path.startswith(("/a/", "/f/")) else 1, line)


def _log_order(line: Mapping[str, Any]) -> tuple[int, str, str]:
    stage = next((n for n, begin in enumerate(ORDER) if line["event"].startswith(begin)), len(ORDER))
    return (stage, str(line.get("source")), str(line.get("address") or line.get("document") or line.get("alarm")))


def _ahead(wait: timedelta) -> str:
    seconds = wait.total_seconds()
    units = ((86_400, 2, "d"), (3600, 2, "h"), (60, 2, "m"), (1, 0, "s"))
    length, _, unit = next(given for given in units if seconds >= given[0] * given[1])
    return f"{seconds / length:.0f}{unit}"


@asynccontextmanager
async def a_stage(folder: Path, sources: str) -> AsyncIterator[Stage]:
    """A stage whose ingest watches the sources; ``{url}`` in them is the site."""
    async with serving(RecordedSite()) as site, a_site() as monitor:
        monitor.pages["/"] = "好"
        file, clock, stop = folder / "sources.toml", StoppedClock(), asyncio.Event()
        file.write_text(sources.format(url=site.address), encoding="utf-8")
        settings = IngestSettings(
            data_dir=folder,
            admin_token=SecretStr("t"),
            sources=file,
            fetch_allow_hosts="127.0.0.1",
            fetch_gap_seconds=0,
            dead_man_url=HttpUrl(monitor.url("/")),
        )
        bus = await open_bus(settings.bus_url, service="ingest")
        ingest = await open_ingest(settings, bus=bus, blobs=open_blobs(settings.blob_url), clock=clock)
        watching = asyncio.create_task(ingest.watcher.run(stop))
        try:
            yield Stage(site, monitor, ingest, bus, clock)
        finally:
            stop.set()
            await watching
            ingest.close()
            await bus.close()
