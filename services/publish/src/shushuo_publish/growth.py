"""Stated growth beside computed growth; pure arithmetic on decimal strings, nothing rounded before it is compared."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shushuo_publish.cards import decimal_of

POINTS = ("百分点", "个百分点")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A growth that a report states against the year before."""

    text: str
    value: str
    unit: str
    approx: str
    direction: str | None

    def signed(self) -> Decimal | None:
        """The stated number, negative when it is a fall."""
        size = decimal_of(self.value)
        return -size if size is not None and self.direction == "down" else size


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Growth computed from two values, and whether the stated one is the same to the digits it gives.

    ``agrees`` is None where nothing can be said: no stated growth, or one of the numbers is approximate.
    """

    computed: str
    unit: str
    agrees: bool | None


def compare(before: str, now: str, unit: str, stated: Stated | None, *, exact: bool) -> Comparison | None:
    """Growth from ``before`` to ``now``: percent, or percentage points between rates; None when it has no meaning."""
    first, second = decimal_of(before), decimal_of(now)
    if first is None or second is None:
        return None
    in_points = unit == "%" and stated is not None and stated.unit in POINTS
    if not in_points and first == 0:
        return None
    grown = second - first if in_points else (second - first) / first * 100
    return Comparison(
        computed=_rounded(grown, 2),
        unit="百分点" if in_points else "%",
        agrees=_agrees(grown, stated) if exact and stated and stated.approx == "exact" else None,
    )


def _agrees(grown: Decimal, stated: Stated) -> bool | None:
    said = stated.signed()
    if said is None or stated.direction is None or stated.unit not in ("%", *POINTS):
        return None
    digits = len(stated.value.partition(".")[2])
    return abs(grown - said) <= Decimal(5).scaleb(-digits - 1)


def _rounded(number: Decimal, digits: int) -> str:
    return str(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
