"""Put what the stages found together, with offsets of the published text, ids, and every quote proved."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, TypeVar

from msgspec.structs import replace

from shushuo_shared.report import Term

from .engine.types import Bound, Document, Found, Lifted, Naming, Placing, Ranking

Fields = dict[str, Any]
Item = TypeVar("Item", Found, Ranking, Lifted)
_Moved = tuple[tuple[int, int], str | None, int | None]
"""Of a sentence its published span, its section, and how far all of it moved where nothing was left out within."""


def figures(doc: Document, bounds: list[Bound], namings: list[Naming], placings: list[Placing]) -> list[Found]:
    """One figure per bound, with offsets of the flow."""
    found = []
    for n, (bound, naming, placing) in enumerate(zip(bounds, namings, placings, strict=True), 1):
        amount = bound.amount
        of = None if bound.of is None else bounds[bound.of].amount.start
        within = doc.sentences[amount.sentence]
        rules = filter(None, (amount.rule, bound.rule, naming.rule, placing.rule))
        found.append(
            Found(
                f"f{n}",
                amount.start,
                amount.end,
                doc.text[amount.start : amount.end],
                amount.value,
                amount.unit,
                amount.approx,
                bound.role,
                naming.indicator,
                (within.start, within.end),
                " + ".join(rules),
                naming.alt,
                naming.code,
                placing.period,
                placing.organ,
                of,
                bound.basis,
                bound.direction,
            )
        )
    return found


class Publication:
    """The way back from the flow of a report to its text as it was published; its items are still to be validated."""

    def __init__(self, text: str, doc: Document) -> None:
        self._text, self._headings, self._flow = text, doc.headings, doc.flow
        self._openings = [heading.start for heading in doc.headings]
        self._ids = [f"s{i + 1}" for i in range(len(doc.headings))]
        self._sentences: dict[tuple[int, int], _Moved] = {}

    def items(self, found: Iterable[Item]) -> list[Item]:
        """Figures, ranks or highlights with offsets of the published text; one whose quote is empty is left out."""
        moved = [self._moved(one) for one in found]
        return [one for one in moved if one.text]

    def terms(self, found: Iterable[Term]) -> list[Fields]:
        """Glossary entries with offsets of the published text."""
        spans = ((term, self._flow.origin(term.start, term.end)) for term in found)
        return [vars(term) | {"start": start, "end": end} for term, (start, end) in spans]

    def sections(self) -> list[Fields]:
        """The headed parts."""
        spans = (self._flow.origin(heading.start, heading.until) for heading in self._headings)
        rows = zip(self._ids, self._headings, spans, strict=True)
        return [
            {"id": key, "level": heading.level, "title": heading.title, "start": start, "end": end}
            for key, heading, (start, end) in rows
        ]

    def _moved(self, item: Item) -> Item:
        """The item with offsets, quote and section of the published text."""
        sentence, section, shift = self._sentences.get(item.sentence) or self._sentence(item.sentence)
        start, end = item.start, item.end
        start, end = self._flow.origin(start, end) if shift is None else (start + shift, end + shift)
        moved = replace(item, start=start, end=end, text=self._text[start:end], sentence=sentence, section=section)
        of: int | None = getattr(item, "of", None)
        return moved if of is None else replace(moved, of=self._flow.origin(of, of + 1)[0])

    def _sentence(self, span: tuple[int, int]) -> _Moved:
        """Where a sentence was published."""
        start, end = self._flow.origin(*span)
        shift = start - span[0] if end - start == span[1] - span[0] else None
        found = self._sentences[span] = (start, end), self._section(span[0]), shift
        return found

    def _section(self, offset: int) -> str | None:
        """The id of the innermost section at an offset of the flow."""
        last = bisect_right(self._openings, offset) - 1
        while last >= 0 and self._headings[last].until <= offset:
            last -= 1
        return self._ids[last] if last >= 0 else None
