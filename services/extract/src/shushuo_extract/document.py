"""Read the shape of a report: its flow, sentences, zones and headings."""

import re

from shushuo_extract.engine.types import Document, Heading, Sentence

from .structure import lines, paragraphs, tables
from .structure.flow import Flow, flow
from .structure.fold import fold
from .structure.paragraphs import Paragraph
from .structure.zones import Zones

_SENTENCE = re.compile(r"(?=\S)[^。！？\n]*(?:[。！？]+[”’）】]*|(?<!\s))")


def parse(text: str) -> Document:
    """The document of a text, in the coordinates of its flow; ``Document.origin`` leads back."""
    view = fold(text)
    grids, rows = tables.find(text, view, lines.split(text, view))
    soft = lines.soft_breaks(view, rows)
    run = flow(text, view, rows, soft)
    parts = paragraphs.split(run, rows, soft)
    headings = _headings(run.view, parts)
    sentences = _sentences(run.view, Zones(run.view, headings, parts))
    starts = tuple([sentence.start for sentence in sentences])
    moved = tuple(grid.moved(run.here) for grid in grids)
    return Document(run.text, run.view, tuple(sentences), starts, headings, run, moved)


def _headings(view: str, parts: list[Paragraph]) -> tuple[Heading, ...]:
    """The headings, nested by the form of their marks."""
    headed = [p for p in parts if p.head is not None]
    levels, untils = list[int](), [len(view)] * len(headed)
    opened: list[int] = []
    for i, p in enumerate(headed):
        while opened and headed[opened[-1]].depth >= p.depth:
            untils[opened.pop()] = p.start  # a heading that is not deeper ends the part
        opened.append(i)
        levels.append(len(opened))
    return tuple(
        Heading(p.start, p.head or p.end, level, _title(view, p), until)
        for p, level, until in zip(headed, levels, untils, strict=True)
    )


def _title(view: str, p: Paragraph) -> str:
    return " ".join(view[p.start : p.head].split()).strip(" 。■◆●▶▲★☆◎○◇□·")


def _sentences(view: str, zones: Zones) -> list[Sentence]:
    out: list[Sentence] = []
    stretches = zones.stretches()
    ends = [*[stretch.start for stretch in stretches[1:]], len(view)]
    for stretch, last in zip(stretches, ends, strict=False):
        zone = stretch.zone
        spans = [match.span() for match in _SENTENCE.finditer(view, stretch.start, last)]
        if stretch.turns:
            out += [Sentence(start, end, zones.of_sentence(start, end, zone)) for start, end in spans]
        else:
            out += [Sentence(start, end, zone) for start, end in spans]
    return out


__all__ = ["Flow", "parse"]
