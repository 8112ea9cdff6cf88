"""A report's text cut into paragraphs of nested marks, each figure, rank and highlight where it stands; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

HEADING_SIGNS = "# \t　"
Part = tuple[int, int, "Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be marked: ``key`` is its address on the page, ``kind`` figure, rank, highlight or heading."""

    start: int
    end: int
    key: str
    kind: str
    note: str = ""


@dataclass(slots=True)
class Node:
    """A stretch of text, plain when ``mark`` is None; only the ``first`` piece of a mark carries its address."""

    mark: Mark | None
    text: str = ""
    first: bool = True
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the report; ``heading`` is its level as heading, 0 for running text."""

    nodes: list[Node]
    heading: int = 0


def paragraphs(text: str, marks: Iterable[Mark], headings: dict[int, int]) -> list[Paragraph]:
    """The lines of the text that hold anything; ``headings`` gives the level of the line that starts at an offset."""
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    result: list[Paragraph] = []
    seen: set[str] = set()
    low = 0
    for start, end in _lines(text):
        while low < len(waiting) and waiting[low].end <= start:
            low += 1
        shown = end - len(text[start:end].lstrip(HEADING_SIGNS)) if start in headings else start
        parts = _within(shown, end, waiting, low)
        result.append(Paragraph(_nest(text, shown, end, parts, seen), headings.get(start, 0)))
    return result


def _within(start: int, end: int, marks: list[Mark], low: int) -> list[Part]:
    """The pieces of the marks that lie in a line; ``marks[:low]`` are known to end before it."""
    parts: list[Part] = []
    for mark in islice(marks, low, None):
        if mark.start >= end:
            break
        if mark.end > start:
            parts.append((max(mark.start, start), min(mark.end, end), mark))
    return sorted(parts, key=_outer_first)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip(" \t\r\n　*#"):
            yield start, start + len(line.rstrip())
        start += len(line)


def _nest(text: str, start: int, end: int, parts: list[Part], seen: set[str]) -> list[Node]:
    """Nodes of ``text[start:end]``: a mark inside another nests, one that crosses its edge is cut there."""
    nodes: list[Node] = []
    at, low = start, 0
    while low < len(parts):
        begin, stop, mark = parts[low]
        high = low + 1
        while high < len(parts) and parts[high][0] < stop:
            high += 1
        inside = [(b, min(e, stop), m) for b, e, m in parts[low + 1 : high]]
        beyond = [(stop, e, m) for _, e, m in parts[low + 1 : high] if e > stop]
        if beyond:
            parts = parts[:high] + sorted(beyond + parts[high:], key=_outer_first)
        _say(nodes, text[at:begin])
        first = mark.key not in seen
        seen.add(mark.key)
        nodes.append(Node(mark, first=first, children=_nest(text, begin, stop, inside, seen)))
        at, low = stop, high
    _say(nodes, text[at:end])
    return nodes


def _outer_first(part: Part) -> tuple[int, int]:
    return part[0], -part[1]


def _say(nodes: list[Node], words: str) -> None:
    """Append plain text; the bold signs of Markdown are not shown."""
    shown = words.replace("**", "")
    if shown:
        nodes.append(Node(None, shown))
