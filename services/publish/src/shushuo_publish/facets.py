"""What each item can be filtered by and searched in: one fact sheet for the store's index and for webhook routing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shushuo_publish.filters import Facts, regions_of, years_of
from shushuo_publish.rows import Items
from shushuo_publish.store.models import Facet, Figure, Highlight, Passage, Report
from shushuo_publish.store.search import searchable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The facts of one item at its place in a stream."""

    stream: str
    change: int
    ordinal: int
    facts: Facts


def sheets(report: Report, items: Items, text: str) -> list[Sheet]:
    """The fact sheets of a report and everything in it; ``text`` is the report's."""
    spans = [(h.start, h.end, frozenset(h.types)) for h in items.highlights]
    codes = [(f.start, f.code) for f in items.figures if f.code]
    return [
        report_sheet(report, items, text),
        *(
            Sheet(stream="highlights", change=h.change, ordinal=h.ordinal, facts=highlight_facts(report, h, codes))
            for h in items.highlights
        ),
        *(
            Sheet(stream="figures", change=f.change, ordinal=f.ordinal, facts=_figure_facts(report, f, spans))
            for f in items.figures
        ),
    ]


def report_sheet(report: Report, items: Items, text: str) -> Sheet:
    """The fact sheet of the report as a whole."""
    facts = Facts(
        organs=frozenset(report.organs),
        kind=report.kind,
        level=report.level,
        regions=regions_of(report.region),
        years=years_of(report.period),
        types=frozenset(name for highlight in items.highlights for name in highlight.types),
        codes=frozenset(figure.code for figure in items.figures if figure.code),
        text=f"{report.title}\n{text}",
    )
    return Sheet(stream="reports", change=report.change, ordinal=0, facts=facts)


def highlight_facts(report: Report, item: Highlight, codes: Iterable[tuple[int, str]]) -> Facts:
    """A highlight's facts; its codes are those of the figures inside it, given as (start, code)."""
    return Facts(
        organs=_organs(report, item),
        kind=item.kind,
        level=item.level,
        regions=regions_of(item.region),
        years=years_of(report.period),
        types=frozenset(item.types),
        codes=frozenset(code for start, code in codes if item.start <= start < item.end),
        text=f"{item.title}\n{item.text}",
    )


def _figure_facts(report: Report, item: Figure, spans: Iterable[tuple[int, int, frozenset[str]]]) -> Facts:
    types = [names for start, end, names in spans if start <= item.start < end]
    return Facts(
        organs=_organs(report, item),
        kind=item.kind,
        level=item.level,
        regions=regions_of(item.region),
        years=years_of(item.period),
        types=frozenset(name for names in types for name in names),
        codes=frozenset((item.code,) if item.code else ()),
        text=f"{item.indicator}\n{item.sentence}",
    )


def _organs(report: Report, item: Figure | Highlight) -> frozenset[str]:
    return frozenset((item.organ,)) if item.organ else frozenset(report.organs)


def conditions(facts: Facts) -> dict[str, frozenset[str]]:
    """Every condition that the facts fulfil: filter name → values."""
    return {
        "organ": facts.organs,
        "kind": frozenset((facts.kind,) if facts.kind else ()),
        "level": frozenset((facts.level,) if facts.level else ()),
        "region": facts.regions,
        "year": frozenset(map(str, facts.years)),
        "type": facts.types,
        "indicator": facts.codes,
    }


def fulfils(filters: Mapping[str, str], held: Mapping[str, frozenset[str]], searched: str) -> bool:
    """Whether all of an endpoint's filters hold; ``searched`` is the item's searchable text."""
    words = filters.get("q", "").split()
    return all(value in held[name] for name, value in filters.items() if name != "q") and all(
        searchable(word) in searched for word in words
    )


def facet_rows(sheet: Sheet) -> list[Facet]:
    """The rows by which the item is found."""
    return [
        Facet(stream=sheet.stream, name=name, value=value, change=sheet.change, ordinal=sheet.ordinal)
        for name, values in conditions(sheet.facts).items()
        for value in sorted(values)
    ]


def passage_row(sheet: Sheet) -> Passage:
    """The row by which the item's words are found."""
    return Passage(stream=sheet.stream, change=sheet.change, ordinal=sheet.ordinal, text=searchable(sheet.facts.text))
