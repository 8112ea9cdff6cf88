"""Whatever a document does to its reader happens to that document alone."""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator

import pytest

from shushuo_extract import work
from shushuo_extract.pool import Pool
from shushuo_extract.reader import read_text
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.report import ExtractedReport


def hang() -> None:
    re.match(r"(a+)+$", "a" * 40 + "b")


def swell() -> None:
    bytearray(2 << 30)


def crash() -> None:
    os._exit(7)


def fail() -> None:
    raise ZeroDivisionError("a bug")


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    started = Pool(processes=2, seconds=1.5, memory_mb=512, warm=work.warm)
    await started.start()
    yield started
    await started.stop()


async def test_it_reads_as_the_reader_does(pool: Pool) -> None:
    text = "临江县人民法院新收案件30件。"

    payload = await pool.run(work.read, text, "r-linjiang", "v1")

    read = ExtractedReport.model_validate_json(payload)
    assert read == read_text(text, report_id="r-linjiang", version="v1")


@pytest.mark.parametrize(
    ("work", "reason"),
    [(hang, "longer than 1.5 s"), (swell, "more than 512 MB"), (crash, "exit code 7")],
    ids=["hang", "swell", "crash"],
)
async def test_a_pathological_document_is_poison_and_its_neighbours_are_read(
    pool: Pool, work: object, reason: str
) -> None:
    bad, *good = await asyncio.gather(
        pool.run(work),  # type: ignore[arg-type]
        *(pool.run(abs, -n) for n in range(6)),
        return_exceptions=True,
    )

    assert isinstance(bad, Poison)
    assert reason in str(bad)
    assert good == [0, 1, 2, 3, 4, 5]


async def test_a_bug_in_the_reader_comes_out_as_it_is(pool: Pool) -> None:
    with pytest.raises(ZeroDivisionError, match="a bug"):
        await pool.run(fail)


async def test_stopping_is_prompt_and_what_was_in_hand_may_be_tried_again(pool: Pool) -> None:
    in_hand = asyncio.create_task(pool.run(hang))
    await asyncio.sleep(0.3)
    started = time.monotonic()
    await pool.stop()

    with pytest.raises(Retryable):
        await in_hand
    with pytest.raises(Retryable):
        await pool.run(hang)
    assert time.monotonic() - started < 5


async def test_a_cancelled_document_gives_its_process_back(pool: Pool) -> None:
    cancelled = [asyncio.create_task(pool.run(hang)) for _ in range(2)]
    await asyncio.sleep(0.2)
    for task in cancelled:
        task.cancel()
    await asyncio.gather(*cancelled, return_exceptions=True)

    assert await pool.run(abs, -1) == 1
