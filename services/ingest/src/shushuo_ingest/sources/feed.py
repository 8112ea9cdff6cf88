"""A feed that a site publishes: RSS, Atom or JSON Feed; each entry's link is a document."""

import asyncio
import calendar
import json
from datetime import UTC, datetime
from typing import Any, ClassVar

import feedparser

from shushuo_ingest.fetch.address import canonical
from shushuo_ingest.fetch.page import FakeSuccess, Fetch, Page, Validators
from shushuo_ingest.sources.base import Item, Listing, WebSource, of_bearable_size
from shushuo_ingest.sources.dates import read_stamp


class Feed(WebSource):
    """A feed; an entry that says it was updated is read again."""

    kind: ClassVar[str] = "feed"

    async def find(self, fetch: Fetch, *, now: datetime, validators: Validators | None = None) -> Listing:
        """Fetch and parse the feed."""
        page = of_bearable_size(await fetch(self.url, validators=validators))
        items = await asyncio.to_thread(self.parse, page, now=now)
        return Listing(items=items, entries=len(items), validators=page.validators)

    def parse(self, page: Page, *, now: datetime) -> tuple[Item, ...]:
        """The feed's entries; FakeSuccess when the page is no feed, or has no entry."""
        read = _json_items if page.body.lstrip()[:1] == b"{" else _xml_items
        items = {item.address: item for item in read(page, now)}
        if not items and not self.may_be_empty:
            raise FakeSuccess(f"{page.address}: the feed has no entry with a link")
        return tuple(items.values())


def _xml_items(page: Page, now: datetime) -> list[Item]:
    parsed = feedparser.parse(page.body, response_headers={"content-location": page.address})
    if not parsed.version:
        raise FakeSuccess(f"{page.address}: not a feed ({page.media_type})")
    entries = [_xml_item(entry, page.address, now) for entry in parsed.entries]
    return [item for item in entries if item]


def _xml_item(entry: Any, base: str, now: datetime) -> Item | None:
    updated = dict.get(entry, "updated", "")  # feedparser's own ``get`` gives what was published in its place
    published = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    moment = datetime.fromtimestamp(calendar.timegm(published), UTC) if published else None
    sane = read_stamp(moment.isoformat(), now=now) if moment else None
    return _item(entry.get("link"), entry.get("title"), sane, updated, base)


def _json_items(page: Page, now: datetime) -> list[Item]:
    try:
        feed = json.loads(page.body)
    except ValueError as e:
        raise FakeSuccess(f"{page.address}: not a feed: {e}") from e
    if "jsonfeed.org/version/" not in str(feed.get("version", "")) or not isinstance(feed.get("items"), list):
        raise FakeSuccess(f"{page.address}: JSON, but no JSON Feed")
    found = []
    for entry in filter(lambda entry: isinstance(entry, dict), feed["items"]):
        published = read_stamp(str(entry.get("date_published") or ""), now=now)
        address, changed = entry.get("url") or entry.get("external_url"), str(entry.get("date_modified") or "")
        found.append(_item(address, entry.get("title"), published, changed, page.address))
    return [item for item in found if item]


def _item(link: object, title: object, published: datetime | None, mark: str, base: str) -> Item | None:
    try:
        address = canonical(str(link), base=base) if link else None
    except ValueError:
        return None
    return (
        Item(address=address, title=str(title) if title else None, published_at=published, mark=mark)
        if address
        else None
    )
