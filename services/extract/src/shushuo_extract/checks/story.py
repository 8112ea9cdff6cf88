"""What the checks read: the figures sentence by sentence, with the words around them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from shushuo_extract.engine.records import Record
from shushuo_extract.engine.types import Document, Found
from shushuo_shared.growth import Interval, Stated
from shushuo_shared.report import Severity


class Finding(Record, frozen=True):
    """One query: its kind, what a reader is told, and the ids of the figures concerned."""

    kind: str
    message: str
    figures: tuple[str, ...]
    severity: Severity = "warning"


class Story(Record, frozen=True):
    """A report's view and its figures; offsets are those of the flow.

    ``threes`` are all that follow one another in a sentence. ``divided`` are, each with its place in its sentence, the
    counts that 其中 parts from a next count of their unit.
    """

    view: str
    figures: tuple[Found, ...]
    threes: tuple[tuple[Found, Found, Found], ...]
    divided: tuple[tuple[tuple[Found, ...], int], ...]

    def between(self, one: Found, other: Found) -> str:
        """The words between two figures."""
        return self.view[one.end : other.start]

    def before(self, figure: Found, reach: int = 24) -> str:
        """The words of the sentence before a figure, at most ``reach``."""
        return self.view[max(figure.sentence[0], figure.start - reach) : figure.start]

    def after(self, figure: Found, reach: int = 12) -> str:
        """The words of the sentence after a figure, at most ``reach``."""
        return self.view[figure.end : min(figure.sentence[1], figure.end + reach)]


def story_of(doc: Document, figures: Sequence[Found]) -> Story:
    """The figures of a document, which are in order, and how they stand together in its sentences."""
    groups: dict[int, list[Found]] = {}
    for figure in figures:
        groups.setdefault(figure.sentence[0], []).append(figure)
    sentences = [tuple(group) for group in groups.values() if len(group) > 1]
    threes = tuple([run for told in sentences for run in zip(told, told[1:], told[2:], strict=False)])
    divided = tuple([found for told in sentences for found in _divided(doc.view, told)])
    return Story(doc.view, tuple(figures), threes, divided)


def _divided(view: str, figures: tuple[Found, ...]) -> Iterator[tuple[tuple[Found, ...], int]]:
    for at, (whole, part) in enumerate(pairwise(figures)):
        parted = whole.unit == part.unit and view.find("其中", whole.end, part.start) >= 0
        if parted and is_exact_count(whole) and is_exact_count(part):
            yield figures, at


def stated(figure: Found) -> Stated:
    """The figure as printed."""
    return Stated.read(figure.value, figure.text)


def is_exact_count(figure: Found) -> bool:
    """Whether a figure is an amount told without a qualifier."""
    return figure.role == "metric" and figure.approx == "exact"


def shown(interval: Interval, unit: str = "%") -> str:
    """A computed value for the reader, two decimals: 13.64%, or 12.1至12.6% where rounding leaves room."""
    low, high = (f"{value.quantize(Decimal('0.01')).normalize():f}" for value in (interval.low, interval.high))
    return f"{low}{unit}" if low == high else f"{low}至{high}{unit}"
