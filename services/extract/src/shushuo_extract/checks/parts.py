"""Part above the whole: after 其中 a part is larger than what it is part of."""

import re
from collections.abc import Iterator

from shushuo_extract.engine.types import Found

from .story import Finding, Story, stated

KIND = "part_above_whole"
_OF_WHICH = re.compile(r"，?（?其中：?[^，；。]{0,24}，?[^，；。]{0,16}")
_UNLIKE = re.compile(r"同比|上升|下降|增长|占|比例|率|累计|历年|标的|金额|涉及")


def find(story: Story) -> Iterator[Finding]:
    """A figure, 其中 and the next figure of the same unit, which is larger beyond rounding."""
    for figures, at in story.divided:
        whole, part = figures[at], figures[at + 1]
        words = story.between(whole, part)
        if _OF_WHICH.fullmatch(words) and not _UNLIKE.search(words) and _exceeds(part, whole):
            yield Finding(KIND, f"其中的{part.text}大于总数{whole.text}", (whole.id, part.id))


def _exceeds(part: Found, whole: Found) -> bool:
    some, every = stated(part).interval(), stated(whole).interval()
    return some is not None and every is not None and some.low > every.high
