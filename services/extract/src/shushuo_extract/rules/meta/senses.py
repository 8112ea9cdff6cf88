"""Which organ words mean by themselves, before it is known whose text they stand in."""

import re
from collections.abc import Callable

from msgspec.structs import replace

from shushuo_extract.rules import regions
from shushuo_extract.rules.meta import places
from shushuo_extract.rules.organs import names
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.resolve import members, resolve

_BELOW = re.compile("[家个]\\Z|[0-9一二两三四五六七八九十]个?[市县州]\\Z")  # 沿黄九市 may all be of one province


class Senses:
    """Which organs a text's words mean, asked once of the same words."""

    def __init__(self, view: str, meaning: Callable[[Mention], Organ | None]) -> None:
        self._view, self._meaning = view, meaning
        self._known: dict[str, Organ | None] = {}

    def by(self, mention: Mention) -> Organ | None:
        """The organ that a mention means."""
        said = self._view[mention.start : mention.end]
        if said not in self._known:
            self._known[said] = self._meaning(mention)
        return self._known[said]


def absolute(mention: Mention, view: str) -> Organ | None:
    """The organ that a mention by more than the generic word means without knowing whose text it is."""
    if mention.shape == "national":
        return None if mention.field else names.supreme(mention.kind)
    if mention.shape == "group":
        return _above_all(mention)
    if mention.scope == places.REGION:
        region = places.autonomous(view)
        return names.local(region, mention.kind) if region else None
    return resolve(mention) or _of_city_named(mention, view)


def _of_city_named(mention: Mention, view: str) -> Organ | None:
    """The organ of a district whose name several cities' districts have, where the text names one of those cities."""
    above = [(one, regions.parent(one)) for one in mention.found] if len(mention.found) > 1 else []
    named = [one for one, city in above if city and not one.until and regions.short_name(city.name) in view]
    return resolve(replace(mention, found=(named[0],))) if len(named) == 1 else None


def _above_all(mention: Mention) -> Organ | None:
    """The organ of the one province in which all of a group lie, else the supreme one."""
    above = {regions.path(one.seat).partition("/")[0] for one in members(mention) if one.seat}
    if len(above) == 1:
        province = regions.candidates(above.pop())
        return names.local(province[0], mention.kind) if province else None
    return None if _BELOW.search(mention.place) else names.supreme(mention.kind)
