"""Prints answers: a table for people, JSON for programs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

WIDEST = 10_000

console = Console(soft_wrap=True, highlight=False)
errors = Console(stderr=True, soft_wrap=True, highlight=False)


def as_json(answer: Any) -> None:
    """Print the answer as JSON, Chinese as it is."""
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def as_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, empty: str) -> None:
    """Print the rows, never cut short, under their column names, or say what there is none of."""
    rows = list(rows)
    if not rows:
        console.print(empty)
        return
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in columns))
    whole = console.measure(table, options=console.options.update(max_width=WIDEST)).maximum
    console.width = max(console.width, whole)  # a terminal folds what is too wide for it, rich would cut it off
    console.print(table)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    return escape(str(value))
