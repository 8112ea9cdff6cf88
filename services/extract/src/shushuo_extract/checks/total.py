"""Parts above the total: what a list after 其中 adds up to exceeds its total."""

import re
from collections.abc import Iterator

from shushuo_extract.engine.types import Found

from .story import Finding, Story, is_exact_count, stated

KIND = "total_exceeded"
_OPENS = re.compile(r"，?（?其中：?[^，；。、]{1,20}")
_JOINS = re.compile(r"、[^，；。、]{1,20}")
_OVERLAPS = re.compile(r"涉|未成年|女|外|同时|还|又")


def find(story: Story) -> Iterator[Finding]:
    """A件，其中甲b件、乙c件、丙d件 with b + c + d above A beyond rounding."""
    for figures, at in story.divided:
        whole, parts = figures[at], list(_parts(story, figures, at))
        if len(parts) >= 2 and _exceed(parts, whole):
            listed = "、".join(part.text for part in parts)
            yield Finding(KIND, f"各项之和（{listed}）超过总数{whole.text}", (whole.id, *(part.id for part in parts)))


def _parts(story: Story, figures: tuple[Found, ...], at: int) -> Iterator[Found]:
    """The listed parts of the figure at ``at``: of its unit, joined by 、 and not overlapping by their names."""
    frame = _OPENS
    for n in range(at + 1, len(figures)):
        before, figure = figures[n - 1], figures[n]
        if figure.unit != before.unit or not is_exact_count(figure):
            return
        words = story.between(before, figure)
        if not frame.fullmatch(words) or _OVERLAPS.search(words):
            return
        yield figure
        frame = _JOINS


def _exceed(parts: list[Found], whole: Found) -> bool:
    """Whether the parts, however each was rounded, add up to more than the whole."""
    spans = [stated(part).interval() for part in parts]
    every = stated(whole).interval()
    lows = [span.low for span in spans if span is not None]
    return every is not None and len(lows) == len(spans) and sum(lows) > every.high
