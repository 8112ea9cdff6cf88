"""Which organ each acting mention of a text means, those included that only go back to one named before."""

import re
from bisect import bisect_right

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import groups, names, turns
from shushuo_extract.rules.organs.acting import is_subject, tellers
from shushuo_extract.rules.organs.leading import BARE, leading
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.mentions import mentions
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.resolve import Home, resolve
from shushuo_extract.rules.organs.within import ONE_PLACE
from shushuo_extract.rules.regions import Division

_OF_ALL = ("national", "supreme", "group")
_RUNG_OF_WHOLE: dict[str, regions.Rung] = {
    "全省": "province",
    "全区": "province",
    "全市": "prefecture",
    "全州": "prefecture",
    "该省": "province",
    "该市": "prefecture",
    "该州": "prefecture",
    "该县": "county",
    "该区": "county",
}
_JUDGES = re.compile(
    "[；。\n](?:各级|人民)*法院(?:依法|同期|已|共|累计|一审)*(?:审结|受理|判处|宣判|执结|新收)(?!其中)"
)
_PARAGRAPH = 1500
_FAR = 12


class Meanings:
    """The organs that the acting mentions of a text from a known home mean, in the order of the text."""

    def __init__(self, view: str, home: Home) -> None:
        self._view, self._home = view, home
        self.acting = tellers(view)
        self.ends = [one.end for one in self.acting]
        self._known: dict[int, Organ | None] = {}
        self._turns = turns.to_the_nation(view) if home.nationwide else ()

    def of(self, at: int) -> Organ | None:
        """The organ that an acting mention means."""
        if at not in self._known:
            mention = self.acting[at]
            self._known[at] = self._resolve(mention)
        return self._known[at]

    def turned(self, start: int, offset: int) -> bool:
        """Whether the nation is spoken of again between two offsets."""
        return bisect_right(self._turns, offset) > bisect_right(self._turns, start)

    def is_below(self, organ: Organ) -> bool:
        """Whether it is one of the organs below the text's own."""
        if self._home.nationwide or organ.seat is None or organ in self._home.organs:
            return False
        return organ.seat.within(self._home.code)

    def joined(self, at: int) -> list[Organ]:
        """The organs of a list of acting mentions that ends with one (甲法院、乙法院、丙法院)."""
        first = at
        while first > max(0, at - _FAR) and self.acting[first].start - self.acting[first - 1].end == 1:
            first -= 1
        each = [self.of(one) for one in range(first, at + 1)]
        return [organ for organ in each if organ] if all(each) else []

    def _resolve(self, mention: Mention) -> Organ | None:
        if mention.shape == "that":
            return self._that(mention.start)
        if mention.shape in ("generic", "relative") and (before := self._named_before(mention)):
            return before
        if mention.shape == "group" and groups.is_bare(mention.place):
            return self._together(mention)
        return resolve(mention, self._home) or self._beside_the_home(mention)

    def _beside_the_home(self, mention: Mention) -> Organ | None:
        """All courts in a national text of the procuratorates, where 法院 opens what courts do (；法院审结8件)."""
        foreign = self._home.nationwide and bool(self._home.organs) and mention.shape == "generic"
        if not foreign or self._home.own(mention.kind) or mention.tail != "法院":
            return None
        return names.national("court") if _JUDGES.match(self._view, mention.start - 1) else None

    def _named_before(self, mention: Mention) -> Organ | None:
        """The local organ that 法院, 检察院 or 全省法院 goes back to in its paragraph (…。法院随后发出建议)."""
        if not self._home.nationwide and (not self._home.organs or self._home.organs[0].level == "basic"):
            return None
        bare = self._view[mention.start : mention.end] in BARE
        scope = _RUNG_OF_WHOLE.get(mention.scope) if self._home.nationwide else None
        led = mention.start < leading(self._view, self._home).until
        paragraph = 0 if led else self._view.rfind("\n", max(0, mention.start - _PARAGRAPH), mention.start) + 1
        last = bisect_right(self.ends, mention.start) - 1
        for at in range(last, max(-1, last - _FAR), -1):
            earlier = self.acting[at]
            if earlier.start < paragraph or earlier.shape in _OF_ALL or self.turned(earlier.end, mention.start):
                return None
            organ = self.of(at) if earlier.shape in ("named", "that", "generic") else None
            if organ is None or organ.level == "supreme":
                continue
            if earlier.tail == ONE_PLACE and self._view.find("。", earlier.end, mention.start) < 0 and organ.seat:
                return names.local(organ.seat, mention.kind)
            if (bare and organ.kind == mention.kind) or (scope and organ.seat and _is_of(organ.seat, scope)):
                below = self._home.nationwide or self.is_below(organ)
                return organ if below else None
        return None

    def _together(self, mention: Mention) -> Organ | None:
        """三家法院: the organs that the text lists somewhere, if they are as many."""
        lists = (one for one in mentions(self._view) if one.shape == "group" and one.kind == mention.kind)
        several = groups.number(mention.place)
        meant = next((one for one in lists if len(groups.places(one.place)) == several), None)
        return resolve(meant, self._home) if meant else None

    def _that(self, offset: int) -> Organ | None:
        """该院: in a local text the one below it that acted last, if any did; in a national text the last named."""
        found = mentions(self._view)
        last = bisect_right(found, offset, key=lambda one: one.end) - 1
        earlier = [found[at] for at in range(last, max(-1, last - _FAR), -1)]
        if self._home.organs and not self._home.nationwide:
            paragraph = self._view.rfind("\n", max(0, offset - _PARAGRAPH), offset) + 1
            named = (one for one in earlier if one.shape == "named" and one.start >= paragraph)
            acting = next((one for one in named if is_subject(self._view, one)), None)
            return resolve(acting, self._home) if acting else None
        before = next((one for one in earlier if one.shape in ("named", "relative")), None)
        return resolve(before, self._home) if before else None


def _is_of(seat: Division, rung: regions.Rung) -> bool:
    """Whether a place is of a rung, a municipality being a city as well as a province."""
    municipality = rung == "prefecture" and seat.rung == "province" and seat.code[:2] in regions.MUNICIPALITIES
    return seat.rung == rung or municipality
