"""Whose work a passage tells: the organ that speaks or acts at an offset."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import islice

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import matters, names, stories, turns
from shushuo_extract.rules.organs.deeds import Deed, Deeds
from shushuo_extract.rules.organs.meanings import Meanings
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.mentions import mentions
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.resolve import Home, members, resolve
from shushuo_extract.rules.organs.vocabulary import terms
from shushuo_extract.rules.organs.voices import voices

_NATIONAL_ACT = re.compile(r"(?:共|累计|已|新收|受理|立案|审结|办[理结]|起诉|批[准捕]|执结|提[起出]|发出|制发|平均)")
_SPEECH = re.compile(r"“[^“”]{12,}\Z")
_AMONG_OTHERS = re.compile("等(?:[0-9]|[一二两三四五六七八九十]+(?:家|个)|多家|多个)")
_LISTED_FIRST = re.compile("[、和][^，。；]{1,40}?等(?:[0-9]|[一二两三四五六七八九十多])")  # 工商联、侨联等12家单位
_HONOURED = re.compile(
    r"[^，。；]{0,12}?(?:被(?:追)?(?:授予?|评为|确定为|表彰)|荣[获立]|获评|入选|荣膺|记(?:集体)?[一二三]等功)[^。；]{0,60}?，"
)
_OF_SEVERAL = re.compile(
    r"[0-9]+(?:余)?(?:(?:个|名|位|人次|人)(?:先进)?(?:集体|基层|单位|部门|个人|干警|法官|检察官|人民陪审员|、|和)|人次获|人获)"
)
_NUMBER = re.compile(r"[0-9][0-9.,]*|[一二三四五六七八九十]+成")
_OPENS_COUNT = "约近逾超0123456789"
_COUNTS = re.compile("[约近逾超]{0,2}[0-9][0-9.,]*[余多]?[万亿]?[余多]?(?:件|人|份|起|%)")
_PLACE_REACH = 12
_SOON = 12
_PARAGRAPH = 1500
Owned = tuple[Organ | None, str]  # whose a figure is, None where nobody's, and the rule that says so
_FAR = 12
_NOBODY: Owned = (None, "organ: the text's own")


class Ownership:
    """Whose work each passage of a text from a known home tells."""

    def __init__(self, view: str, home: Home) -> None:
        self._view, self._home = view, home
        self._of_both = len({one.kind for one in home.organs}) > 1
        self._local_twins = self._of_both and not home.nationwide
        self._has_parts = home.nationwide or (home.seat is not None and home.seat.rung != "county")
        self._meanings = Meanings(view, home)
        self._acting, self._ends, self._meant = self._meanings.acting, self._meanings.ends, self._meanings.of
        # a body acts on the number inside its own words (全国279家仲裁机构)
        self._since = [one.start + 1 if one.shape == "body" else one.end for one in self._acting]
        self._stories = stories.openings(view, self._acting) if self._has_parts else []
        self._begun = [since for since, _ in self._stories]
        told = voices(view, home)
        self._taken = [start for start, _ in told]
        self._voices: list[Owned] = [(organ, "organ: the text's own") for _, organ in told]
        self._sole = self._voices[0] if self._taken == [0] else None

    def owner(self, start: int, offset: int) -> Owned:
        """Whose figure stands at ``offset`` of the sentence that begins at ``start``, and the rule that says so."""
        owner = (self._has_parts and self._beside(start, offset)) or self._acts(start, offset)
        if owner:
            return owner
        told = self._in_the_nation(start, offset) if self._home.nationwide else None
        if told and told[0] and told[0].level != "supreme":
            return told
        ahead = self._ahead(offset) if self._stories else None
        if ahead:
            return ahead, "organ: the one a story comes to"
        told = told or self._sole or self._voice(offset)
        return self._done(start, offset, told) if self._local_twins else told

    def _in_the_nation(self, start: int, offset: int) -> Owned | None:
        """Whose it is in a national text by what it counts, or by who acted earlier in the paragraph."""
        told = matters.told(self._view, start, offset)
        if told:
            return told, "organ: told by the matter"
        if matters.is_convened(self._view, start, offset):
            return self._home.organs[0] if self._home.organs else None, "organ: who holds the conference"
        paragraph = self._view.rfind("\n", max(0, start - _PARAGRAPH), start + 1) + 1
        carried = self._carried(paragraph, start, offset)
        other = self._told_by_deed(paragraph, start, offset, carried)
        if other:
            return other, "organ: told by the deed"
        return (carried, "organ: acts earlier in the paragraph") if carried else None

    def _carried(self, paragraph: int, start: int, offset: int) -> Organ | None:
        """The organ that acted earlier in the paragraph, unless the nation does now, or did beside the supreme one."""
        carried = self._acts(paragraph, start) if paragraph < start else None
        if carried is None or carried[0] is None or self._tried_below(carried[0], paragraph, offset):
            return None
        if carried[0].kind != "other" and self._meanings.turned(start - 1, offset):
            return self._again(carried[0], start, offset)
        beside_all = carried[0] in self._home.organs and self._nation_acts(paragraph, start)
        return None if beside_all else carried[0]

    def _tried_below(self, organ: Organ, paragraph: int, offset: int) -> bool:
        """Whether a paragraph on the supreme court has come to cases of first instance, which all courts try."""
        if organ.level != "supreme" or organ.kind != "court":
            return False
        return self._view.find("一审", paragraph, matters.clause_end(self._view, offset)) >= 0

    @cached_property
    def _deeds(self) -> Deeds:
        return Deeds(self._view)

    def _deed(self, since: int, offset: int) -> Deed | None:
        """The last deed that words from ``since`` to the end of the clause at an offset tell of."""
        return self._deeds.last(since, matters.clause_end(self._view, offset))

    def _told_by_deed(self, paragraph: int, start: int, offset: int, carried: Organ | None) -> Organ | None:
        """All organs that do the last deed told of where nobody is named, if the one carried cannot have done it."""
        if carried is None and not self._of_both:
            return None
        deed = self._deed(paragraph, offset)
        if deed is None or (carried and carried.kind == deed.kind) or not self._home.own(deed.kind):
            return None
        last = bisect_right(self._ends, start) - 1
        acted = self._ends[last] if last >= 0 else 0
        if acted > paragraph and self._view.find("。", acted, min(deed.start, acted + turns.REACH)) < 0:
            return None
        return names.national(deed.kind)

    def _ahead(self, offset: int) -> Organ | None:
        """The local organ that a story comes to in which nobody has acted yet (女士花1万元…，X法院判决)."""
        last = bisect_right(self._begun, offset) - 1  # they lie one after another
        if last < 0:
            return None
        since, at = self._stories[last]
        if offset >= self._ends[at] or not stories.tells_of_people(self._view, since, offset):
            return None
        organ = self._meant(at)
        local = organ and organ.level != "supreme" and (self._home.nationwide or self._meanings.is_below(organ))
        return organ if local else None

    def named(self, start: int, end: int) -> Organ | None:
        """The organ that words between two offsets name: by its name, or as that of a place below the text's own."""
        found = mentions(self._view)
        first, last = (bisect_left(found, at, key=lambda one: one.start) for at in (start, end))
        inside = [one for one in found[first:last] if one.end <= end]
        if inside:
            return resolve(inside[-1], self._home)
        place, voice = regions.last_name(self._view, start, end), self._narrator(start)
        seat = regions.choose(place[1], self._home.code) if place and place[0] == start else None
        below = seat and (seat.within(self._home.code) or self._home.nationwide)
        return names.local(seat, voice.kind) if seat and below and voice and voice.kind != "other" else None

    def _nation_acts(self, start: int, end: int) -> bool:
        """Whether all organs of the nation act between two offsets, so that the supreme one is told only beside."""
        first, last = bisect_right(self._ends, start), bisect_right(self._ends, end)
        return any(one.shape == "national" for one in self._acting[max(first, last - _FAR) : last])

    def _beside(self, start: int, offset: int) -> tuple[Organ, str] | None:
        """The organ of a place below the text's own that a list gives right before a number (其中厦门183件)."""
        if self._view[offset : offset + 1] not in _OPENS_COUNT:
            return None
        named = regions.last_name(self._view, max(start, offset - _PLACE_REACH), offset)
        voice = self._narrator(offset) if named and self._view[named[0] - 1] in "、，；：（中" else None
        if named is None or voice is None or voice.kind == "other" or not _COUNTS.match(self._view, offset):
            return None
        seat = regions.choose(named[1], self._home.code)
        below = seat and self._home.seat and seat.within(self._home.code) and seat != self._home.seat
        if seat is None or not (below or self._home.nationwide):
            return None
        return names.local(seat, voice.kind), "organ: the place beside"

    def _passive(self, mention: Mention, organ: Organ) -> bool:
        """Whether it is an organ above or elsewhere by which something was approved (经省高院批准)."""
        if self._home.nationwide or not self._view.endswith("经", 0, mention.start):
            return False
        return not (organ.seat and self._home.seat and organ.seat.within(self._home.code))

    def _stands_for_itself(self, mention: Mention, organ: Organ) -> bool:
        """Whether it is neither what approved something nor the first of several other bodies."""
        listed = organ.kind == "other" and _LISTED_FIRST.match(self._view, mention.end)
        return not listed and not self._passive(mention, organ)

    def _narrator(self, offset: int) -> Organ | None:
        """The organ whose report goes on at an offset: on a page of several, the last that opened a paragraph."""
        return (self._sole or self._voice(offset))[0]

    def _again(self, organ: Organ, since: int, offset: int) -> Organ | None:
        """Whose a figure is where the nation is spoken of again after an organ: in a text on both by what is done."""
        if not self._of_both:
            return self._narrator(offset)
        deed = self._deed(since, offset)
        return names.national(deed.kind if deed else organ.kind)

    def _done(self, start: int, offset: int, told: Owned) -> Owned:
        """On a local page of both, the other of its organs if a sentence that names none tells what only that does."""
        deed = self._deeds.last(start, offset)
        if deed is None or told[0] is None or deed.kind == told[0].kind:
            return told
        own = self._home.own(deed.kind)
        return (own, "organ: told by the deed") if own else told

    def _voice(self, offset: int) -> Owned:
        """That organ with the rule that says so."""
        last = bisect_right(self._taken, offset) - 1
        return self._voices[last] if last >= 0 else _NOBODY

    def _acts(self, start: int, offset: int) -> Owned | None:
        """The organ that acts last from ``start`` to ``offset``."""
        last = bisect_right(self._since, offset) - 1
        if last < 0 or self._acting[last].start < start:
            return None
        for at in range(last, max(-1, last - _FAR), -1):
            if self._acting[at].start < start:
                return None
            owned = self._acts_now(at, offset)
            if owned:
                return owned
        return None

    def _acts_now(self, at: int, offset: int) -> Owned | None:
        """Whose a figure is by a mention before it of one that acts; None where that one does no longer."""
        mention, nationwide = self._acting[at], self._home.nationwide
        if self._view.startswith("等", mention.end) and _AMONG_OTHERS.match(self._view, mention.end):
            return self._narrator(offset), "organ: one among others acts"
        organ = self._meant(at)
        if organ is None:
            another = mention.shape in ("generic", "that") and not nationwide
            return (self._narrator(offset), "organ: another acts on the text's own") if another else None
        if nationwide and organ.kind != "other" and self._meanings.turned(mention.end, offset):
            return self._again(organ, mention.end, offset), "organ: the nation again"
        if self._meanings.is_below(organ) and _honours_more(self._view, mention.end, offset):
            return self._narrator(offset), "organ: the text's own, after another was honoured"
        if self._stands_for_itself(mention, organ) and _may_own(self._view, mention, self._home, offset):
            return self._acting_as(at, organ, offset), f"organ: <{mention.shape}> acts"
        return None

    def _acting_as(self, at: int, organ: Organ, offset: int) -> Organ | None:
        """Whose a figure at an offset is after a mention of an organ that acts."""
        mention = self._acting[at]
        listed = at > 0 and self._ends[at - 1] == mention.start - 1
        respectively = self._view.find("分别", mention.end, min(offset, mention.end + turns.REACH))
        if respectively >= 0 and (mention.shape == "group" or respectively - mention.end <= _SOON):
            each = members(mention, self._home) if mention.shape == "group" else self._meanings.joined(at)
            if len(each) > 1:
                return self._member(each, respectively, offset)
        elif listed and set(self._meanings.joined(at)[:-1]) & set(self._home.organs[:1]) and not self._home.nationwide:
            return self._narrator(offset)
        if mention.shape == "supreme" and turns.for_the_nation(self._view, mention.end, offset):
            return names.national(mention.kind)
        system = terms()["ministries"].get(mention.spelled) if mention.spelled else None
        if system and turns.speaks_for_all(self._view, mention.end, offset):
            return Organ(system, "other", "supreme")
        return self._own_or(at, organ, offset)

    def _own_or(self, at: int, organ: Organ, offset: int) -> Organ | None:
        """The text's own organ where the mention stands for or joins it, the first of two bodies, or the one named."""
        mention = self._acting[at]
        listed = at > 0 and self._ends[at - 1] == mention.start - 1
        own = mention.shape in ("own", "generic") and not self._home.nationwide
        if own and self._meanings.is_below(organ):  # 检察院 in a story of one below
            return organ
        partner = listed and self._meant(at - 1)
        joined = partner and self._view[mention.start - 1] in "与和同"
        if joined and partner and mention.kind == "other" and partner.kind != "other":
            return partner  # 检察机关与人社部门共建的
        with_partner = joined and partner in self._home.organs[:1]
        return self._narrator(offset) if own or with_partner else organ

    def _member(self, each: Sequence[Organ], start: int, offset: int) -> Organ | None:
        """Of figures given one for each organ after 分别 at ``start``, whose the one at an offset is."""
        told = sum(1 for _ in islice(_NUMBER.finditer(self._view, start, offset), len(each)))
        return each[told] if told < len(each) else self._narrator(offset)


@lru_cache(maxsize=4)
def ownership(view: str, home: Home) -> Ownership:
    """Whose work each passage of a text tells; the stages that ask for one text share the answer."""
    return Ownership(view, home)


def _honours_more(view: str, end: int, offset: int) -> bool:
    """Whether the count at an offset is of all who were honoured, told after one of them (X院获评…，46个集体获…)."""
    first = _HONOURED.match(view, end, offset)
    if first is None:
        return False
    reach = min(offset, first.end() + turns.REACH)
    return (_OF_SEVERAL.match(view, offset) or _OF_SEVERAL.search(view, first.end(), reach)) is not None


def _may_own(view: str, mention: Mention, home: Home, offset: int) -> bool:
    """Whether a figure after an acting mention can be its: not across direct speech, not a nation's in a local text."""
    if mention.shape == "national" and not home.nationwide:
        return bool(_NATIONAL_ACT.match(view, mention.end))
    return not _SPEECH.search(view, mention.end, offset) if offset - mention.end < 400 else True
