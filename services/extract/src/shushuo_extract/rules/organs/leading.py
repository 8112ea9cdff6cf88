"""The story that a text on a whole country or province leads with, and whose it is: told before the whole is named."""

import re
from functools import lru_cache
from typing import NamedTuple

from shushuo_extract.rules.organs import turns
from shushuo_extract.rules.organs.acting import tellers
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.mentions import mentions
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.resolve import Home, resolve

_TELLS = "(?:说|回忆|感慨|感叹|坦言|告诉|介绍|决定|拿到|收到|领到|的(?:经历|遭遇|故事|难题|烦恼|案子))"
_NAMED = re.compile(
    rf"(?<=[，。：“”\n、的])(?P<who>[一-龥]{{2,3}})(?<![官者院人长员方们家后时此其会议终是好在]){_TELLS}"
)
_PEOPLE = 3000  # characters of a story that name its people
_BACK = 12  # characters of a paragraph in which it says whom it goes back to
_OPENS_NAME = frozenset("\n对给和与为让，“ ")
BARE = ("法院", "检察院")  # which in a story go back to the organ named before


class Leading(NamedTuple):
    """Whose each passage of the leading story is, by where it begins, and where the story ends; empty for none.

    ``returns`` are the later paragraphs that come back to its people (对陈某某来说，…).
    """

    owners: tuple[tuple[int, Organ], ...] = ()
    until: int = 0
    returns: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=4)
def leading(view: str, home: Home) -> Leading:
    """The story of organs below the text's own that comes before any word of the whole."""
    acting = {one.start for one in tellers(view)}
    told: list[tuple[int, Organ]] = []
    until = next(iter(turns.to_the_nation(view)), len(view)) if home.nationwide else len(view)
    for mention in mentions(view):
        if mention.start >= until:
            break
        if _passes(view, mention):
            continue
        organ = resolve(mention, home) if mention.shape == "named" else None
        part = organ if organ and _is_part(organ, home) else None
        if part and (mention.start in acting or not told):
            told.append((mention.start if told else 0, part))
        if part is None or mention.start not in acting:
            until = mention.start
            break
    return Leading(tuple(told), until, _returns(view, until)) if told else Leading()


def _returns(view: str, until: int) -> tuple[tuple[int, int], ...]:
    """The paragraphs after a story that open with one of its people by name."""
    people = {one["who"] for one in _NAMED.finditer(view, 0, min(until, _PEOPLE))}
    found, start = [], view.find("\n", until) + 1
    while people and start > 0:
        end = view.find("\n", start)
        named = (view.find(one, start, start + _BACK) for one in people)
        if any(at >= 0 and view[at - 1] in _OPENS_NAME for at in named):
            found.append((start, end if end >= 0 else len(view)))
        start = end + 1
    return tuple(found)


def _passes(view: str, mention: Mention) -> bool:
    """Whether words leave a story going on: 该院, 法院 alone, another body."""
    return mention.shape in ("that", "body") or (view[mention.start : mention.end] in BARE)


def _is_part(organ: Organ, home: Home) -> bool:
    """Whether an organ is one of those that the text's own stands over."""
    if home.nationwide:
        return organ.level != "supreme"
    return organ.seat is not None and organ not in home.organs and organ.seat.within(home.code)
