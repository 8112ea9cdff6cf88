"""What every part of the web surface needs: store, clock, our public address, and the rendered feeds at hand."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property

from sqlmodel import Session
from starlette.requests import Request

from shushuo_publish.cards import Links
from shushuo_publish.feeds.caching import Rendered
from shushuo_publish.store.session import Store
from shushuo_publish.web.latest import Latest
from shushuo_shared.clock import Clock, system_clock

CACHE_BYTES = 64_000_000


class Shelf:
    """Finished representations, each with the change number it was made at; the least recently used go first."""

    def __init__(self, room: int = CACHE_BYTES) -> None:
        self._room = room
        self._held: OrderedDict[Hashable, tuple[int, Rendered]] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable, change: int) -> Rendered | None:
        """What was made for the key, if nothing was published since."""
        made = self._held.get(key)
        if made is None or made[0] != change:
            return None
        self._held.move_to_end(key)
        return made[1]

    def put(self, key: Hashable, change: int, rendered: Rendered) -> None:
        """Keep it, letting go of what was not asked for the longest."""
        self._drop(key)
        self._held[key] = (change, rendered)
        self._size += _size(rendered)
        while self._size > self._room:
            self._drop(next(iter(self._held)))

    def _drop(self, key: Hashable) -> None:
        made = self._held.pop(key, None)
        if made:
            self._size -= _size(made[1])


def _size(rendered: Rendered) -> int:
    return len(rendered.body) + len(rendered.zipped) + 1000


@dataclass(frozen=True, kw_only=True)
class Site:
    """The web surface as wired by the composition root; ``rate_per_minute`` 0 means no limit."""

    store: Store
    clock: Clock = system_clock
    public_url: str = ""
    hubs: tuple[str, ...] = ()
    private_feeds: bool = False
    rate_per_minute: int = 0
    shelf: Shelf = field(default_factory=Shelf)
    served: OrderedDict[str, None] = field(default_factory=OrderedDict)

    @cached_property
    def latest(self) -> Latest:
        """The number of the newest change."""
        return Latest(self.store)

    async def rendered(self, key: Hashable, make: Callable[[Session], Rendered]) -> Rendered:
        """What ``make`` reads and renders for the key, made again only when something was published since."""
        change = await self.latest()
        held = self.shelf.get(key, change)
        if held is None:
            held = await self.store.read(make)
            self.shelf.put(key, change, held)
        return held

    def links(self, request: Request) -> Links:
        """Absolute addresses under our public address, or under the one the client used."""
        return Links((self.public_url or str(request.base_url)).rstrip("/"))

    def remember(self, feed_url: str) -> None:
        """Note that somebody reads this feed, so that its hub hears of changes; the newest 200 are kept."""
        self.served.pop(feed_url, None)
        self.served[feed_url] = None
        while len(self.served) > 200:
            self.served.popitem(last=False)
