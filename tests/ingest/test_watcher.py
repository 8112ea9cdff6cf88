"""The watcher's own turns: what is being looked at is not looked at again by what was known before."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import cast

from shushuo_ingest.database import Database
from shushuo_ingest.sources import Item, Source
from shushuo_ingest.watch.catalog import Catalog
from shushuo_ingest.watch.leases import Leases
from shushuo_ingest.watch.looking import Look, Looker, new_item
from shushuo_ingest.watch.store import WatchStore
from shushuo_ingest.watch.tables import ItemState, SourceState
from shushuo_ingest.watch.taking import Taker
from shushuo_ingest.watch.watcher import Watcher
from shushuo_shared.errors import Retryable
from tests.ingest.kit import StoppedClock

SOURCE = '[[source]]\nname = "数据"\nkind = "page"\nurl = "https://court.example.cn/"\n'


class CountingLooker:
    """Each look takes a moment, counts, and finds the next one due in an hour."""

    def __init__(self, store: WatchStore, clock: StoppedClock) -> None:
        self._store, self._clock, self.looks = store, clock, 0

    async def look(self, source: Source) -> Look:
        self.looks += 1
        await asyncio.sleep(0.05)
        now = self._clock()
        await self._store.save([SourceState(name=source.name, since=now, next_look=now + timedelta(hours=1))])
        return Look(source=source.name)


class SlowToAnswer(WatchStore):
    """Answers with what was known when it was asked, but only when the looks of that time are over."""

    watcher: Watcher
    answers = 0

    async def sources(self) -> dict[str, SourceState]:
        known = await super().sources()
        await asyncio.gather(*self.watcher._looking.values())
        self.answers += 1
        return known


async def test_a_look_that_ends_while_the_watcher_reads_what_is_due_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(SOURCE, encoding="utf-8")
    database, clock, stop = Database(f"sqlite:///{tmp_path}/ingest.sqlite"), StoppedClock(), asyncio.Event()
    store = SlowToAnswer(database)
    looker = CountingLooker(store, clock)
    store.watcher = watcher = Watcher(
        catalog=Catalog(tmp_path / "sources.toml"),
        store=store,
        looker=cast(Looker, looker),
        taker=cast(Taker, None),
        leases=Leases(database, clock=clock),
        clock=clock,
    )

    watching = asyncio.create_task(watcher.run(stop))
    async with asyncio.timeout(60):
        while store.answers < 4:
            watcher.wake()
            await asyncio.sleep(0.02)
    stop.set()
    await watching
    database.close()

    assert looker.looks == 1


class OneFails:
    """Cannot write down what became of the first document; the other one takes a moment."""

    def __init__(self, store: WatchStore) -> None:
        self._store, self.under_way, self.most = store, Counter[str](), 0

    async def take(self, source: Source, item: ItemState) -> None:
        self.under_way[item.address] += 1
        self.most = max(self.most, *self.under_way.values())
        if item.address.endswith("1"):
            self.under_way[item.address] -= 1
            raise Retryable("the database is away")
        await asyncio.sleep(0.1)
        self.under_way[item.address] -= 1
        item.state = "stored"
        await self._store.save([item])


async def test_a_document_under_way_is_not_taken_again_when_the_one_beside_it_fails(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(SOURCE, encoding="utf-8")
    database, clock = Database(f"sqlite:///{tmp_path}/ingest.sqlite"), StoppedClock()
    store, catalog = WatchStore(database), Catalog(tmp_path / "sources.toml")
    taker, source = OneFails(store), catalog.sources["数据"]
    watcher = Watcher(
        catalog=catalog,
        store=store,
        looker=cast(Looker, None),
        taker=cast(Taker, taker),
        leases=Leases(database, clock=clock),
        clock=clock,
    )
    addresses = [f"https://court.example.cn/{number}" for number in (1, 2)]
    await store.save(new_item(source, Item(address=address), "live", clock()) for address in addresses)

    for _ in range(3):
        with suppress(Retryable):
            await watcher.take_waiting(source)
    database.close()

    assert taker.most == 1
