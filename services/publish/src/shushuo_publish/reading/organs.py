"""The organs that published anything, in the order of their names, found by leaping from name to name."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from shushuo_publish.cards import ReportCard
from shushuo_publish.reading.cards import reports_at
from shushuo_publish.store.models import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """An organ, how many reports tell of it, and the one that changed last."""

    name: str
    reports: int
    newest: ReportCard


def organs(session: Session, *, after: str = "", limit: int = 50) -> tuple[list[Organ], str | None]:
    """The organs after a name, and the name to continue after."""
    names: list[str] = []
    for name in _names(session, after):
        if len(names) == limit:
            return _described(session, names), names[-1]
        names.append(name)
    return _described(session, names), None


def _names(session: Session, after: str) -> Iterator[str]:
    """Each distinct name costs one look into the index, however many reports it has."""
    while True:
        mine = (col(Facet.stream) == "reports", col(Facet.name) == "organ", col(Facet.value) > after)
        name = session.scalar(select(func.min(col(Facet.value))).where(*mine))
        if name is None:
            return
        yield name
        after = name


def _described(session: Session, names: list[str]) -> list[Organ]:
    mine = (col(Facet.stream) == "reports", col(Facet.name) == "organ", col(Facet.value).in_(names))
    query = select(col(Facet.value), func.count(), func.max(col(Facet.change))).where(*mine).group_by(col(Facet.value))
    rows = {name: (count, change) for name, count, change in session.execute(query)}
    cards = {card.change: card for card in reports_at(session, [(change, 0) for _, change in rows.values()])}
    return [Organ(name=name, reports=rows[name][0], newest=cards[rows[name][1]]) for name in names]
