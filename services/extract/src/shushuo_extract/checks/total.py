"""Parts above the total: what a list after 其中 adds up to exceeds its total."""

import re
from collections.abc import Iterator

from shushuo_shared.growth import Interval
from shushuo_shared.report import Figure

from .story import Finding, Story, is_exact_count, stated

KIND = "total_exceeded"
_OPENS = re.compile(r"，?（?其中：?[^，；。、]{1,20}")
_JOINS = re.compile(r"、[^，；。、]{1,20}")
_OVERLAPS = re.compile(r"涉|未成年|女|外|同时|还|又")


def find(story: Story) -> Iterator[Finding]:
    """A件，其中甲b件、乙c件、丙d件 with b + c + d above A beyond rounding."""
    for figures in story.sentences:
        for at, whole in enumerate(figures):
            parts = _parts(story, figures, at)
            summed = _sum(parts)
            every = stated(whole).interval()
            if len(parts) >= 2 and summed and every and is_exact_count(whole) and summed.low > every.high:
                listed = "、".join(part.text for part in parts)
                yield Finding(
                    KIND, f"各项之和（{listed}）超过总数{whole.text}", (whole.id, *(part.id for part in parts))
                )


def _parts(story: Story, figures: tuple[Figure, ...], at: int) -> list[Figure]:
    """The listed parts of the figure at ``at``: of its unit, joined by 、 and not overlapping by their names."""
    parts: list[Figure] = []
    for figure in figures[at + 1 :]:
        words = story.between(parts[-1] if parts else figures[at], figure)
        frame = _JOINS if parts else _OPENS
        if (
            figure.unit != figures[at].unit
            or not is_exact_count(figure)
            or not frame.fullmatch(words)
            or _OVERLAPS.search(words)
        ):
            break
        parts.append(figure)
    return parts


def _sum(parts: list[Figure]) -> Interval | None:
    spans = [stated(part).interval() for part in parts]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None
    return Interval(sum((s.low for s in known), known[0].low * 0), sum((s.high for s in known), known[0].high * 0))
