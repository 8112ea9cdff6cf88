"""Put what the stages found together, with offsets of the published text, ids, and every quote proved."""

from collections.abc import Iterable
from typing import TypeVar

from shushuo_shared.report import Figure, Highlight, Quote, Rank, Section, Term

from .document import section_at
from .engine.types import Bound, Document, Naming, Placing

Q = TypeVar("Q", Figure, Rank, Highlight)


def sections(doc: Document) -> list[Section]:
    """The headed parts, with offsets of the flow."""
    return [
        Section(id=f"s{i + 1}", level=h.level, title=h.title, start=h.start, end=h.until)
        for i, h in enumerate(doc.headings)
    ]


def figures(doc: Document, bounds: list[Bound], namings: list[Naming], placings: list[Placing]) -> list[Figure]:
    """One figure per bound, with offsets of the flow."""
    rows = zip(bounds, namings, placings, strict=True)
    return [_figure(doc, f"f{i + 1}", row, bounds) for i, row in enumerate(rows)]


def _figure(doc: Document, key: str, row: tuple[Bound, Naming, Placing], bounds: list[Bound]) -> Figure:
    bound, naming, placing = row
    amount = bound.amount
    sentence = doc.sentences[amount.sentence]
    return Figure(
        id=key,
        start=amount.start,
        end=amount.end,
        text=doc.text[amount.start : amount.end],
        value=amount.value,
        unit=amount.unit,
        approx=amount.approx,
        role=bound.role,
        indicator=naming.indicator,
        alt=list(naming.alt),
        code=naming.code,
        period=placing.period,
        organ=placing.organ,
        of=None if bound.of is None else bounds[bound.of].amount.start,
        basis=bound.basis,
        direction=bound.direction,
        section=section_id(doc, amount.start),
        sentence=(sentence.start, sentence.end),
        rule=" + ".join(rule for rule in (amount.rule, bound.rule, naming.rule, placing.rule) if rule),
    )


def section_id(doc: Document, offset: int) -> str | None:
    """The id of the innermost section at an offset."""
    index = section_at(doc, offset)
    return None if index is None else f"s{index + 1}"


def published(text: str, doc: Document, items: Iterable[Q]) -> list[Q]:
    """Items with offsets of the published text; an item whose quote is not there is left out."""
    moved = (_moved(text, doc, item) for item in items)
    return [item for item in moved if item.text == text[item.start : item.end] and item.start < item.end]


def _moved(text: str, doc: Document, item: Q) -> Q:
    start, end = doc.flow.origin(item.start, item.end)
    changes: dict[str, object] = {
        "start": start,
        "end": end,
        "text": text[start:end],
        "sentence": doc.flow.origin(*item.sentence),
    }
    if not isinstance(item, Highlight) and item.of is not None:
        changes["of"] = doc.flow.origin(item.of, item.of + 1)[0]
    if item.section is None:
        changes["section"] = section_id(doc, item.start)
    return item.model_copy(update=changes)


def published_terms(doc: Document, terms: Iterable[Term]) -> list[Term]:
    """Glossary entries with offsets of the published text."""
    return [t.model_copy(update=_ends(doc, t.start, t.end)) for t in terms]


def published_sections(doc: Document, parts: Iterable[Section]) -> list[Section]:
    """Sections with offsets of the published text."""
    return [s.model_copy(update=_ends(doc, s.start, s.end)) for s in parts]


def _ends(doc: Document, start: int, end: int) -> dict[str, int]:
    first, last = doc.flow.origin(start, end)
    return {"start": first, "end": last}


__all__ = ["Quote", "figures", "published", "published_sections", "published_terms", "section_id", "sections"]
