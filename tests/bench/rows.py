"""What a measurement is, and how two things are timed fairly on a shared machine."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``ratio`` compares ``what`` with ``beside``; ``limit`` is the ratio promised, ``at_most`` on which side of it."""

    what: str
    beside: str
    ratio: float
    limit: float | None = None
    at_most: bool = True

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.limit is None or (self.ratio <= self.limit if self.at_most else self.ratio >= self.limit)


def seconds_each(
    *works: Callable[[], object], rounds: int = 5, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Median seconds of each, taking turns so that the machine's other load falls on all alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, times in zip(works, taken, strict=True):
            start = clock()
            work()
            times.append(clock() - start)
    return [median(times) for times in taken]
