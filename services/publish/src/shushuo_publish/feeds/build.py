"""A feed read from the store: which items, under which title, with which links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from shushuo_publish.cards import Links, china_time
from shushuo_publish.feeds.archive import Archives
from shushuo_publish.feeds.items import Feed, Item, figure_item, highlight_item, report_item
from shushuo_publish.feeds.json_feed import JSON_TYPE, json_feed
from shushuo_publish.feeds.rss_atom import ATOM_TYPE, RSS_TYPE, atom, rss
from shushuo_publish.filters import Filters, Window
from shushuo_publish.labels import STREAMS, describe
from shushuo_publish.reading.cards import figures_at, highlights_at, newest_report_change, reports_at
from shushuo_publish.reading.keys import Places, find, newest_change, of_reports
from shushuo_publish.reading.lists import Place, Stream

FORMATS = {"rss": (rss, RSS_TYPE), "atom": (atom, ATOM_TYPE), "json": (json_feed, JSON_TYPE)}
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
DEFAULT_LIMIT = 50
NEWEST = Window(limit=DEFAULT_LIMIT)
_ABOUT = {
    "reports": "法院、检察院公开报告：关键数据与亮点，逐条链接到原句。",
    "highlights": "法院、检察院公开报告中的工作亮点，用报告自己的话。",
    "figures": "法院、检察院公开报告中的数据，逐条附原句。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A feed that somebody asks for: a stretch of it, or one of its archives; its addresses start with ``root``."""

    stream: Stream
    format: str
    filters: Filters
    links: Links
    window: Window = NEWEST
    archive: int | None = None
    root: str = "/feeds"
    hubs: tuple[str, ...] = ()

    def url(self, *, cursor: str | None = None, page: int | None = None) -> str:
        """The one address of a stretch of this feed: equal requests, equal address."""
        limit = self.window.limit if self.window.limit != DEFAULT_LIMIT else None
        query = self.filters.query(limit=limit, cursor=cursor, page=page)
        return self.links.at(f"{self.root}/{self.stream}.{self.format}", query)

    def archive_url(self, number: int) -> str:
        """The address of one of its archives."""
        return self.links.at(f"{self.root}/{self.stream}/archive/{number}.{self.format}", self.filters.query())

    def self_url(self) -> str:
        """The address of this very document."""
        if self.archive is not None:
            return self.archive_url(self.archive)
        page = self.window.page if self.window.page > 1 else None
        return self.url(cursor=self.window.cursor, page=page)


class NoSuchArchive(LookupError):
    """The archive asked for is not closed yet, or could never be."""


def build(session: Session, wanted: Wanted, *, sqlite: bool) -> Feed:
    """The feed, newest change first; NoSuchArchive where there is none of that number."""
    archives = Archives(wanted.stream, wanted.filters, newest_change(session), sqlite)
    if wanted.archive is None:
        return _stretch(session, wanted, archives)
    if not 1 <= wanted.archive <= archives.closed:
        raise NoSuchArchive(wanted.archive)
    return _archive(session, wanted, archives, wanted.archive)


def _stretch(session: Session, wanted: Wanted, archives: Archives) -> Feed:
    """A stretch of the feed; its date is that of the newest change of what its items come from."""
    sqlite = archives.sqlite
    found = find(session, wanted.stream, wanted.filters, wanted.window, sqlite=sqlite, main=True)
    items = _items(session, wanted, found.places)
    newest_only = Window(limit=1)
    newest = find(session, "reports", of_reports(wanted.filters), newest_only, sqlite=sqlite)
    moments = [item.updated for item in items[:1]]
    changed = newest_report_change(session, newest.places)
    links = {
        "first": wanted.url() if wanted.self_url() != wanted.url() else None,
        "next": wanted.url(cursor=found.cursor) if found.cursor else None,
        "prev-archive": _newest_archive(session, wanted, archives, found),
    }
    return _feed(wanted, items, links, max([*moments, china_time(changed or NEVER)]))


def _newest_archive(session: Session, wanted: Wanted, archives: Archives, found: Places) -> str | None:
    """The archive that goes on where the newest stretch ends; none where entries would be missed between them."""
    gap = found.cursor is not None and found.places[-1][0] > archives.last_change + 1
    if wanted.format == "json" or wanted.self_url() != wanted.url() or gap:
        return None
    number = archives.before(session, archives.closed + 1)
    return wanted.archive_url(number) if number else None


def _archive(session: Session, wanted: Wanted, archives: Archives, number: int) -> Feed:
    """An archive; nothing in it depends on what was published after it, but for the link to the next."""
    items = _items(session, wanted, archives.places(session, number))
    earlier, later = archives.before(session, number), archives.after(session, number)
    links = {
        "current": wanted.url(),
        "prev-archive": wanted.archive_url(earlier) if earlier else None,
        "next-archive": wanted.archive_url(later) if later else None,
    }
    return _feed(wanted, items, links, max([item.updated for item in items], default=china_time(NEVER)))


def _feed(wanted: Wanted, items: list[Item], links: Mapping[str, str | None], updated: datetime) -> Feed:
    given = wanted.filters.given()
    return Feed(
        id=f"urn:shushuo:feed:{wanted.stream}" + (f":{wanted.filters.query()}" if given else ""),
        title="数说 · " + STREAMS[wanted.stream] + (f"（{describe(given)}）" if given else ""),
        description=_ABOUT[wanted.stream],
        page_url=wanted.links.at("/", wanted.filters.query()),
        self_url=wanted.self_url(),
        updated=updated,
        links={relation: url for relation, url in links.items() if url},
        archive=wanted.archive is not None,
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
