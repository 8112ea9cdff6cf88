"""Intervals of whole months, and how they are written."""

from typing import NamedTuple

Month = tuple[int, int]


class Interval(NamedTuple):
    """From the month ``lo`` to the month ``hi``, both inclusive; a month is (year, month)."""

    lo: Month
    hi: Month

    @property
    def months(self) -> int:
        """How many months it has."""
        return (self.hi[0] - self.lo[0]) * 12 + self.hi[1] - self.lo[1] + 1

    def holds(self, other: "Interval") -> bool:
        """Whether the other lies inside."""
        return self.lo <= other.lo and other.hi <= self.hi

    def iso(self) -> str:
        """``2022``, ``2017/2021``, ``2022-01/2022-06`` or ``2021-03``."""
        if self.lo[1] == 1 and self.hi[1] == 12:
            return f"{self.lo[0]}" if self.lo[0] == self.hi[0] else f"{self.lo[0]}/{self.hi[0]}"
        first, last = (f"{year}-{month:02d}" for year, month in (self.lo, self.hi))
        return first if first == last else f"{first}/{last}"


def years(first: int, last: int | None = None) -> Interval:
    """Whole years."""
    return Interval((first, 1), (last or first, 12))


def months(lo: Month, hi: Month) -> Interval | None:
    """The months from one to another, or None where they are in the wrong order or no months."""
    valid = 1 <= lo[1] <= 12 and 1 <= hi[1] <= 12 and lo <= hi
    return Interval(lo, hi) if valid else None


def lasting(lo: Month, count: int) -> Interval | None:
    """``count`` months from ``lo``."""
    total = lo[0] * 12 + lo[1] - 1 + count - 1
    return months(lo, (total // 12, total % 12 + 1))


def parse(iso: str) -> Interval | None:
    """The interval that ``iso()`` wrote."""
    first, _, last = iso.partition("/")
    lo, hi = _month(first, 1), _month(last or first, 12)
    return Interval(lo, hi) if lo and hi else None


def _month(text: str, default: int) -> Month | None:
    year, _, month = text.partition("-")
    return (int(year), int(month) if month else default) if year.isdigit() else None
