"""A single page that changes in place: its one document is itself."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from shushuo_ingest.fetch.page import Fetch, Validators
from shushuo_ingest.sources.base import Item, Listing, WebSource


class WebPage(WebSource):
    """One address, read again each time it is looked at."""

    kind: ClassVar[str] = "page"

    history: Literal["backfill", "live"] = Field(default="live", description="lane of what it holds at first")

    async def find(self, fetch: Fetch, *, now: datetime, validators: Validators | None = None) -> Listing:
        """The page itself, due every time."""
        return Listing(items=(Item(address=self.url, mark=now.isoformat()),), entries=1)
