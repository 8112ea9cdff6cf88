"""A feed as JSON Feed 1.1."""

import json
from typing import Any

from shushuo_publish.feeds.items import Feed, Item

JSON_TYPE = "application/feed+json"


def json_feed(feed: Feed) -> bytes:
    """JSON Feed 1.1; the same feed gives the same bytes for ever."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url,
        "language": "zh-CN",
        "authors": [{"name": "数说", "url": feed.page_url}],
        "_shushuo": {"id": feed.id, "updated": feed.updated.isoformat()},
    }
    if "next" in feed.links:
        document["next_url"] = feed.links["next"]
    if feed.hubs:
        document["hubs"] = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    document["items"] = [_item(item) for item in feed.items]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _item(item: Item) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(dict.fromkeys(category.label for category in item.categories)),
        "language": "zh-CN",
    }
    if item.original:
        entry["external_url"] = item.original
    if item.withdrawn:
        entry["_shushuo"] = {"withdrawn": True}
    return entry
