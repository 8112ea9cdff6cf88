"""Stated growth beside computed growth; pure arithmetic on decimal strings, nothing rounded before it is compared.

A printed value stands for every number that rounds to it (``shushuo_shared.growth``): 8.3万件 after 7.9万件 may be a
growth of 3.8% as well as of 6.4%, and neither is contradicted.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shushuo_publish.cards import decimal_of
from shushuo_publish.labels import DIRECTIONS
from shushuo_shared.growth import Interval, difference, growth
from shushuo_shared.growth import Stated as Printed

Value = tuple[str, str]
"""A figure's decimal string, and its text as printed."""

POINTS = ("百分点", "个百分点")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A growth that a report states against the year before."""

    text: str
    value: str
    unit: str
    approx: str
    direction: str | None

    def words(self) -> str:
        """Direction and the text's own quantity; a direction that is not stated is not said."""
        return f"{DIRECTIONS.get(self.direction or '', '变化')} {self.text}"

    def signed(self) -> Decimal | None:
        """The stated number, negative when it is a fall."""
        size = decimal_of(self.value)
        return -size if size is not None and self.direction == "down" else size


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Growth computed from two values, and whether the stated one is the same to the digits that all three give.

    ``agrees`` is None where nothing can be said: no stated growth, one of the numbers is approximate, or its text does
    not tell how far it is rounded.
    """

    computed: str
    unit: str
    agrees: bool | None


def compare(before: Value, now: Value, unit: str, stated: Stated | None, *, exact: bool) -> Comparison | None:
    """Growth from ``before`` to ``now``: percent, or percentage points between rates; None when it has no meaning."""
    first, second = decimal_of(before[0]), decimal_of(now[0])
    if first is None or second is None:
        return None
    in_points = unit == "%" and stated is not None and stated.unit in POINTS
    if not in_points and first == 0:
        return None
    possible = (difference if in_points else growth)(Printed.read(*now), Printed.read(*before))
    return Comparison(
        computed=_rounded(second - first if in_points else (second - first) / first * 100, 2),
        unit="百分点" if in_points else "%",
        agrees=_agrees(possible, stated) if exact and possible and stated and stated.approx == "exact" else None,
    )


def contradict(one: Value, other: Value) -> bool:
    """Whether no number rounds to both printed values; where a text does not tell its rounding, only equals agree."""
    if one[0] == other[0]:
        return False
    first, second = Printed.read(*one).interval(), Printed.read(*other).interval()
    return first is None or second is None or not first.meets(second)


def _agrees(possible: Interval, stated: Stated) -> bool | None:
    """Whether a number that rounds to the stated one is among those that the two values may give."""
    said = stated.signed()
    if said is None or stated.direction is None or stated.unit not in ("%", *POINTS):
        return None
    half = Decimal(5).scaleb(-len(stated.value.partition(".")[2]) - 1)
    return possible.meets(Interval(said - half, said + half))


def _rounded(number: Decimal, digits: int) -> str:
    return str(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
