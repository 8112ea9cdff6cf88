"""A web page: its main text by trafilatura, tables and lists kept; the page's title beside it."""

import re

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from shushuo_ingest.documents.encoding import decode
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_shared.errors import Poison

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def read(data: bytes, name: str) -> ParsedDocument:
    """The main text of the page; Poison when it has none."""
    tree = page_tree(data)
    text = trafilatura.extract(
        tree, include_tables=True, include_comments=False, favor_recall=True, output_format="txt"
    )
    if not text or not text.strip():
        raise Poison("the page has no main text")
    return ParsedDocument(text=text, media_type="text/html", title=_title(tree))


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
