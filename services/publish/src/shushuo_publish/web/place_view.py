"""Where an item stands in the original document: in words, drawn on its page, and as a link that leads there; pure."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from shushuo_shared.report import Quote

_CLAUSE = re.compile(r"[^。！？；，：\n\t]*")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's width and height, and the boxes on it as left, top, width, height."""

    width: float
    height: float
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Where:
    """``words`` name the place, ``sheet`` draws it, ``link`` opens the original there; either of these may be None."""

    words: str
    link: str | None
    sheet: Sheet | None


def where(item: Quote, text: str, original: str | None) -> Where | None:
    """Where the item of a report with this text stands; None when the original is plain text or has no places."""
    if not item.places:
        return None
    link = link_to(item, text, original)
    pages = sorted({place.page for place in item.places if place.page is not None})
    sheet = _sheet(item)
    if pages:
        words = f"第{pages[0]}页" if len(pages) == 1 else f"第{pages[0]}—{pages[-1]}页"
        return Where(words, link, sheet)
    if sheet is not None:
        return Where("图中位置", link, sheet)
    return Where("原文", link, None) if link else None


def link_to(item: Quote, text: str, original: str | None) -> str | None:
    """The original's address, opening at the page of a PDF or marking the words of a web page; None where none can."""
    if original is None or not item.places:
        return None
    base, _, fragment = original.partition("#")
    first = item.places[0]
    if first.page is not None:
        return f"{base}#page={first.page}"
    if (first.element or "").startswith("/"):
        words = quote(_telling(item, text), safe="").replace("-", "%2D")
        return f"{base}#{fragment}:~:text={words}"
    return None


def _telling(item: Quote, text: str) -> str:
    """The words to look for: the clauses around the item, more of them while the report has them twice."""
    line = text.rfind("\n", 0, item.start) + 1
    ends = [line, *(match.end() for match in _CLAUSE.finditer(text, line, _line_end(text, item.start)))]
    start = max(end for end in ends if end <= item.start)
    stop = min((end for end in ends if end >= item.end), default=min(item.end, _line_end(text, item.start)))
    while start > line and text.count(text[start:stop]) > 1 and stop - start < LONGEST:
        start = max(end for end in ends if end < start)
    return text[start:stop].strip("。！？；，：、\t ")[:LONGEST]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _sheet(item: Quote) -> Sheet | None:
    """The page on which the item begins, with its lines on that page."""
    first = item.places[0]
    if first.box is None or first.sheet is None:
        return None
    boxes = [place.box for place in item.places if place.page == first.page and place.box]
    drawn = tuple((left, top, right - left, bottom - top) for left, top, right, bottom in boxes)
    return Sheet(*first.sheet, drawn)
