"""Where a figure stands in its sentence, and the words before it that say what it counts."""

import re
from collections.abc import Sequence
from itertools import takewhile

from shushuo_extract.engine.records import Draft

from .clauses import Slot, is_bare
from .frame import Frame
from .vocabulary import VERBS
from .words import clean, deeds_apart, is_verbal

ANDS = ("、", "和", "及", "与", "以及", "或", "并")
_GOVERNOR = re.compile(rf"(?:{VERBS}|[为向对给将把在与由使让令被从以的名等约用占靠]|依托|覆盖|关于|针对)$")
_FOUND_IN = re.compile(rf"^[^，]{{1,10}}(?:当中|之中|中|里)(?={VERBS})")
_THEN = ("就", "便", "即")
_LONGEST_GOVERNOR = 6
_LONGEST_RUN = 8


class Place(Draft):
    """Where a figure stands: its slot (the one ``at`` in its sentence's), its unit, what went before.

    ``following``: the next slot. ``said``: what is left of the words before the figure and those it shares.
    """

    slot: Slot
    unit: str
    frame: Frame
    slots: Sequence[Slot]
    at: int
    following: Slot | None = None
    said: str = ""

    def __post_init__(self) -> None:
        self.following = self.slots[self.at + 1] if self.at + 1 < len(self.slots) else None
        self.said = clean(_opener(self.slot, self.frame))

    def run(self) -> int:
        """How many figures follow directly, joined by no more than 、 or 和."""
        return len(list(takewhile(is_bare, self.slots[self.at + 1 : self.at + 1 + _LONGEST_RUN])))


def leans(words: str) -> bool:
    """Whether words end in one that needs a noun after it."""
    return _GOVERNOR.search(words[-_LONGEST_GOVERNOR:]) is not None


def _opener(slot: Slot, frame: Frame) -> str:
    """The words before a figure, and before them those that it shares with the figure before."""
    before, last = slot.before, frame.last
    if not slot.joint and last is not None and ("中" in before or "里" in before):
        before = _FOUND_IN.sub("", before)
    if slot.opener.endswith("等") and frame.subject and before.startswith(frame.subject):
        return before[len(frame.subject) :]
    if is_bare(slot):
        return slot.opener
    if slot.joint or last is None or before.startswith(ANDS):
        return before
    before = deeds_apart(before)[1] or before
    if before.startswith("的"):
        return slot.opener + before
    if before.endswith(ANDS):
        return slot.opener
    goes_on = leans(slot.opener) and not is_verbal(before) and not before.startswith(_THEN)
    return slot.opener + before if goes_on else before
