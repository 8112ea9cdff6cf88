"""The number of the newest change, asked of the store once for all who want it at the same moment, and never stale."""

import asyncio

from shushuo_publish.store.session import Store

NEWEST = "SELECT value FROM counter WHERE name = 'change'"


class Latest:
    """Requests that come while the store is being asked share the next question, put after they came.

    SQLite says at once whether anything was committed since it was last asked; then nothing is asked again.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._commits = store.commits()
        self._known: tuple[int, int] | None = None
        self._running: asyncio.Task[int] | None = None
        self._next: asyncio.Task[int] | None = None

    async def __call__(self) -> int:
        """The number as it is now or later."""
        if self._commits is None:
            return await self._shared()
        commits = self._commits()
        if self._known is None or self._known[0] != commits:
            self._known = (commits, await self._shared())
        return self._known[1]

    async def _shared(self) -> int:
        if self._next is None:
            self._next = asyncio.create_task(self._ask(self._running))
        return await asyncio.shield(self._next)

    async def _ask(self, before: asyncio.Task[int] | None) -> int:
        if before is not None and not before.done():
            await asyncio.wait([before])
        self._running, self._next = self._next, None
        return await asyncio.to_thread(self._glance)

    def _glance(self) -> int:
        with self._store.glancing() as connection:
            return int(connection.exec_driver_sql(NEWEST).scalar() or 0)
