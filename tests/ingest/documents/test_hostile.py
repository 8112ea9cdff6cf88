"""A file that is broken, cut off, locked or made to hurt costs itself, with its reason; the next one is read."""

from collections.abc import Iterator

import pytest
from httpx import AsyncClient

from shushuo_ingest.documents import archive, media_type_of
from shushuo_ingest.reading import ReaderPool
from shushuo_shared.bus import Bus
from shushuo_shared.errors import Poison
from shushuo_shared.topics import DEAD_LETTERS
from tests.ingest.documents.hostile import HOSTILE
from tests.ingest.documents.kit import REPORT, pdf, report_flow
from tests.ingest.kit import events, submit

SECONDS = 20


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    """One child for all: what a file leaves behind in it, the next one meets."""
    opened = ReaderPool(seconds=SECONDS, megabytes=1024, children=1)
    yield opened
    opened.close()


async def taken(pool: ReaderPool, name: str, data: bytes) -> None:
    """Read as intake does, an archive member by member."""
    if media_type_of(data, name) == archive.MEDIA_TYPE:
        for member, held in await pool.unpack(data):
            await pool(held, member)
    else:
        await pool(data, name)


@pytest.mark.parametrize(("name", "data", "why"), HOSTILE.values(), ids=HOSTILE)
async def test_hostile_file_is_refused_with_its_reason(pool: ReaderPool, name: str, data: bytes, why: str) -> None:
    with pytest.raises(Poison, match=why):
        await taken(pool, name, data)

    assert (await pool(pdf(report_flow()), "good.pdf")).text == REPORT


async def test_hostile_files_are_dead_letters_and_the_worker_lives(api: AsyncClient, bus: Bus) -> None:
    for n, (name, data, _) in enumerate(HOSTILE.values()):
        done = await submit(api, f"{n}-{name}", data)
        assert done["outcome"] == "failed"

    good = await submit(api, "good.pdf", pdf(report_flow()))

    assert good["outcome"] == "accepted"
    letters = await events(bus, DEAD_LETTERS)
    assert len(letters) >= len(HOSTILE)
    assert all(letter["reason"].partition(": ")[2] for letter in letters)
