"""Several workers at one database: one text is published once, and all keep one gap towards a host."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shushuo_ingest.copies import Sketch, sketch
from shushuo_ingest.database import Database
from shushuo_ingest.fetch.client import open_client
from shushuo_ingest.fetch.fetcher import Fetcher
from shushuo_ingest.fetch.politeness import Politeness
from shushuo_ingest.intake import Intake, Outcome
from shushuo_ingest.letters import Document
from shushuo_ingest.seen_store import Claim, Seen, SeenStore
from shushuo_ingest.watch.host_turns import HostTurns
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import Bus
from shushuo_shared.clock import system_clock
from shushuo_shared.errors import Retryable
from shushuo_shared.events import SourceRef
from tests.ingest.kit import StoppedClock, events, read_here
from tests.ingest.site import a_site
from tests.ingest.test_copies import REPORT, wrapped


class AtTheSameMoment(SeenStore):
    """Waits until all workers have read their document, so that all claim it at once."""

    def __init__(self, database: Database, everyone: asyncio.Barrier) -> None:
        super().__init__(database)
        self._everyone: asyncio.Barrier | None = everyone

    async def claim(self, seen: Seen, sketch: Sketch, *, now: datetime) -> Claim:
        everyone, self._everyone = self._everyone, None
        if everyone:
            await everyone.wait()
        return await super().claim(seen, sketch, now=now)


def document(name: str) -> Document:
    return Document(source=SourceRef(name="upload", kind="upload", address=name), name=name)


def worker(seen: SeenStore, bus: Bus, folder: Path) -> Intake:
    return Intake(bus=bus, blobs=open_blobs(f"file://{folder}/blobs"), seen=seen, read=read_here, clock=system_clock)


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
        return await intake.accept(document("报告.txt"), text.encode())

    done = await asyncio.gather(*(take(REPORT.replace("3098", n)) for n in ("3098", "3099")), return_exceptions=True)

    assert sorted(isinstance(one, Retryable) for one in done) == [False, True]
    assert [event["revision"] for event in await events(bus)] == [1]


async def test_claim_of_a_dead_worker_runs_out(database: Database, bus: Bus, tmp_path: Path) -> None:
    clock = StoppedClock()
    await worker(SeenStore(database), bus, tmp_path).accept(document("报告.txt"), REPORT.encode())
    known = await SeenStore(database).get(document("报告.txt").report_id)
    assert known is not None
    following = known.model_copy(update={"sequence": 2})
    dead, living = SeenStore(database), SeenStore(database)
    await dead.claim(following, sketch(REPORT), now=clock())

    before = await living.claim(following, sketch(REPORT), now=clock())
    clock.forward(seconds=61)
    after = await living.claim(following, sketch(REPORT), now=clock())

    assert (before.granted, after.granted) == (False, True)


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
