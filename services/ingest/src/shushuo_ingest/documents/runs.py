"""Runs: pieces of text with their box on a page, which PDF pages and pictures are read into before they are ordered."""

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line, downwards from the page's top; ``cell`` when a table's rule stands before it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    cell: bool = False

    @property
    def height(self) -> float:
        """How tall the run is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Where the run's middle stands, downwards."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is read; ``left_edge`` and ``right_edge`` are those of its column, ``sheet`` its page's size."""

    text: str
    box: Box
    left_edge: float
    right_edge: float
    page: int
    sheet: Size

    @property
    def size(self) -> float:
        """The height of the line's letters."""
        return self.box[3] - self.box[1]


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs grouped to rows from top to bottom, each from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.middle, r.left)):
        if rows and _beside(rows[-1], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda r: r.left) for row in rows]


def _beside(row: Sequence[Run], run: Run) -> bool:
    """Whether the run stands on the row's line rather than under it."""
    tallest = max(row, key=lambda r: r.height)
    shared = min(tallest.bottom, run.bottom) - max(tallest.top, run.top)
    return shared > 0.5 * min(tallest.height, run.height)


def around(runs: Sequence[Run]) -> Box:
    """The smallest box with all runs in it."""
    return (
        min(r.left for r in runs),
        min(r.top for r in runs),
        max(r.right for r in runs),
        max(r.bottom for r in runs),
    )
