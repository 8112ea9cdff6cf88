"""What flows between the stages of reading, in this order.

text → Document → Amount (a quantity at a span) → Bound (metric or change, and of what) → Named (what is measured)
→ Placed (whose, of when) → Found (all of it) → shared ``Figure``. Each stage takes the earlier ones and returns new
values; nothing is changed in place.
Every span indexes ``Document.text``, the flow; ``Document.view`` is the same length with widths folded, for patterns.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, Literal, NamedTuple, TypeVar

from shushuo_shared.report import Approx, Basis, Direction, HighlightType, RecognitionLevel, Role

from .records import Record

if TYPE_CHECKING:
    from shushuo_extract.structure.flow import Flow
    from shushuo_extract.structure.tables import Table

T = TypeVar("T")

Zone = Literal["body", "plan", "criticism", "glossary", "furniture"]


class Span(Record, frozen=True):
    """A stretch of the text, ``end`` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One piece of grammar: a readable name with slots, a pattern over the view, a production that may refuse.

    ``produce`` returns a fact or None; it never raises, reads no clock and touches no global. ``signs`` are characters
    of which every text that the pattern matches has one: without any, a family need not try it; ``besides`` likewise
    finds a word in every clause of which the production makes a fact.
    """

    name: str
    pattern: re.Pattern[str]
    produce: Callable[..., T | None]
    signs: str = ""
    besides: re.Pattern[str] | None = None


class Heading(Record, frozen=True):
    """A section heading: its own span, its depth (1 = outermost), and the end of the part it opens."""

    start: int
    end: int
    level: int
    title: str
    until: int


class Sentence(Record, frozen=True):
    """A sentence and the zone it stands in; hard-wrapped lines are joined, so it may span line breaks."""

    start: int
    end: int
    zone: Zone


class Document(Record, frozen=True):
    """A report's flowing text with its structure, in which all grammar works.

    ``text`` and ``view`` have the same length: soft line breaks, Markdown marks and typesetting blanks are left out of
    both, and ``view`` folds widths besides. ``flow.origin(start, end)`` is the span in the report as it was published;
    only the reader, at the very end, needs it. ``starts`` are where the sentences begin.
    """

    text: str
    view: str
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    headings: tuple[Heading, ...]
    flow: "Flow"
    tables: "tuple[Table, ...]" = ()


class Tabled(NamedTuple):
    """What a table's header and labels say of a number in it; ``whens`` and ``whose`` are where their words stand.

    Of several times a number is of all, as a total is; ``years_back`` takes it as many years before. A change has the
    ``change`` words of its header, its direction, and in ``of`` where the number that changed begins.
    """

    indicator: str
    whens: tuple[tuple[int, int], ...] = ()
    whose: tuple[int, int] | None = None
    change: str | None = None
    direction: Direction | None = None
    of: int | None = None
    years_back: int = 0


class Amount(Record, frozen=True):
    """A quantity that the text asserts, before it is known what of, unless it stands in a table."""

    start: int
    end: int
    value: str
    unit: str
    approx: Approx
    sentence: int
    rule: str
    tabled: Tabled | None = None


class Bound(Record, frozen=True):
    """An amount with its role; for a change, which metric (index into the list of bounds, None if not in the text)."""

    amount: Amount
    role: Role
    of: int | None = None
    basis: Basis | None = None
    direction: Direction | None = None
    rule: str = ""


class Naming(Record, frozen=True):
    """What a bound measures, in the text's own words, with other wordings and the code where one fits exactly."""

    indicator: str
    alt: tuple[str, ...] = ()
    code: str | None = None
    rule: str = ""


class Placing(Record, frozen=True):
    """Whose figure it is and of which period (ISO interval)."""

    organ: str | None
    period: str | None
    rule: str = ""


class Quoted(Record, frozen=True):
    """A quote with offsets of the flow; its attributes are those of the shared model that publishes it."""

    places: ClassVar[tuple[()]] = ()  # without it the default of the model would be copied for each


class Found(Quoted, frozen=True):
    """A figure in whole."""

    id: str
    start: int
    end: int
    text: str
    value: str
    unit: str
    approx: Approx
    role: Role
    indicator: str
    sentence: tuple[int, int]
    rule: str
    alt: tuple[str, ...] = ()
    code: str | None = None
    period: str | None = None
    organ: str | None = None
    of: int | None = None
    basis: Basis | None = None
    direction: Direction | None = None
    section: str | None = None


class Ranking(Quoted, frozen=True):
    """A rank."""

    id: str
    start: int
    end: int
    text: str
    scope: str
    position: int | None
    indicator: str
    alt: tuple[str, ...]
    of: int | None
    sentence: tuple[int, int]
    rule: str
    section: str | None = None


class Lifted(Quoted, frozen=True):
    """A highlight."""

    id: str
    start: int
    end: int
    text: str
    types: list[HighlightType]
    level: RecognitionLevel | None
    issuer: str | None
    organ: str | None
    title: str
    sentence: tuple[int, int]
    rule: str
    section: str | None = None
