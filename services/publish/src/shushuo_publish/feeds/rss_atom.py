"""A feed as RSS 2.0 and as Atom 1.0, by feedgen; the same feed gives the same bytes for ever."""

from feedgen.feed import FeedGenerator

from shushuo_publish.feeds.items import Feed, Item
from shushuo_publish.feeds.repair import EntryRepair, FeedRepair

RSS_TYPE = "application/rss+xml"
ATOM_TYPE = "application/atom+xml"
_SCHEME = "urn:shushuo:category:"


def rss(feed: Feed) -> bytes:
    """RSS 2.0 with ``content:encoded``, ``dc:creator`` and the links of RFC 5005 and WebSub."""
    result: bytes = _generator(feed, RSS_TYPE).rss_str()
    return result


def atom(feed: Feed) -> bytes:
    """Atom 1.0."""
    result: bytes = _generator(feed, ATOM_TYPE).atom_str()
    return result


def _generator(feed: Feed, media_type: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("repair", FeedRepair, EntryRepair)
    generator.id(feed.id)
    generator.title(feed.title)
    generator.description(feed.description)
    generator.subtitle(feed.description)
    generator.language("zh-CN")
    generator.author(name="数说", uri=feed.page_url)
    generator.generator("Shushuo")
    generator.link(href=feed.self_url, rel="self", type=media_type)
    generator.link(href=feed.page_url, rel="alternate", type="text/html")
    generator.updated(feed.updated)
    generator.repair.links = _feed_links(feed, media_type)
    generator.repair.archive = feed.archive
    for item in feed.items:
        _add(generator, item)
    return generator


def _feed_links(feed: Feed, media_type: str) -> list[dict[str, str]]:
    links = [{"href": url, "rel": rel, "type": media_type} for rel, url in feed.links.items()]
    return [*links, *({"href": hub, "rel": "hub"} for hub in feed.hubs)]


def _add(generator: FeedGenerator, item: Item) -> None:
    entry = generator.add_entry(order="append")
    entry.id(item.id)
    entry.title(item.title)
    entry.summary(item.summary)
    entry.content(item.content, type="html")
    entry.link(href=item.url, rel="alternate")
    entry.author([{"name": author} for author in item.authors])
    entry.category([{"term": c.term, "label": c.label, "scheme": _SCHEME + c.scheme} for c in item.categories])
    entry.published(item.published)
    entry.updated(item.updated)
    entry.repair.authors = item.authors
    entry.repair.updated = item.updated.isoformat()
    entry.repair.links = [{"href": item.url, "rel": "alternate", "type": "text/html"}]
    if item.original:
        entry.repair.links.append({"href": item.original, "rel": "via"})
