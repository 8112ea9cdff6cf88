"""Paragraphs of the flow, each with the heading it is or opens with."""

import re
from typing import NamedTuple

from .flow import Flow
from .lines import Line
from .markers import MARKER, depth

_SENTENCE_END = re.compile(r"[。！？]")
_CLAUSE = re.compile(r"[。！？；]")
_QUANTITY = re.compile(r"[0-9][余多]?[十百千万亿]*[余多]?[件人元名个次份%家场起户条项]")
_NUMBER = re.compile(r"[0-9][0-9,.]*%?")
_TITLE_WIDTH, _RUN_IN_WIDTH = 45, 28
_PLAIN_DEPTH, _BOLD_DEPTH, _RUN_IN_DEPTH = 1, 5, 7


class Paragraph(NamedTuple):
    """A paragraph's extent; ``head`` is where its heading (all of it, or a run-in one) ends, ``depth`` its form's."""

    start: int
    end: int
    head: int | None = None
    depth: int = 0


def split(flow: Flow, lines: list[Line], soft: list[bool]) -> list[Paragraph]:
    """The paragraphs in order, with offsets of the flow."""
    bare = _extents(flow, lines, soft)
    ends = [_run_in_end(flow.view, p) for p, _ in bare]
    found = len(ends) - ends.count(None)
    often = found >= 3 and found * 4 >= len(ends)
    return [_headed(flow, p, line, end, often) for (p, line), end in zip(bare, ends, strict=True)]


def _extents(flow: Flow, lines: list[Line], soft: list[bool]) -> list[tuple[Paragraph, Line]]:
    out: list[tuple[Paragraph, Line]] = []
    first: Line | None = None
    for line, runs_on in zip(lines, soft, strict=True):
        first = first or line
        if not runs_on:
            out.append((Paragraph(flow.here(first.start), flow.here(line.end - 1) + 1), first))
            first = None
    return out


def _run_in_end(view: str, p: Paragraph) -> int | None:
    """Where the short headline sentence that opens a paragraph ends, None where no such sentence does."""
    stop = _CLAUSE.search(view, p.start, min(p.end, p.start + _RUN_IN_WIDTH))
    if stop is None or stop.group() != "。" or stop.end() >= p.end - 4:
        return None
    return None if _QUANTITY.search(view, p.start, stop.start()) else stop.end()


def _headed(flow: Flow, p: Paragraph, line: Line, run_in: int | None, often: bool) -> Paragraph:
    """The paragraph with its heading, if it is one or opens with one.

    A ``run_in`` sentence without a mark is one only where the report opens paragraphs so ``often``.
    """
    if line.hashes:
        return Paragraph(p.start, p.end, p.end, line.hashes - 10)
    marker = MARKER.match(flow.view, p.start, p.end)
    if _is_title(flow.view, p):
        return Paragraph(p.start, p.end, p.end, depth(marker) if marker else _BOLD_DEPTH if line.bold else _PLAIN_DEPTH)
    if line.bold and not _QUANTITY.search(flow.view, p.start, flow.here(line.bold - 1) + 1):
        return Paragraph(p.start, p.end, flow.here(line.bold - 1) + 1, _BOLD_DEPTH + 1)
    if run_in is not None and (marker or often):
        return Paragraph(p.start, p.end, run_in, depth(marker) if marker else _RUN_IN_DEPTH)
    return p


def _is_title(view: str, p: Paragraph) -> bool:
    """Whether the whole paragraph is a heading: short, one phrase, no sentence end and no quantity."""
    return (
        p.end - p.start <= _TITLE_WIDTH
        and not _SENTENCE_END.search(view, p.start, p.end)
        and view[p.end - 1] not in "，、；："
        and not _QUANTITY.search(view, p.start, p.end)
        and not _NUMBER.fullmatch(view, p.start, p.end)
    )
