"""The story that a text on a whole country or province leads with, and whose it is: told before the whole is named."""

from functools import lru_cache
from typing import NamedTuple

from shushuo_extract.rules.organs import turns
from shushuo_extract.rules.organs.acting import tellers
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.mentions import mentions
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.resolve import Home, resolve

BARE = ("法院", "检察院")  # which in a story go back to the organ named before


class Leading(NamedTuple):
    """Whose each passage of the leading story is, by where it begins, and where the story ends; empty for none."""

    tellers: tuple[tuple[int, Organ], ...] = ()
    until: int = 0


@lru_cache(maxsize=4)
def leading(view: str, home: Home) -> Leading:
    """The story of organs below the text's own that comes before any word of the whole."""
    acting = {one.start for one in tellers(view)}
    told: list[tuple[int, Organ]] = []
    until = min(turns.to_the_nation(view)[:1], default=len(view)) if home.nationwide else len(view)
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
    return Leading(tuple(told), until) if told else Leading()


def _passes(view: str, mention: Mention) -> bool:
    """Whether words leave a story going on: 该院, 法院 alone, another body."""
    return mention.shape in ("that", "body") or (view[mention.start : mention.end] in BARE)


def _is_part(organ: Organ, home: Home) -> bool:
    """Whether an organ is one of those that the text's own stands over."""
    if home.nationwide:
        return organ.level != "supreme"
    return organ.seat is not None and organ not in home.organs and organ.seat.within(home.code)
