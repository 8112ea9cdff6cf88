"""Put what the stages found together, with offsets of the published text, ids, and every quote proved."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from shushuo_shared.report import Figure, Highlight, Rank, Term

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
    """The way back from the flow of a report to its text as it was published; its items are right as they are made."""

    def __init__(self, text: str, doc: Document) -> None:
        self._text, self._headings, self._origin = text, doc.headings, doc.flow.origin
        self._openings = [heading.start for heading in doc.headings]
        self._ids = [f"s{i + 1}" for i in range(len(doc.headings))]
        self._sentences: dict[tuple[int, int], tuple[tuple[int, int], str | None]] = {}

    def figures(self, found: Iterable[Found]) -> list[Figure]:
        """Figures with offsets of the published text; one whose quote is empty is left out, as of all items."""
        return Figure.made([fields for fields in map(self._figure, found) if fields["text"]])

    def ranks(self, found: Iterable[Ranking]) -> list[Rank]:
        """Ranks with offsets of the published text."""
        return Rank.made([fields for fields in map(self._rank, found) if fields["text"]])

    def highlights(self, found: Iterable[Lifted]) -> list[Highlight]:
        """Highlights with offsets of the published text."""
        return Highlight.made([fields for fields in map(self._highlight, found) if fields["text"]])

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

    def _figure(self, found: Found) -> Fields:
        (
            key, start, end, _, value, unit, approx, role, indicator, sentence, rule,
            alt, code, period, organ, of, basis, direction,
        ) = found  # fmt: skip
        start, end = self._origin(start, end)
        within, section = self._sentences.get(sentence) or self._sentence(sentence)
        return {
            "start": start,
            "end": end,
            "text": self._text[start:end],
            "places": [],
            "id": key,
            "value": value,
            "unit": unit,
            "approx": approx,
            "role": role,
            "indicator": indicator,
            "alt": [*alt],
            "code": code,
            "period": period,
            "organ": organ,
            "of": None if of is None else self._origin(of, of)[0],
            "basis": basis,
            "direction": direction,
            "section": section,
            "sentence": within,
            "rule": rule,
        }

    def _rank(self, found: Ranking) -> Fields:
        start, end = self._origin(found.start, found.end)
        within, section = self._sentences.get(found.sentence) or self._sentence(found.sentence)
        return {
            "start": start,
            "end": end,
            "text": self._text[start:end],
            "places": [],
            "id": found.id,
            "scope": found.scope,
            "position": found.position,
            "indicator": found.indicator,
            "alt": [*found.alt],
            "of": None if found.of is None else self._origin(found.of, found.of)[0],
            "section": section,
            "sentence": within,
            "rule": found.rule,
        }

    def _highlight(self, found: Lifted) -> Fields:
        start, end = self._origin(found.start, found.end)
        within, section = self._sentences.get(found.sentence) or self._sentence(found.sentence)
        return {
            "start": start,
            "end": end,
            "text": self._text[start:end],
            "places": [],
            "id": found.id,
            "types": found.types,
            "level": found.level,
            "issuer": found.issuer,
            "organ": found.organ,
            "title": found.title,
            "section": section,
            "sentence": within,
            "rule": found.rule,
        }

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
