"""What every kind of source is: a model of its TOML entry that can list what it holds and hand over one of it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from shushuo_ingest.fetch.address import canonical, host_of
from shushuo_ingest.fetch.page import FakeSuccess, Fetch, Page, Validators
from shushuo_ingest.sources.durations import read_duration
from shushuo_ingest.sources.links import Selector, attachments_of

LARGEST_LIST = 20_000_000


def _pace(value: timedelta) -> timedelta:
    if value < timedelta(seconds=1):
        raise ValueError("expected at least 1s")
    return value


def _range(value: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= value[0] <= value[1]:
        raise ValueError("expected [fewest, most]")
    return value


Duration = Annotated[timedelta, BeforeValidator(read_duration)]
Pace = Annotated[Duration, AfterValidator(_pace)]


def of_bearable_size(page: Page) -> Page:
    """The page; FakeSuccess when it is larger than any list, for lists are parsed where nothing limits the parser."""
    if len(page.body) > LARGEST_LIST:
        raise FakeSuccess(f"{page.address}: {len(page.body)} bytes, more than the {LARGEST_LIST} that a list may have")
    return page


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A document that a source lists; ``mark`` changes when the source says that the document did."""

    address: str
    title: str | None = None
    published_at: datetime | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a source holds now. Only where ``whole`` is true does an absent document mean anything.

    ``entries`` counts everything listed, wanted or not: what is normal for the source is judged by it. ``unready`` are
    documents that are there but must not be read yet (files still being written); ``again`` says when to look again;
    ``cut`` what was left out that an operator may not expect, and what to do.
    """

    items: tuple[Item, ...]
    entries: int
    whole: bool = False
    unready: frozenset[str] = frozenset()
    again: timedelta | None = None
    cut: str | None = None
    validators: Validators = field(default_factory=Validators)


class Source(BaseModel, ABC):
    """A source as its TOML entry describes it. A kind is a subclass in a module of its own in this folder."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    kind: ClassVar[str]

    name: str = Field(pattern=r"^[\w][\w.-]{0,63}$", description="its name, part of every report's identity: keep it")
    every: Pace = Field(default=timedelta(hours=1), description="how often it is looked at")
    expect_every: Duration | None = Field(default=None, description="longest time between new documents that is normal")
    expect_count: Annotated[tuple[int, int], AfterValidator(_range)] | None = Field(
        default=None, description="fewest and most documents listed at a time"
    )
    may_be_empty: bool = Field(default=False, description="whether an empty list is normal")
    history: Literal["backfill", "live"] = Field(default="backfill", description="lane of what it holds at first")
    recheck: Duration | None = Field(default=None, description="how often documents already taken are looked at again")
    confirm_gone: Duration = Field(default=timedelta(days=1), description="how long a document must stay gone")

    @property
    @abstractmethod
    def place(self) -> str:
        """The host (or folder) that only one worker at a time may visit."""

    def place_of(self, address: str) -> str:
        """The place that one of its documents is at."""
        return self.place

    async def stirs(self, stop: asyncio.Event) -> AsyncIterator[None]:
        """Yield whenever the source may have changed before its next look is due; most kinds cannot know that."""
        await stop.wait()
        return
        yield

    @abstractmethod
    async def find(self, fetch: Fetch, *, now: datetime, validators: Validators | None = None) -> Listing:
        """What the source holds; fetch errors and Unchanged pass through, FakeSuccess when it is no list at all."""

    def attached(self, page: Page) -> list[Item]:
        """The documents attached to one of its documents; files have none."""
        return []

    @abstractmethod
    async def read(self, address: str, fetch: Fetch, *, validators: Validators | None = None) -> Page:
        """One of its documents."""


class WebSource(Source):
    """A source at a web address."""

    url: Annotated[str, BeforeValidator(lambda value: canonical(str(value)))] = Field(description="its address")
    robots: bool = Field(default=True, description="false only for a site whose owner allowed it")
    attachments: Selector | None = Field(
        default=None, description="selects links in a page to attachments; each is a document of its own"
    )

    @property
    def place(self) -> str:
        """The host of its address."""
        return host_of(self.url)

    def place_of(self, address: str) -> str:
        """The host of the document, which may be another than the source's."""
        return host_of(address)

    def attached(self, page: Page) -> list[Item]:
        """What one of its pages links to as its attachments, by the titles that the links give."""
        found = attachments_of(page, self.attachments) if self.attachments else {}
        return [Item(address=address, title=title) for address, title in found.items()]

    async def read(self, address: str, fetch: Fetch, *, validators: Validators | None = None) -> Page:
        """Fetch the document."""
        return await fetch(address, validators=validators)
