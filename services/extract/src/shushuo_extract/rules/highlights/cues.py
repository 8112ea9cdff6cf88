"""What a rule finds in a clause: the cue that makes it worth lifting out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from shushuo_extract.engine.types import Rule
from shushuo_shared.report import HighlightType

TYPES: tuple[HighlightType, ...] = (
    "honor", "typical_case", "endorsement", "dissemination", "ranking", "first", "initiative", "case_story",
)  # fmt: skip

About = Literal["organ", "thing", "measure"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A reason to lift a clause out, in passage offsets.

    A recognition says who thinks well of it; a deed (``recognition`` False) stands for itself. ``about`` tells where
    the achievement is named when the recognition has no subject: with an organ it is the report's own, with a thing
    or a measure it stands in the clause before.
    """

    types: tuple[HighlightType, ...]
    start: int
    end: int
    rule: str
    recognition: bool = True
    about: About = "thing"
    issuer: tuple[int, int] | None = None


def rule(name: str, pattern: str, produce: Callable[[re.Match[str], str], Cue | None]) -> Rule[Cue]:
    """A rule of this family: its production gets the match, whose bounds are the clause's, and the rule's name."""
    return Rule(name, re.compile(pattern), produce)


def ordered(types: set[HighlightType]) -> list[HighlightType]:
    """The types in the guide's order."""
    return [t for t in TYPES if t in types]
