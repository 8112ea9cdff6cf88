"""Page numbers and running heads: what stands at the edge of page after page and is no part of the text."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from shushuo_ingest.documents.runs import Line

EDGE = 0.12
EDGE_LINES = 2
HEADING = 1.2
_DECORATED = re.compile(
    r"[-—–－~·•]+\s*\d{1,4}\s*[-—–－~·•]+|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_BARE = re.compile(r"\d{1,4}")


def without_heads(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[Line]]:
    """The lines of each page (its height and its lines) without page numbers and running heads."""
    edges = [_edge_lines(height, lines) for height, lines in pages]
    repeated = _repeated(edges)
    steps = Counter(
        _step(page, line) for page, lines in enumerate(edges) for line in lines if _BARE.fullmatch(line.text)
    )
    kept = []
    for page, (_, lines) in enumerate(pages):
        dropped = {
            id(line)
            for line in edges[page]
            if _DECORATED.fullmatch(line.text)
            or _pattern(line) in repeated
            or (_BARE.fullmatch(line.text) and _is_number(page, line, steps, len(pages)))
        }
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def _edge_lines(height: float, lines: Sequence[Line]) -> list[Line]:
    """The outermost lines at the top and bottom of the page; letters larger than the others are a title."""
    by_top = sorted(lines, key=lambda line: line.box[1])
    outer = {id(line): line for line in (*by_top[:EDGE_LINES], *by_top[-EDGE_LINES:])}
    small = HEADING * median(line.size for line in lines) if lines else 0.0
    at_edge = (line for line in outer.values() if line.box[3] < height * EDGE or line.box[1] > height * (1 - EDGE))
    return [line for line in at_edge if line.size < small]


def _pattern(line: Line) -> tuple[str, int]:
    """What makes two heads the same: their words, a page number beside them aside, and where they stand, roughly."""
    words = re.sub(r"^\d{1,4}\t|\t\d{1,4}$", "", line.text)
    return re.sub(r"\s+", "", words), round(line.box[1] / 6)


def _repeated(edges: Sequence[Sequence[Line]]) -> frozenset[tuple[str, int]]:
    """The heads on at least three pages, or on both of two: of left and right pages each has its own."""
    counts = Counter(pattern for lines in edges for pattern in {_pattern(line) for line in lines})
    needed = 3 if len(edges) > 3 else 2
    return frozenset(pattern for pattern, count in counts.items() if count >= needed)


def _step(page: int, line: Line) -> int:
    return int(line.text) - page


def _is_number(page: int, line: Line, steps: Counter[int], pages: int) -> bool:
    """Whether a bare number counts the pages: it grows with them, or is the 1 of the only page."""
    step = _step(page, line)
    return steps[step] >= 2 or (pages == 1 and step == 1)
