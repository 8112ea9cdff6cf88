"""Whether a stated growth rate agrees with its two figures, within the rounding of all three.

A printed figure stands for every number that rounds to it: 8.3万 is anything from 82,500 to 83,500. A rate contradicts
only when no two such numbers give it. All functions are pure; values are Decimals with multipliers applied.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

_NUMBER = re.compile(r"([0-9][0-9,]*)(?:\.([0-9]+))?[ ]*([十百千]?[万亿]|[千百十])?")
_TENS = {"": 1, "十": 10, "百": 100, "千": 1000}
_SCALES = {ten + big: _TENS[ten] * scale for ten in _TENS for big, scale in (("", 1), ("万", 10**4), ("亿", 10**8))}
_RATE = re.compile(r"[%‰]|百分")
_MARKS = re.compile(r"[\s*]")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """All the numbers that a printed figure may stand for, both ends included."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Whether the two share a number."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as printed: its value, and the step of its last digit (0 if exact, None where it cannot be told)."""

    value: Decimal
    step: Decimal | None

    @classmethod
    def read(cls, value: str, surface: str) -> "Stated":
        """From a figure's decimal ``value`` and its quoted ``surface``."""
        return cls(Decimal(value), step_of(surface))

    def interval(self) -> Interval | None:
        """What it may stand for; an exact count stands only for itself."""
        if self.step is None:
            return None
        return Interval(self.value - self.step / 2, self.value + self.step / 2)


def step_of(surface: str) -> Decimal | None:
    """The weight of the last Arabic digit: 8.3万件 → 1000, 96.43% → 0.01, 685件 → 0; None for anything else."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", surface))
    found = _NUMBER.search(plain)
    if found is None:
        return None
    if not found[2] and not found[3] and not _RATE.search(plain):
        return Decimal(0)
    return Decimal(_SCALES[found[3] or ""]) * Decimal(1).scaleb(-len(found[2] or ""))


def growth(now: Stated, before: Stated) -> Interval | None:
    """The growth in percent from ``before`` to ``now``, negative for a fall; None where it is not defined."""
    later, earlier = now.interval(), before.interval()
    if later is None or earlier is None or earlier.low <= 0 or later.low < 0:
        return None
    return Interval((later.low / earlier.high - 1) * HUNDRED, (later.high / earlier.low - 1) * HUNDRED)


def difference(now: Stated, before: Stated) -> Interval | None:
    """The difference in points from ``before`` to ``now``."""
    later, earlier = now.interval(), before.interval()
    if later is None or earlier is None:
        return None
    return Interval(later.low - earlier.high, later.high - earlier.low)


def contradicts(
    stated: Stated, direction: Literal["up", "down"], now: Stated, before: Stated, unit: str = "%"
) -> Interval | None:
    """What the two figures give where the stated change cannot be it; None where it agrees or cannot be judged.

    ``unit`` is ``%`` for a growth rate and 百分点 for a difference of two rates. A half more of the last digit is
    allowed, for rates that were cut off instead of rounded.
    """
    computed = growth(now, before) if unit == "%" else difference(now, before)
    if computed is None or stated.step is None:
        return None
    sign = 1 if direction == "up" else -1
    slack = stated.step
    told = Interval(sign * stated.value - slack, sign * stated.value + slack)
    return None if told.meets(computed) else computed


def share(part: Stated, whole: Stated) -> Interval | None:
    """The percentage of ``whole`` that ``part`` is; None where it is not defined."""
    some, every = part.interval(), whole.interval()
    if some is None or every is None or every.low <= 0:
        return None
    return Interval(some.low / every.high * HUNDRED, some.high / every.low * HUNDRED)
