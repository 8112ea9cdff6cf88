"""What feedgen 1.0.0 leaves out, put back through its own extension hooks.

It drops ``rel``/``type`` from Atom entry links, writes no RSS link but ``self``, and no RSS author without e-mail.
"""

from dataclasses import dataclass, field

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"


@dataclass(slots=True)
class FeedRepair(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """Links of the whole feed: its other documents (RFC 5005) and WebSub hubs; whether it is an archive of it."""

    links: list[dict[str, str]] = field(default_factory=list)
    archive: bool = False

    def extend_ns(self) -> dict[str, str]:
        """The prefixes that the added elements use."""
        return {"dc": DC} | ({"fh": HISTORY} if self.archive else {})

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Add the links; the entries come after them."""
        self._extend(feed, "link")  # feedgen writes Atom's names without namespace, under a bare xmlns
        return feed

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Put the links into the channel."""
        self._extend(feed[0], f"{{{ATOM}}}link")
        return feed

    def _extend(self, head: etree._Element, name: str) -> None:
        for link in self.links:
            etree.SubElement(head, name, link)
        if self.archive:
            etree.SubElement(head, f"{{{HISTORY}}}archive")


@dataclass(slots=True)
class EntryRepair(BaseEntryExtension):  # type: ignore[misc]  # feedgen is untyped
    """Links of one entry with all their attributes; its authors and date of change for RSS."""

    links: list[dict[str, str]] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    updated: str = ""

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Replace the bare links by complete ones, in place."""
        bare = entry.findall("link")
        place = entry.index(bare[0]) if bare else len(entry)
        for element in bare:
            entry.remove(element)
        for offset, link in enumerate(self.links):
            entry.insert(place + offset, etree.Element("link", link))
        return entry

    def extend_rss(self, entry: etree._Element) -> etree._Element:
        """Add ``dc:creator`` and ``atom:updated``."""
        for author in self.authors:
            etree.SubElement(entry, f"{{{DC}}}creator").text = author
        etree.SubElement(entry, f"{{{ATOM}}}updated").text = self.updated
        return entry
