"""Terms: the glossary entries of a report, as term and definition."""

import re
from collections.abc import Iterator

from shushuo_extract.engine.types import Document, Span
from shushuo_shared.report import Term

from .rules import RULES

__all__ = ["RULES", "find"]

_LONGEST = 3000
_LINE = re.compile(r"[^\n]+")


def find(doc: Document) -> list[Term]:
    """The entries of the document's glossary zones in order; a line that opens no entry goes on with the one before."""
    found: list[Term] = []
    for region in _regions(doc):
        opened: tuple[Term, int] | None = None
        for line in _LINE.finditer(doc.view, region.start, region.end):
            entry = _read(doc, line.start(), line.end())
            if entry is not None:
                found.append(entry)
                opened = (entry, len(found) - 1)
            elif opened is not None and line.group().strip() and line.end() - opened[0].start <= _LONGEST:
                found[opened[1]] = _extended(doc, found[opened[1]], line.end())
    return found


def _regions(doc: Document) -> Iterator[Span]:
    """Runs of glossary sentences, from the first to the last of each run."""
    start = end = None
    for sentence in doc.sentences:
        if sentence.zone == "glossary":
            start, end = sentence.start if start is None else start, sentence.end
        elif start is not None and end is not None:
            yield Span(start, end)
            start = end = None
    if start is not None and end is not None:
        yield Span(start, end)


def _read(doc: Document, start: int, end: int) -> Term | None:
    """The entry that a line opens, in the text's own characters."""
    for rule in RULES:
        match = rule.pattern.match(doc.view, start, end)
        entry = rule.produce(match, rule.name) if match else None
        if entry is not None and match is not None:
            at = match.start("definition")
            return entry.model_copy(update={"definition": doc.text[at : entry.end].strip()})
    return None


def _extended(doc: Document, entry: Term, end: int) -> Term:
    more = doc.text[entry.end : end].strip()
    return entry.model_copy(update={"definition": f"{entry.definition}\n{more}", "end": end})
