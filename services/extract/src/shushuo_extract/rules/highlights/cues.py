"""What a rule finds in a clause: the cue that makes it worth lifting out."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from shushuo_extract.engine.records import Record
from shushuo_extract.engine.types import Rule
from shushuo_shared.report import HighlightType

TYPES: tuple[HighlightType, ...] = (
    "honor", "typical_case", "endorsement", "dissemination", "ranking", "first", "initiative", "case_story",
)  # fmt: skip

About = Literal["organ", "thing", "measure"]


class Cue(Record, frozen=True):
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
    measured: int | None = None  # where the figure stands that is placed among peers


def rule(
    name: str, pattern: str, produce: Callable[[re.Match[str], str], Cue | None], *, besides: str = ""
) -> Rule[Cue]:
    """A rule of this family: its production gets the match, whose bounds are the clause's, and the rule's name.

    A rule that is often woken in vain tells ``besides`` what else its clause must have, such as the verb of an object.
    """
    return Rule(name, re.compile(pattern), produce, besides=re.compile(besides) if besides else None)


def types_and_rules(cues: Sequence[Cue]) -> tuple[list[HighlightType], str]:
    """The types of several cues in the guide's order, and the names of the rules that found them, each once."""
    if len(cues) == 1:
        return list(cues[0].types), cues[0].rule
    told = {type_ for cue in cues for type_ in cue.types}
    return [type_ for type_ in TYPES if type_ in told], " + ".join(dict.fromkeys([cue.rule for cue in cues]))
