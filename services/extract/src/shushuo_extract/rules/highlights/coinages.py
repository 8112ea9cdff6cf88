"""What is put up, made or sent out under a name of its own, and whose doing that is."""

import re

from shushuo_extract.engine.literals import any_of

from .vocabulary import entries, words

_KINDS = words("initiative", "coined")
_KIND_FOLLOWS = re.compile(rf"[^，“”、0-9]{{0,8}}?{_KINDS}")
_ENDS_IN_KIND = re.compile(rf"{_KINDS}\Z")
_FIGURATIVE = re.compile(any_of(entries("initiative", "figurative")))
_DIGIT = re.compile("[0-9]")
_OTHERS_ACT = re.compile(
    rf"(?:(?!{words('initiative', 'with_whom')})[^，]){{0,24}}?"
    rf"(?:{words('initiative', 'others')}|某(?<=[一-龥]某)某?(?!某?案)|某(?<=某某)等人|等人(?<=某等人))"
    r"(?:(?!法院|检察|法庭)[^，]){0,12}\Z"
    r"|《[^》]{2,30}》[^，]{0,6}\Z"
)


def others_act(text: str, start: int, verb: int) -> bool:
    """Whether the subject of a clause up to its ``verb`` is another body, a party to a case or a law."""
    return _OTHERS_ACT.match(text, start, verb) is not None


def is_coined(named: re.Match[str], after_verb: int) -> bool:
    """Whether a quoted name is that of one thing which a verb right before it puts up or sends out.

    What the clause counts is a figure, what it only speaks of (发出的“…”) is told elsewhere.
    """
    text, label = named.string, named["name"]
    if text.startswith("的", after_verb) or _DIGIT.search(text, named.end("name"), named.endpos):
        return False
    if _ENDS_IN_KIND.search(label) is None and _KIND_FOLLOWS.match(named["post"]) is None:
        return False
    return _FIGURATIVE.search(label) is None
