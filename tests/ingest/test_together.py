"""Several workers at one database: one text is published once, and all keep one gap towards a host."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shushuo_ingest.copies import Sketch
from shushuo_ingest.database import Database
from shushuo_ingest.fetch.client import open_client
from shushuo_ingest.fetch.fetcher import Fetcher
from shushuo_ingest.fetch.politeness import Politeness
from shushuo_ingest.intake import Intake, Outcome
from shushuo_ingest.letters import Document
from shushuo_ingest.seen_store import Remembered, Seen, SeenStore
from shushuo_ingest.watch.host_turns import HostTurns
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus, Message
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.errors import Retryable
from shushuo_shared.events import SourceRef
from tests.ingest.kit import StoppedClock, events, read_here
from tests.ingest.site import a_site
from tests.ingest.test_copies import REPORT, wrapped


class AtTheSameMoment(SeenStore):
    """Waits until all workers have read their document, so that all remember it at once."""

    def __init__(self, database: Database, everyone: asyncio.Barrier) -> None:
        super().__init__(database)
        self._everyone: asyncio.Barrier | None = everyone

    async def remember(
        self, seen: Seen, sketch: Sketch | None, *, now: datetime, revisions: int | None = None
    ) -> Remembered:
        everyone, self._everyone = self._everyone, None
        if everyone:
            await everyone.wait()
        return await super().remember(seen, sketch, now=now, revisions=revisions)


def document(name: str) -> Document:
    return Document(source=SourceRef(name="upload", kind="upload", address=name), name=name)


def worker(seen: SeenStore, bus: Bus, folder: Path, clock: Clock = system_clock) -> Intake:
    return Intake(bus=bus, blobs=open_blobs(f"file://{folder}/blobs"), seen=seen, read=read_here, clock=clock)


async def test_one_text_taken_by_four_workers_at_once_is_published_once(
    database: Database, bus: Bus, tmp_path: Path
) -> None:
    everyone = asyncio.Barrier(4)
    texts = [REPORT, wrapped(REPORT), f"﻿{REPORT}", REPORT.replace("，", ",")]

    async def take(number: int, text: str) -> Outcome:
        intake = worker(AtTheSameMoment(database, everyone), bus, tmp_path)
        return await intake.accept(document(f"{number}.txt"), text.encode())

    await asyncio.gather(*(take(*pair) for pair in enumerate(texts)))

    told = [event["copy_of"] for event in await events(bus)]
    assert told.count(None) == 1
    assert len(set(told)) == 2


async def test_one_report_changed_at_two_workers_at_once_keeps_its_count(
    database: Database, bus: Bus, tmp_path: Path
) -> None:
    everyone = asyncio.Barrier(2)

    async def take(text: str) -> Outcome:
        intake = worker(AtTheSameMoment(database, everyone), bus, tmp_path)
        page = SourceRef(name="法院", kind="page", address="https://fy.example.cn/bg")
        return await intake.accept(Document(source=page, name="bg"), text.encode())

    done = await asyncio.gather(*(take(REPORT.replace("3098", n)) for n in ("3098", "3099")), return_exceptions=True)

    assert sorted(isinstance(one, Retryable) for one in done) == [False, True]
    assert [event["revision"] for event in await events(bus)] == [1]


async def test_what_a_killed_worker_left_untold_is_told_by_another(
    database: Database, bus: Bus, tmp_path: Path
) -> None:
    clock = StoppedClock()
    await die_telling(database, tmp_path, clock)
    living = worker(SeenStore(database), bus, tmp_path, clock)

    await living.tell_forgotten()
    at_once = await events(bus)
    clock.forward(seconds=61)
    for _ in range(2):
        await living.tell_forgotten()

    assert at_once == []
    assert [(event["revision"], event["text"]) for event in await events(bus)] == [(1, REPORT)]


async def test_copy_of_what_a_killed_worker_left_untold_is_told_after_it(
    database: Database, bus: Bus, tmp_path: Path
) -> None:
    await die_telling(database, tmp_path, system_clock)
    told: list[str] = []

    class Telling:
        async def publish(self, message: Message) -> None:
            told.append(message.key)

    await worker(SeenStore(database), cast(Bus, Telling()), tmp_path).accept(
        document("转载.txt"), wrapped(REPORT).encode()
    )

    assert told == [document("报告.txt").report_id, document("转载.txt").report_id]


async def test_version_that_comes_when_an_earlier_one_is_untold_is_told_as_the_next(
    database: Database, bus: Bus, tmp_path: Path
) -> None:
    await die_telling(database, tmp_path, system_clock)

    done = await worker(SeenStore(database), bus, tmp_path).accept(document("报告.txt"), f"{REPORT}更正。".encode())

    assert done.outcome == "changed"
    assert [(e["revision"], e["text"]) for e in await events(bus)] == [(1, REPORT), (2, f"{REPORT}更正。")]


async def die_telling(database: Database, folder: Path, clock: Clock) -> None:
    """A worker takes the report in and is killed before the bus has its event."""

    class Killing:
        async def publish(self, _: Message) -> None:
            raise asyncio.CancelledError

    dying = worker(SeenStore(database), cast(Bus, Killing()), folder, clock)
    with pytest.raises(asyncio.CancelledError):
        await dying.accept(document("报告.txt"), REPORT.encode())


@pytest.mark.parametrize("paused", [False, True])
async def test_workers_keep_one_gap_towards_a_host(database: Database, paused: bool) -> None:
    clock = StoppedClock()
    one, two = (HostTurns(database, clock=clock) for _ in range(2))
    if paused:
        await one.pause("court.example.cn", timedelta(seconds=30))
    gap, patience = timedelta(seconds=2), timedelta(seconds=60)

    waits = [await worker.reserve("court.example.cn", gap, patience=patience) for worker in (one, two, one, two)]

    first = 30 if paused else 0
    assert [wait.total_seconds() for wait in waits] == [first, first + 2, first + 4, first + 6]


async def test_redirect_to_a_host_of_another_worker_waits_for_a_turn_there(database: Database) -> None:
    arrivals: list[float] = []

    def arrive(_: Request) -> Response:
        arrivals.append(asyncio.get_running_loop().time())
        return Response("报告")

    async with AsyncExitStack() as stack:
        mine, foreign = [await stack.enter_async_context(a_site()) for _ in range(2)]
        client = await stack.enter_async_context(open_client(user_agent="t", allowed_hosts=["127.0.0.1"]))
        owner, visitor = (
            Fetcher(client, politeness=Politeness(gap=2.0, turns=HostTurns(database, clock=system_clock)), limit=9999)
            for _ in range(2)
        )
        foreign.pages["/report"] = arrive
        mine.pages["/moved"] = RedirectResponse(foreign.url("/report"))

        await owner(foreign.url("/report"), robots=False)
        await visitor(mine.url("/moved"), robots=False)

    assert arrivals[1] - arrivals[0] >= 1.0
