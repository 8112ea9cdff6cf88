"""Who tells each passage where nobody acts: the text's own organ, on a page of several the one that took the word."""

import re

from shushuo_extract.rules.organs import names
from shushuo_extract.rules.organs.acting import subjects
from shushuo_extract.rules.organs.leading import leading
from shushuo_extract.rules.organs.mentions import mentions
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.resolve import Home, resolve

_PARAGRAPH_OPENER = 40
_PAGE_OPENING = 200
_TRIBUNAL_ACTS = re.compile(
    "(?:法庭|该庭|本庭)(?<![一-龥]法庭)(?<![一-龥][该本]庭)(?:[共已]|累计|受理|审结|法官|民事|全年|新收)"
)
_MIXED = "全国政法机关"


def voices(view: str, home: Home) -> tuple[tuple[int, Organ], ...]:
    """Where each organ takes the word, in the order of the text."""
    if home.nationwide:
        return _national_voices(view, home)
    if not home.organs:
        return ()
    switches = []
    led = leading(view, home) if len(home.organs) == 1 else None
    if led and led.owners:
        return (*led.owners, (led.until, home.organs[0]))
    for mention in subjects(view) if len(home.organs) > 1 else ():
        names_itself = mention.shape != "generic" or view.startswith("：", mention.end)
        organ = resolve(mention, home) if names_itself and _opens_paragraph(view, mention.start) else None
        if organ and organ in home.organs:
            switches.append((mention.start, organ))
    return ((0, home.organs[0]), *switches)


def _opens_paragraph(view: str, start: int) -> bool:
    line = view.rfind("\n", max(0, start - _PARAGRAPH_OPENER), start)
    lead = view[line + 1 : start] if line >= 0 else view[max(0, start - _PARAGRAPH_OPENER) : start]
    return (line >= 0 or start < _PARAGRAPH_OPENER) and len(lead) < 14 and "。" not in lead


def _national_voices(view: str, home: Home) -> tuple[tuple[int, Organ], ...]:
    """In a text about the whole country: the local organ of a leading story, then the body it opens with, or all."""
    kinds = sorted({organ.kind for organ in home.organs if organ.level == "supreme"})
    voice = names.national(kinds[0]) if len(kinds) == 1 else Organ(_MIXED, "other", "supreme")
    together = {resolve(one, home) for one in subjects(view) if one.shape in ("group", "national")}
    if len(kinds) == len(together) == 1:  # 长江经济带11省市检察机关 alone: a text on several places
        voice = together.pop() or voice
    if _is_of_tribunal(view):
        voice = names.supreme("court")
    first = next((one for one in mentions(view) if one.shape not in ("generic", "relative", "that", "own")), None)
    if first is None:
        return ((0, voice),)
    organ = resolve(first, home)
    if first.shape == "body" and first.tail.startswith("政法") and first.start < _PAGE_OPENING and organ:
        return ((0, organ),)
    led = leading(view, home)
    if not led.owners:
        return ((0, voice),)
    back = [turn for start, end in led.returns for turn in ((start, led.owners[-1][1]), (end, voice))]
    return (*led.owners, (led.until, voice), *back)


def _is_of_tribunal(view: str) -> bool:
    """Whether a text opens with a tribunal of the supreme court and goes on with what 法庭 does."""
    named = any(one.shape == "supreme" and one.spelled and one.start < _PAGE_OPENING for one in mentions(view))
    return named and _TRIBUNAL_ACTS.search(view) is not None
