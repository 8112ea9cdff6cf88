"""A web page: its main text by trafilatura, tables and lists kept; the page's title beside it."""

import re
from collections import Counter

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from shushuo_ingest.documents.blocks import block_text, figures, heart
from shushuo_ingest.documents.encoding import decode
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_shared.errors import Poison

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


MOST_LOST = 0.02


def read(data: bytes, name: str) -> ParsedDocument:
    """The main text of the page; Poison when it has none."""
    tree = page_tree(data)
    text = _main_text(tree)
    if not text.strip():
        raise Poison("the page has no main text")
    return ParsedDocument(text=text, media_type="text/html", title=_title(tree))


def _main_text(tree: lxml_html.HtmlElement) -> str:
    """What trafilatura takes for the main text; all of the page's heart where figures of that were lost.

    Its own fallbacks (``fast`` leaves them out) judge by spaces between words, which Chinese does not have.
    """
    body = tree.find("body")
    core = heart(body if body is not None else tree)
    whole = block_text(core)
    text = trafilatura.extract(tree, include_tables=True, include_comments=False, favor_recall=True, fast=True) or ""
    wanted = Counter(figures(whole))
    lost = wanted - Counter(figures(text))
    if lost.total() > wanted.total() * MOST_LOST or len(text) * 2 < len(whole):
        return whole
    return text


def page_tree(data: bytes, charset: str | None = None) -> lxml_html.HtmlElement:
    """The page as an element tree, decoded by what it is rather than by what it declares; Poison when it is no page."""
    declared = _DECLARED.search(data[:4096])
    hints = [charset, declared.group(1).decode("ascii", "replace") if declared else None]
    text = decode(data, hints=[hint for hint in hints if hint])
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        tree = lxml_html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as e:
        raise Poison(f"not a readable page: {e}") from e
    return tree


def _title(tree: lxml_html.HtmlElement) -> str | None:
    """The first heading, else the title element; None when both are empty."""
    for path in (".//h1", ".//title"):
        for element in tree.findall(path):
            words = " ".join(element.text_content().split())
            if words:
                return words
    return None
