"""The list of feeds as OPML 2.0, for importing into a reader in one go."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

OPML_TYPE = "text/x-opml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of the list, in the group it is shown under."""

    group: str
    title: str
    feed_url: str
    page_url: str


def opml(title: str, outlines: Iterable[Outline]) -> bytes:
    """The OPML document; groups and feeds stay in the order given."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    groups: dict[str, etree._Element] = {}
    for outline in outlines:
        if outline.group not in groups:
            groups[outline.group] = etree.SubElement(body, "outline", text=outline.group)
        etree.SubElement(
            groups[outline.group],
            "outline",
            {
                "type": "rss",
                "text": outline.title,
                "title": outline.title,
                "xmlUrl": outline.feed_url,
                "htmlUrl": outline.page_url,
                "language": "zh-CN",
            },
        )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
