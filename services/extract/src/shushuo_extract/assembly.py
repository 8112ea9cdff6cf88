"""Put what the stages found together, with offsets of the published text, ids, and every quote proved."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, TypeVar

from shushuo_shared.report import Figure, Highlight, Rank, Section, Term

from .engine.types import Bound, Document, Found, Naming, Placing

Q = TypeVar("Q", Rank, Highlight)


def figures(doc: Document, bounds: list[Bound], namings: list[Naming], placings: list[Placing]) -> list[Found]:
    """One figure per bound, with offsets of the flow."""
    rows = zip(bounds, namings, placings, strict=True)
    return [_figure(doc, f"f{i + 1}", row, bounds) for i, row in enumerate(rows)]


def _figure(doc: Document, key: str, row: tuple[Bound, Naming, Placing], bounds: list[Bound]) -> Found:
    bound, naming, placing = row
    amount = bound.amount
    sentence = doc.sentences[amount.sentence]
    return Found(
        id=key,
        start=amount.start,
        end=amount.end,
        text=doc.text[amount.start : amount.end],
        value=amount.value,
        unit=amount.unit,
        approx=amount.approx,
        role=bound.role,
        indicator=naming.indicator,
        alt=naming.alt,
        code=naming.code,
        period=placing.period,
        organ=placing.organ,
        of=None if bound.of is None else bounds[bound.of].amount.start,
        basis=bound.basis,
        direction=bound.direction,
        sentence=(sentence.start, sentence.end),
        rule=" + ".join(filter(None, (amount.rule, bound.rule, naming.rule, placing.rule))),
    )


class Publication:
    """The way back from the flow of a report to its text as it was published."""

    def __init__(self, text: str, doc: Document) -> None:
        self._text, self._headings, self._origin = text, doc.headings, doc.flow.origin
        self._openings = [heading.start for heading in doc.headings]
        self._sentences: dict[tuple[int, int], tuple[int, int]] = {}

    def figures(self, found: Iterable[Found]) -> list[Figure]:
        """The figures with offsets of the published text; one whose quote is empty is left out."""
        moved = ((one, self._moved(one)) for one in found)
        return [Figure(**one._asdict() | changes, places=[]) for one, changes in moved if changes["text"]]

    def items(self, found: Iterable[Q]) -> list[Q]:
        """Ranks and highlights with offsets of the published text; one whose quote is empty is left out."""
        moved = ((one, self._moved(one)) for one in found)
        return [one.model_copy(update=changes) for one, changes in moved if changes["text"]]

    def terms(self, found: Iterable[Term]) -> list[Term]:
        """Glossary entries with offsets of the published text."""
        spans = ((term, self._origin(term.start, term.end)) for term in found)
        return [term.model_copy(update={"start": start, "end": end}) for term, (start, end) in spans]

    def sections(self) -> list[Section]:
        """The headed parts."""
        spans = (self._origin(heading.start, heading.until) for heading in self._headings)
        return [
            Section(id=_section_id(i), level=heading.level, title=heading.title, start=start, end=end)
            for i, (heading, (start, end)) in enumerate(zip(self._headings, spans, strict=True))
        ]

    def _moved(self, item: Found | Rank | Highlight) -> dict[str, Any]:
        """The fields of an item that differ when published: offsets, quote and section."""
        start, end = self._origin(item.start, item.end)
        changes: dict[str, Any] = {
            "start": start,
            "end": end,
            "text": self._text[start:end],
            "sentence": self._sentence(item.sentence),
            "section": self._section(item.start),
        }
        if not isinstance(item, Highlight) and item.of is not None:
            changes["of"] = self._origin(item.of, item.of + 1)[0]
        return changes

    def _sentence(self, span: tuple[int, int]) -> tuple[int, int]:
        found = self._sentences.get(span)
        if found is None:
            found = self._sentences[span] = self._origin(*span)
        return found

    def _section(self, offset: int) -> str | None:
        """The id of the innermost section at an offset of the flow."""
        last = bisect_right(self._openings, offset) - 1
        while last >= 0 and self._headings[last].until <= offset:
            last -= 1
        return _section_id(last) if last >= 0 else None


def _section_id(index: int) -> str:
    return f"s{index + 1}"
