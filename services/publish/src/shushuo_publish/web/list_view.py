"""The page of newest reports as plain values: cards, chosen filters, and the feeds of exactly this view; pure."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from shushuo_publish.cards import Links, ReportCard
from shushuo_publish.feeds.build import FORMATS
from shushuo_publish.filters import Filters, Window
from shushuo_publish.labels import CODES, FILTERS, KINDS, LEVELS, STREAMS, TYPES, value_name

FIRST_YEAR = 2008
FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Format:
    """A feed format as links name it."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One stream in all formats."""

    label: str
    links: list[tuple[Format, str]]


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen condition and the view without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose a condition from."""

    name: str
    label: str
    options: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """Everything the page shows."""

    heading: str
    given: dict[str, str]
    narrowed: bool
    chips: list[Chip]
    selects: list[Choice]
    cards: list[ReportCard]
    feeds: list[FeedRow]
    webhook: str
    api: str
    next_url: str | None
    first_url: str | None


def list_view(
    filters: Filters, window: Window, cards: list[ReportCard], links: Links, *, cursor: str | None, this_year: int
) -> ListView:
    """The page of a stretch of a filter; ``cursor`` continues it."""
    given = filters.given()
    return ListView(
        heading="符合条件的报告" if given else "最新报告",
        given=given,
        narrowed=any(name != "q" for name in given),
        chips=[Chip(FILTERS[name], value_name(name, value), _without(given, name)) for name, value in given.items()],
        selects=selects(this_year),
        cards=cards,
        feeds=feed_rows(filters, links),
        webhook=json.dumps(given, ensure_ascii=False, indent=2),
        api=links.at("/api/v1/reports", filters.query()),
        next_url="/?" + filters.query(cursor=cursor) if cursor else None,
        first_url=("/?" + filters.query()).rstrip("?") if window.cursor or window.page > 1 else None,
    )


def feed_rows(filters: Filters, links: Links) -> list[FeedRow]:
    """Every stream under the filter, in every format."""
    return [
        FeedRow(label, [(_format(name), links.at(f"/feeds/{stream}.{name}", filters.query())) for name in FORMATS])
        for stream, label in STREAMS.items()
    ]


def _format(name: str) -> Format:
    return Format(FORMAT_NAMES[name], FORMATS[name][1])


def _without(given: dict[str, str], name: str) -> str:
    rest = {other: value for other, value in given.items() if other != name}
    return "/?" + urlencode(rest) if rest else "/"


def selects(this_year: int) -> list[Choice]:
    """The conditions that are chosen from a list."""
    years = [(str(year), f"{year}年") for year in range(this_year, FIRST_YEAR - 1, -1)]
    tables = {"kind": KINDS, "level": LEVELS, "type": TYPES, "indicator": CODES}
    choices = [Choice(name, FILTERS[name], list(table.items())) for name, table in tables.items()]
    return [*choices[:2], Choice("year", FILTERS["year"], years), *choices[2:]]
