"""Put what the stages found together, with offsets of the published text, ids, and every quote proved."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from msgspec.structs import asdict

from shushuo_shared.report import Term

from .engine.types import Bound, Document, Found, Lifted, Naming, Placing, Ranking

Fields = dict[str, Any]


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
    """The way back from the flow of a report to its text as it was published; its items are fields to be validated."""

    def __init__(self, text: str, doc: Document) -> None:
        self._text, self._headings, self._origin = text, doc.headings, doc.flow.origin
        self._openings = [heading.start for heading in doc.headings]
        self._ids = [f"s{i + 1}" for i in range(len(doc.headings))]
        self._sentences: dict[tuple[int, int], tuple[tuple[int, int], str | None]] = {}

    def items(self, found: Iterable[Found | Ranking | Lifted]) -> list[Fields]:
        """Figures, ranks and highlights with offsets of the published text; one whose quote is empty is left out."""
        moved = [self._moved(one) for one in found]
        return [fields for fields in moved if fields["text"]]

    def terms(self, found: Iterable[Term]) -> list[Fields]:
        """Glossary entries with offsets of the published text."""
        spans = ((term, self._origin(term.start, term.end)) for term in found)
        return [vars(term) | {"start": start, "end": end} for term, (start, end) in spans]

    def sections(self) -> list[Fields]:
        """The headed parts."""
        spans = (self._origin(heading.start, heading.until) for heading in self._headings)
        rows = zip(self._ids, self._headings, spans, strict=True)
        return [
            {"id": key, "level": heading.level, "title": heading.title, "start": start, "end": end}
            for key, heading, (start, end) in rows
        ]

    def _moved(self, item: Found | Ranking | Lifted) -> Fields:
        """The fields of an item; offsets, quote and section are those of the published text."""
        fields: Fields = asdict(item)
        fields["places"] = []  # a default list would be copied for each, which costs more than all its other fields
        start, end = self._origin(item.start, item.end)
        fields["start"], fields["end"], fields["text"] = start, end, self._text[start:end]
        fields["sentence"], fields["section"] = self._sentences.get(item.sentence) or self._sentence(item.sentence)
        if (of := fields.get("of")) is not None:
            fields["of"] = self._origin(of, of + 1)[0]
        return fields

    def _sentence(self, span: tuple[int, int]) -> tuple[tuple[int, int], str | None]:
        """The published span of a sentence, and the section that all of it is in."""
        found = self._sentences[span] = self._origin(*span), self._section(span[0])
        return found

    def _section(self, offset: int) -> str | None:
        """The id of the innermost section at an offset of the flow."""
        last = bisect_right(self._openings, offset) - 1
        while last >= 0 and self._headings[last].until <= offset:
            last -= 1
        return self._ids[last] if last >= 0 else None
