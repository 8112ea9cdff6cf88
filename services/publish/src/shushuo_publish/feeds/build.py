"""A feed read from the store: which items, under which title, with which links."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from shushuo_publish.cards import Links, china_time
from shushuo_publish.feeds.items import Feed, Item, figure_item, highlight_item, report_item
from shushuo_publish.feeds.json_feed import JSON_TYPE, json_feed
from shushuo_publish.feeds.rss_atom import ATOM_TYPE, RSS_TYPE, atom, rss
from shushuo_publish.filters import Filters, Window
from shushuo_publish.labels import STREAMS, describe
from shushuo_publish.reading.cards import figures_at, highlights_at, newest_report_change, reports_at
from shushuo_publish.reading.keys import Place, Stream, find, of_reports

FORMATS = {"rss": (rss, RSS_TYPE), "atom": (atom, ATOM_TYPE), "json": (json_feed, JSON_TYPE)}
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
DEFAULT_LIMIT = 50
_ABOUT = {
    "reports": "法院、检察院公开报告：关键数据与亮点，逐条链接到原句。",
    "highlights": "法院、检察院公开报告中的工作亮点，用报告自己的话。",
    "figures": "法院、检察院公开报告中的数据，逐条附原句。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A feed that somebody asks for; ``root`` is the path its addresses start with."""

    stream: Stream
    format: str
    filters: Filters
    window: Window
    links: Links
    root: str = "/feeds"
    hubs: tuple[str, ...] = ()

    def url(self, *, cursor: str | None = None, page: int | None = None) -> str:
        """The one address of a stretch of this feed: equal requests, equal address."""
        limit = self.window.limit if self.window.limit != DEFAULT_LIMIT else None
        query = self.filters.query(limit=limit, cursor=cursor, page=page)
        return self.links.at(f"{self.root}/{self.stream}.{self.format}", query)

    def self_url(self) -> str:
        """The address of this very stretch."""
        page = self.window.page if self.window.page > 1 else None
        return self.url(cursor=self.window.cursor, page=page)


def build(session: Session, wanted: Wanted, *, sqlite: bool) -> Feed:
    """The feed, newest change first; its date is that of the newest change of what its items come from."""
    found = find(session, wanted.stream, wanted.filters, wanted.window, sqlite=sqlite, main=True)
    items = _items(session, wanted, found.places)
    newest_only = wanted.window.model_copy(update={"limit": 1, "page": 1, "cursor": None})
    newest = find(session, "reports", of_reports(wanted.filters), newest_only, sqlite=sqlite)
    moments = [item.updated for item in items[:1]]
    changed = newest_report_change(session, newest.places)
    given = wanted.filters.given()
    name = "数说 · " + STREAMS[wanted.stream] + (f"（{describe(given)}）" if given else "")
    return Feed(
        id=f"urn:shushuo:feed:{wanted.stream}" + (f":{wanted.filters.query()}" if given else ""),
        title=name,
        description=_ABOUT[wanted.stream],
        page_url=wanted.links.at("/", wanted.filters.query()),
        self_url=wanted.self_url(),
        first_url=wanted.url() if wanted.self_url() != wanted.url() else None,
        next_url=wanted.url(cursor=found.cursor) if found.cursor else None,
        updated=max([*moments, china_time(changed or NEVER)]),
        hubs=wanted.hubs,
        items=tuple(items),
    )


def written(feed: Feed, format_: str) -> tuple[bytes, str]:
    """The bytes of the feed in a format, and their media type."""
    write, media_type = FORMATS[format_]
    return write(feed), media_type


def _items(session: Session, wanted: Wanted, places: list[Place]) -> list[Item]:
    links = wanted.links
    if wanted.stream == "reports":
        return [report_item(card, links) for card in reports_at(session, places)]
    if wanted.stream == "highlights":
        return [highlight_item(card, highlight, links) for card, highlight in highlights_at(session, places)]
    return [figure_item(card, figure, links) for card, _, figure in figures_at(session, places)]
