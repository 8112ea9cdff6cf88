"""A list page of a court's site: links to documents, by selectors, over as many following pages as asked for."""

import asyncio
from datetime import datetime
from typing import ClassVar

from lxml.html import HtmlElement
from pydantic import Field

from shushuo_ingest.documents.html import page_tree
from shushuo_ingest.fetch.page import FakeSuccess, Fetch, Page, Validators
from shushuo_ingest.sources.base import Duration, Item, Listing, WebSource, of_bearable_size
from shushuo_ingest.sources.dates import read_date
from shushuo_ingest.sources.links import Selector, target_of, words_of


class ListPage(WebSource):
    """Links selected from an HTML page, newest first as sites show them."""

    kind: ClassVar[str] = "list"

    items: Selector = Field(description="selects each entry")
    link: Selector = Field(default="a[href]", description="selects the link in an entry")
    title: Selector | None = Field(default=None, description="selects the title in an entry; default: the link's text")
    date: Selector | None = Field(default=None, description="selects the date in an entry; default: anywhere in it")
    next: Selector | None = Field(default=None, description="selects the link to the next page")
    pages: int = Field(default=1, ge=1, le=200, description="most pages read per look")
    window: Duration | None = Field(default=None, description="entries older than this are left alone")
    match: str | None = Field(default=None, description="only entries whose title contains one of these, by |")

    async def find(self, fetch: Fetch, *, now: datetime, validators: Validators | None = None) -> Listing:
        """Read the pages one after another until the window, the last page or the limit is reached."""
        page = await fetch(self.url, validators=validators)
        first, found, seen, entries = page.validators, dict[str, Item](), {self.url}, 0
        for number in range(1, self.pages + 1):
            items, following = await asyncio.to_thread(self.parse, of_bearable_size(page), now=now)
            entries += len(items)
            found |= {item.address: item for item in items if self._wanted(item, now)}
            if following is None or following in seen or number == self.pages or self._past_window(items, now):
                break
            seen.add(following)
            page = await fetch(following)
        return Listing(items=tuple(found.values()), entries=entries, validators=first)

    def parse(self, page: Page, *, now: datetime) -> tuple[list[Item], str | None]:
        """All entries of one page, and the address of the next page; FakeSuccess when the page has no entry."""
        tree = page_tree(page.body, page.charset)
        entries = tree.cssselect(self.items)
        found = [item for entry in entries if (item := self._item(entry, page.address, now))]
        if not found and not self.may_be_empty:
            raise FakeSuccess(f"{page.address}: {len(entries)} elements match {self.items!r}, none with a link")
        links = tree.cssselect(self.next) if self.next else []
        return found, target_of(links[0], page.address) if links else None

    def _item(self, entry: HtmlElement, base: str, now: datetime) -> Item | None:
        link = _first(entry, self.link)
        address = target_of(link, base) if link is not None else None
        if link is None or address is None:
            return None
        titled = _first(entry, self.title) if self.title else link
        dated = _first(entry, self.date) if self.date else entry
        title = (link.get("title") or words_of(titled)) if self.title is None else words_of(titled)
        published = read_date(words_of(dated), now=now)
        return Item(address=address, title=title or None, published_at=published, mark=f"{title} {published or ''}")

    def _wanted(self, item: Item, now: datetime) -> bool:
        words = self.match.split("|") if self.match else []
        titled = not words or any(word in (item.title or "") for word in words)
        return titled and not (self.window and item.published_at and item.published_at < now - self.window)

    def _past_window(self, items: list[Item], now: datetime) -> bool:
        dates = [item.published_at for item in items if item.published_at]
        return bool(self.window and dates and max(dates) < now - self.window)


def _first(entry: HtmlElement, selector: str) -> HtmlElement | None:
    """The entry's first match; the entry itself may be the match."""
    found = entry.cssselect(selector, translator="html")
    return found[0] if found else None
