"""robots.txt: asked once a day per site, obeyed, and when a site cannot serve it the site is left alone for now."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from shushuo_ingest.fetch.address import host_of
from shushuo_ingest.fetch.page import FetchFailed, Gone, Refused
from shushuo_ingest.fetch.politeness import Politeness
from shushuo_shared.clock import Clock

KEEP = timedelta(days=1)


class Robots:
    """What each site's robots.txt allows our user agent."""

    def __init__(
        self, fetch: Callable[[str], Awaitable[bytes]], *, agent: str, politeness: Politeness, clock: Clock
    ) -> None:
        self._fetch, self._agent, self._politeness, self._clock = fetch, agent, politeness, clock
        self._rules: dict[str, tuple[datetime, Protego]] = {}
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def allow(self, address: str) -> bool:
        """Whether the address may be fetched; FetchFailed while the site cannot serve its rules (RFC 9309, 2.3.1.4)."""
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        async with self._asking[site]:
            known = self._rules.get(site)
            if known is None or known[0] < self._clock() - KEEP:
                known = self._rules[site] = (self._clock(), await self._read(site))
                delay = known[1].crawl_delay(self._agent)
                self._politeness.slow_down(host_of(address), delay)
        return bool(known[1].can_fetch(address, self._agent))

    async def _read(self, site: str) -> Protego:
        try:
            body = await self._fetch(f"{site}/robots.txt")
        except (Gone, Refused):
            body = b""
        except FetchFailed as e:
            if " answered 4" not in str(e) or " answered 429" in str(e):
                raise
            body = b""
        return Protego.parse(body.decode("utf-8", "replace"))
