"""Which endpoint gets which message: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shushuo_publish.facets import conditions, fulfils, highlight_facts, report_sheet
from shushuo_publish.filters import Facts
from shushuo_publish.handler import Published
from shushuo_publish.store.search import searchable
from shushuo_publish.webhooks.payload import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An endpoint as routing sees it; no event types means all of them."""

    id: str
    event_types: frozenset[str]
    filters: Mapping[str, str]
    held: bool = False


class _About:
    """The facts that a message may be wanted for, and what was decided for each distinct filter."""

    def __init__(self, *facts: Facts) -> None:
        self._held = [(conditions(fact), searchable(fact.text)) for fact in facts]
        self._decided: dict[tuple[tuple[str, str], ...], bool] = {}

    def wanted(self, filters: Mapping[str, str]) -> bool:
        """Whether the filters let any of the facts through."""
        key = tuple(sorted(filters.items()))
        if key not in self._decided:
            self._decided[key] = any(fulfils(filters, held, searched) for held, searched in self._held)
        return self._decided[key]


def recipients(
    notices: Sequence[Notice], published: Published, routes: Iterable[Route]
) -> list[tuple[Notice, list[Route]]]:
    """The endpoints of each message; who was told of a report hears of its change, whatever the change made of it."""
    about = _reports(published)
    codes = [(figure.start, figure.code) for figure in published.items.figures if figure.code]
    topics = [
        _About(highlight_facts(published.report, notice.highlight, codes)) if notice.highlight else about
        for notice in notices
    ]
    found: list[tuple[Notice, list[Route]]] = [(notice, []) for notice in notices]
    for route in routes:
        for topic, (notice, chosen) in zip(topics, found, strict=True):
            if (not route.event_types or notice.message.type in route.event_types) and topic.wanted(route.filters):
                chosen.append(route)
    return found


def _reports(published: Published) -> _About:
    """The report as it is and as it was."""
    facts = [report_sheet(published.report, published.items, published.text).facts]
    if was := published.before:
        facts.append(report_sheet(was.report, was.items, was.text).facts)
    return _About(*facts)
