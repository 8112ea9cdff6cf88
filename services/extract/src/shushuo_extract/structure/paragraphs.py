"""Paragraphs of the flow, each with the heading it is or opens with."""

import re

from shushuo_extract.engine.records import record

from .flow import Flow
from .lines import Line
from .markers import depth, mark_at

_CLAUSE = re.compile(r"[。！？；]")
_QUANTITY = re.compile(r"[0-9][余多]?[十百千万亿]*[余多]?[件人元名个次份%家场起户条项]")
_NO_TITLE = re.compile(rf"[。！？]|{_QUANTITY.pattern}|[，、；：]\Z")
_NUMBER = re.compile(r"[0-9][0-9,.]*%?")
_TITLE_WIDTH, _RUN_IN_WIDTH = 45, 28
_PLAIN_DEPTH, _BOLD_DEPTH, _RUN_IN_DEPTH = 1, 5, 7


@record
class Paragraph:
    """A paragraph's extent; ``head`` is where its heading (all of it, or a run-in one) ends, ``depth`` its form's."""

    start: int
    end: int
    head: int | None = None
    depth: int = 0


def split(flow: Flow, lines: list[Line], soft: list[bool]) -> list[Paragraph]:
    """The paragraphs in order, with offsets of the flow."""
    firsts = [line for line, joined in zip(lines, [False, *soft], strict=False) if not joined]
    lasts = [line for line, runs_on in zip(lines, soft, strict=True) if not runs_on]
    extents = [(flow.here(first.start), flow.here(last.end - 1) + 1) for first, last in zip(firsts, lasts, strict=True)]
    ends = [_run_in_end(flow.view, start, end) for start, end in extents]
    found = len(ends) - ends.count(None)
    often = found >= 3 and found * 4 >= len(ends)
    rows = zip(extents, firsts, ends, strict=True)
    return [Paragraph(*extent, *_head(flow, extent, line, end, often=often)) for extent, line, end in rows]


def _run_in_end(view: str, start: int, end: int) -> int | None:
    """Where the short headline sentence that opens a paragraph ends, None where no such sentence does."""
    stop = _CLAUSE.search(view, start, min(end - 5, start + _RUN_IN_WIDTH))
    if stop is None or stop[0] != "。":
        return None
    return None if _QUANTITY.search(view, start, stop.start()) else stop.end()


def _head(
    flow: Flow, extent: tuple[int, int], line: Line, run_in: int | None, *, often: bool
) -> tuple[int | None, int]:
    """Where the heading of a paragraph ends, if it is one or opens with one, and its depth.

    A ``run_in`` sentence without a mark is one only where the report opens paragraphs so ``often``.
    """
    start, end = extent
    if line.tabular:
        return None, 0
    if line.hashes:
        return end, line.hashes - 10
    marker = mark_at(flow.view, start, end)
    if _is_title(flow.view, start, end):
        return end, depth(marker) if marker else _BOLD_DEPTH if line.bold else _PLAIN_DEPTH
    bold = flow.here(line.bold - 1) + 1 if line.bold else start
    if bold > start and not _QUANTITY.search(flow.view, start, bold):
        return bold, _BOLD_DEPTH + 1
    if run_in is not None and (marker or often):
        return run_in, depth(marker) if marker else _RUN_IN_DEPTH
    return None, 0


def _is_title(view: str, start: int, end: int) -> bool:
    """Whether the whole paragraph is a heading: short, one phrase, no sentence end, no quantity, no mere number."""
    return (
        end - start <= _TITLE_WIDTH
        and not _NO_TITLE.search(view, start, end)
        and not _NUMBER.fullmatch(view, start, end)
    )
