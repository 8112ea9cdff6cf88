"""The rows of tables: a column of growth tells how a column before it changed."""

from shushuo_extract.engine.types import Amount, Bound

from .bases import basis_of

RULE = "<column of changes>"


def tabled(amounts: list[Amount], row: list[int]) -> list[Bound]:
    """The role of each amount of a table's row; ``row`` are their indices in the report."""
    starts = {amounts[i].start: i for i in row}
    return [_bound(amounts[i], starts) for i in row]


def _bound(amount: Amount, starts: dict[int, int]) -> Bound:
    told = amount.tabled
    if told is None or told.change is None:
        return Bound(amount, "metric")
    of = starts.get(told.of) if told.of is not None else None
    return Bound(amount, "change", of, basis_of(told.change), told.direction, RULE)
