"""A web page: its main text by trafilatura, tables and lists kept; the page's title beside it."""

import copy
import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from shushuo_ingest.documents.blocks import Block, blocks_of, figures, heart
from shushuo_ingest.documents.encoding import decode
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_shared.errors import Poison
from shushuo_shared.layout import Place

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
MOST_LOST = 0.02
TELLING = 4
HEADLINE = 6
OPENING = 3


def read(data: bytes, name: str) -> ParsedDocument:
    """The main text of the page, each line with the XPath of its element in the source; Poison when it has none."""
    tree = page_tree(data)
    lines = _main_lines(tree)
    if not lines:
        raise Poison("the page has no main text")
    paths = tree.getroottree()
    text, places = "", []
    for line in lines:
        text += "\n" if text else ""
        places.append(Place(start=len(text), end=len(text) + len(line.text), element=paths.getpath(line.element)))
        text += line.text
    return ParsedDocument(text=text, media_type="text/html", title=_title(tree), layout=tuple(places))


def _main_lines(tree: lxml_html.HtmlElement) -> list[Block]:
    """The lines that trafilatura takes for the main text; all of the page's heart where figures of that were lost.

    Its own fallbacks (``fast`` leaves them out) judge by spaces between words, which Chinese does not have. It only
    chooses: the lines are the page's own, so that each is known to stand in its element.
    """
    body = tree.find("body")
    root = body if body is not None else tree
    everything = blocks_of(root)
    whole = heart(everything, root)
    text = trafilatura.extract(
        copy.deepcopy(tree), include_tables=True, include_comments=False, favor_recall=True, fast=True
    )
    main = chosen_of(everything, text or "")
    wanted, kept = _told(whole), _told(main)
    lost = _numbers(wanted) - _numbers(kept)
    if lost.total() > _numbers(wanted).total() * MOST_LOST or len(kept) * 2 < len(wanted):
        main = whole
    return _headline(everything, main, _dense(tree.findtext(".//title") or "")) + main


def chosen_of(lines: Sequence[Block], text: str) -> list[Block]:
    """Those of a page's lines that stand in the text, which has them in the same order but may part or join them."""
    ours, theirs = [_dense(line.text) for line in lines], [_dense(line) for line in text.split("\n")]
    kept: list[Block] = []
    i = j = 0
    for same in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        rest = "".join(theirs[j : same.b])
        for line, words in zip(lines[i : same.a], ours[i : same.a], strict=True):
            before, found, after = rest.partition(words or "\n")
            if found and (len(words) >= TELLING or not before):
                kept.append(line)
                rest = after
        kept += lines[same.a : same.a + same.size]
        i, j = same.a + same.size, same.b + same.size
    return kept


def _headline(lines: Sequence[Block], main: Sequence[Block], title: str) -> list[Block]:
    """The line above the main text that heads it: the last first heading, or what the page's title begins with."""
    above = takewhile(lambda line: line != main[0], lines) if main else ()
    opening = _dense(_told(main[:OPENING]))
    found = [
        line
        for line in above
        if len(words := _dense(line.text)) >= HEADLINE
        and (line.element.tag == "h1" or (title.startswith(words) and title != words))
        and words not in opening
    ]
    return found[-1:]


def _dense(text: str) -> str:
    """The text without spaces and the strokes and dashes that trafilatura sets between cells and before items."""
    return re.sub(r"[\s|]+", "", re.sub(r"^\s*- ", "", text))


def _told(lines: Sequence[Block]) -> str:
    return "\n".join(line.text for line in lines)


def _numbers(text: str) -> Counter[str]:
    return Counter(figures(text))


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
