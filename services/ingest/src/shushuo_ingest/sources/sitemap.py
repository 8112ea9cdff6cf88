"""A sitemap, or an index of sitemaps, plain or gzipped; its dates of last change say what to read again."""

import asyncio
import gzip
import io
import re
from datetime import datetime
from typing import Annotated, ClassVar

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from pydantic import AfterValidator, Field

from shushuo_ingest.fetch.address import canonical
from shushuo_ingest.fetch.page import FakeSuccess, Fetch, Page, Validators
from shushuo_ingest.sources.base import Item, Listing, WebSource

LARGEST = 60_000_000


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as e:
        raise ValueError(f"expected a regular expression: {e}") from e
    return value


class Sitemap(WebSource):
    """The pages of a sitemap whose address matches."""

    kind: ClassVar[str] = "sitemap"

    match: Annotated[str, AfterValidator(_pattern)] = Field(description="regular expression on the pages' addresses")
    maps: int = Field(default=50, ge=1, le=1000, description="most sitemaps of an index read per look")

    async def find(self, fetch: Fetch, *, now: datetime, validators: Validators | None = None) -> Listing:
        """Read the sitemap and those it refers to; no validators, for an index stays while its maps change."""
        waiting, items, read = [self.url], dict[str, Item](), 0
        while waiting and read < self.maps:
            page = await fetch(waiting.pop(0))
            read += 1
            found, further = await asyncio.to_thread(self.parse, page)
            items.update((item.address, item) for item in found)
            waiting += further
        if not items and not self.may_be_empty:
            raise FakeSuccess(f"{self.url}: no page in {read} sitemaps matches {self.match!r}")
        left = (
            f"{len(waiting)} sitemaps or more were not read; raise maps = {self.maps} to have them" if waiting else None
        )
        return Listing(items=tuple(items.values()), entries=len(items), whole=not waiting, cut=left)

    def parse(self, page: Page) -> tuple[list[Item], list[str]]:
        """The matching pages of one sitemap, and the sitemaps it refers to."""
        try:
            root = ElementTree.fromstring(_unpacked(page.body))
        except (ElementTree.ParseError, DefusedXmlException, OSError, EOFError, ValueError) as e:
            raise FakeSuccess(f"{page.address}: not a sitemap: {e}") from e
        items, further = [], []
        for entry in root:
            place = (entry.findtext("{*}loc") or "").strip()
            changed = (entry.findtext("{*}lastmod") or "").strip()
            address = _address(place, page.address)
            if address and entry.tag.endswith("}sitemap"):
                further.append(address)
            elif address and re.search(self.match, place):
                items.append(Item(address=address, mark=changed))
        return items, further


def _address(place: str, base: str) -> str | None:
    """The address; None where a slip of the site's makes it none, which must not cost the other pages."""
    try:
        return canonical(place, base=base) if place else None
    except ValueError:
        return None


def _unpacked(body: bytes) -> bytes:
    packed = body.startswith(b"\x1f\x8b")
    data = gzip.GzipFile(fileobj=io.BytesIO(body)).read(LARGEST + 1) if packed else body
    if len(data) > LARGEST:
        raise ValueError(f"it unpacks to more than {LARGEST} bytes" if packed else f"it has more than {LARGEST} bytes")
    return data
