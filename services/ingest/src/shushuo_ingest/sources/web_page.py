"""A single page that changes in place: its one document is itself."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field, PrivateAttr

from shushuo_ingest.fetch.page import Fetch, Gone, Page, Validators
from shushuo_ingest.sources.base import Item, Listing, WebSource
from shushuo_shared import ids


class WebPage(WebSource):
    """One address, fetched each time it is looked at, and handed over as it was fetched."""

    kind: ClassVar[str] = "page"

    history: Literal["backfill", "live"] = Field(default="live", description="lane of what it holds at first")

    _fetched: dict[str, Page] = PrivateAttr(default_factory=dict)

    async def find(self, fetch: Fetch, *, now: datetime, validators: Validators | None = None) -> Listing:
        """The page itself, marked by its bytes; an empty list when the site says that it is gone."""
        try:
            page = await fetch(self.url, validators=validators)
        except Gone:
            return Listing(items=(), entries=0, whole=True)
        self._fetched[self.url] = page
        item = Item(address=self.url, mark=ids.version_of(page.body))
        return Listing(items=(item,), entries=1, whole=True, validators=page.validators)

    async def read(self, address: str, fetch: Fetch, *, validators: Validators | None = None) -> Page:
        """The page as the last look fetched it, once; fetched anew after that."""
        page = self._fetched.pop(address, None)
        return page or await fetch(address, validators=validators)
