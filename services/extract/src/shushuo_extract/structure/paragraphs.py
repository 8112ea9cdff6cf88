"""Paragraphs of the flow, each with the heading it is or opens with."""

import re

from shushuo_extract.engine.records import Record

from .flow import Flow
from .lines import Line
from .markers import depth_at

_CLAUSE = re.compile(r"[！？；]")
_QUANTITY = re.compile(r"[0-9][余多]?[十百千万亿]*[余多]?[件人元名个次份%家场起户条项]")
_NO_TITLE = re.compile(rf"[。！？]|{_QUANTITY.pattern}|[，、；：]\Z")
_NUMBER = re.compile(r"[0-9][0-9,.]*%?")
_TITLE_WIDTH, _RUN_IN_WIDTH = 45, 28
_PLAIN_DEPTH, _BOLD_DEPTH, _RUN_IN_DEPTH = 1, 5, 7


class Paragraph(Record, frozen=True):
    """A paragraph's extent; ``head`` is where its heading (all of it, or a run-in one) ends, ``depth`` its form's."""

    start: int
    end: int
    head: int | None = None
    depth: int = 0


def split(flow: Flow, lines: list[Line], soft: list[bool]) -> list[Paragraph]:
    """The paragraphs in order, with offsets of the flow."""
    firsts = [line for line, joined in zip(lines, [False, *soft], strict=False) if not joined]
    starts = flow.all_here([line.start for line in firsts])
    lasts = flow.all_here([line.end - 1 for line, runs_on in zip(lines, soft, strict=True) if not runs_on])
    extents = [(start, last + 1) for start, last in zip(starts, lasts, strict=True)]
    ends = [_run_in_end(flow.view, start, end) for start, end in extents]
    found = len(ends) - ends.count(None)
    often = found >= 3 and found * 4 >= len(ends)
    rows = zip(extents, firsts, ends, strict=True)
    return [_paragraph(flow, extent, line, end, often=often) for extent, line, end in rows]


def _run_in_end(view: str, start: int, end: int) -> int | None:
    """Where the short headline sentence that opens a paragraph ends, None where no such sentence does."""
    stop = view.find("。", start, start + _RUN_IN_WIDTH)
    if not 0 <= stop < end - 5 or _CLAUSE.search(view, start, stop) or _QUANTITY.search(view, start, stop):
        return None
    return stop + 1


def _paragraph(flow: Flow, extent: tuple[int, int], line: Line, run_in: int | None, *, often: bool) -> Paragraph:
    """The paragraph of an extent that a line opens, with the heading that it is or opens with.

    A ``run_in`` sentence without a mark is one only where the report opens paragraphs so ``often``.
    """
    start, end = extent
    if line.tabular:
        return Paragraph(start, end)
    if line.hashes:
        return Paragraph(start, end, end, line.hashes - 10)
    if _is_title(flow.view, start, end):
        plain = _BOLD_DEPTH if line.bold else _PLAIN_DEPTH
        return Paragraph(start, end, end, depth_at(flow.view, start, end) or plain)
    bold = flow.here(line.bold - 1) + 1 if line.bold else start
    if bold > start and not _QUANTITY.search(flow.view, start, bold):
        return Paragraph(start, end, bold, _BOLD_DEPTH + 1)
    if run_in is None:
        return Paragraph(start, end)
    depth = depth_at(flow.view, start, end)
    return Paragraph(start, end, run_in, depth or _RUN_IN_DEPTH) if depth or often else Paragraph(start, end)


def _is_title(view: str, start: int, end: int) -> bool:
    """Whether the whole paragraph is a heading: short, one phrase, no sentence end, no quantity, no mere number."""
    return (
        end - start <= _TITLE_WIDTH
        and not _NO_TITLE.search(view, start, end)
        and not _NUMBER.fullmatch(view, start, end)
    )
