"""Runs every ``bench_*.py`` of this folder, prints its rows and keeps the table in docs/BENCH.md current."""

import importlib
import sys
from pathlib import Path

from tests.bench.rows import Row

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "BENCH.md"
HEAD = """# Measured speed

Ratios of things run beside each other on the same machine, by `make bench`; seconds would say more about the machine
than about the code. "Promised" is the limit that the project holds itself to.

| what | beside | ratio | promised |
| --- | --- | --: | --: |
"""


def line(row: Row) -> str:
    """A row of the table."""
    promised = "" if row.limit is None else f"{'≤' if row.at_most else '≥'} {row.limit:g}"
    return f"| {row.what} | {row.beside} | {row.ratio:.2f} | {promised}{'' if row.kept else ' **missed**'} |"


def main(wanted: list[str]) -> int:
    """Run all, or those named; 1 when a promise is not kept."""
    names = sorted(f.stem for f in HERE.glob("bench_*.py"))
    rows: list[Row] = []
    for name in (n for n in names if not wanted or n.removeprefix("bench_") in wanted):
        made = importlib.import_module(f"tests.bench.{name}").run()
        print(*map(line, made), sep="\n", flush=True)
        rows += made
    if not wanted:
        TABLE.write_text(HEAD + "\n".join(map(line, rows)) + "\n", encoding="utf-8")
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
