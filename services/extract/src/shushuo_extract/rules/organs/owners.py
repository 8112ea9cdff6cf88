"""Whose work a passage tells: the organ that speaks or acts at an offset."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import groups, names
from shushuo_extract.rules.organs.acting import is_subject, subjects
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.mentions import mentions
from shushuo_extract.rules.organs.names import Organ, OrganKind
from shushuo_extract.rules.organs.resolve import Home, members, resolve
from shushuo_extract.rules.organs.vocabulary import terms
from shushuo_extract.rules.organs.voices import MIXED, voices

_NATIONAL_ACT = re.compile(r"(?:共|累计|已|新收|受理|立案|审结|办[理结]|起诉|批[准捕]|执结|提[起出]|发出|制发|平均)")
_CAMPAIGN = re.compile(
    r"(?:部署|组织|开展|指导)[^。；\n]{0,40}?(?:专项|各地|各级)[^。\n]{0,60}共"
)  # the whole nation's total
_ANNOUNCES = re.compile(
    r"[^，。；0-9]{0,8}(?:(?:发布|通报|公布|披露|介绍)了?[^，。；0-9]{0,30}(?:数据|情况|白皮书|消息|报告)|(?:召开|举行)[^，。；]{0,24}会)"
    r"[^，。；]{0,12}[，。]|[^，。；“”]{0,24}(?:介绍|表示|通报|披露|透露|指出|数据显示|说)(?:称|道)?[，：]"
)
_SPEECH = re.compile(r"“[^“”]{12,}\Z")
_AMONG_OTHERS = re.compile("等(?:[0-9]|[一二两三四五六七八九十]+(?:家|个)|多家|多个)")
_LISTED_FIRST = re.compile("[、和][^，。；]{1,40}?等(?:[0-9]|[一二两三四五六七八九十多])")  # 工商联、侨联等12家单位
_HONOURED = re.compile(
    r"[^，。；]{0,12}?(?:被(?:追)?(?:授予?|评为|确定为|表彰)|荣[获立]|获评|入选|荣膺|记(?:集体)?[一二三]等功)[^。；]*?，"
)
_OF_SEVERAL = re.compile(
    r"[0-9]+(?:余)?(?:(?:个|名|位|人次|人)(?:先进)?(?:集体|基层|单位|部门|个人|干警|法官|检察官|人民陪审员|、|和)|人次获|人获)"
)
_NUMBER = re.compile(r"[0-9][0-9.,]*|[一二三四五六七八九十]+成")
_COUNTS = re.compile("[约近逾超]{0,2}[0-9][0-9.,]*[余多]?[万亿]?[余多]?(?:件|人|份|起|%)")
_PLACE_REACH = 12
_SOON = 12
_PARAGRAPH = 1500
Owned = tuple[Organ | None, str]  # whose a figure is, None where nobody's, and the rule that says so
_CLAUSE_REST = re.compile(r"[^，。；\n]{0,30}")
_FAR = 12


_NOBODY: Owned = (None, "organ: the text's own")


@lru_cache(maxsize=16)
def home_of(organs: tuple[str, ...], region: str | None) -> Home:
    """Whose text it is, regained from what meta says."""
    seat = regions.at_path(region) if region and region != "全国" else None
    known = tuple(_organ(name, seat) for name in organs)
    if not known:
        return Home(nationwide=region == "全国")
    if known[0].level == "supreme":
        return Home(known, None, nationwide=True)
    place = names.place_of(known[0])
    same = tuple(one for one in known if names.place_of(one) == place)
    return Home(same, seat, stated="" if seat else region or "")


def _organ(name: str, seat: regions.Division | None) -> Organ:
    kind: OrganKind = "procuratorate" if "检察" in name else "court"
    if name.startswith("最高人民"):
        return Organ(name, kind, "supreme", seat)
    organ = names.unlisted(name, kind)._replace(seat=seat)
    whole = kind == "procuratorate" and seat and name == names.place_name(seat) + names.PLAIN[kind]
    return organ._replace(level=names.LEVELS[seat.rung]) if whole and seat else organ


class Ownership:
    """Whose work each passage of a text from a known home tells."""

    def __init__(self, view: str, home: Home) -> None:
        self._view, self._home = view, home
        self._has_parts = home.nationwide or (home.seat is not None and home.seat.rung != "county")
        self._acting = subjects(view)
        self._ends = [one.end for one in self._acting]
        self._resolved: dict[int, Organ | None] = {}
        told = voices(view, home)
        self._taken = [start for start, _ in told]
        self._voices: list[Owned] = [(organ, "organ: the text's own") for _, organ in told]
        self._sole = self._voices[0] if self._taken == [0] else None

    def owner(self, start: int, offset: int) -> Owned:
        """Whose figure stands at ``offset`` of the sentence that begins at ``start``, and the rule that says so."""
        owner = (self._has_parts and self._beside(start, offset)) or self._acts(start, offset)
        if owner:
            return owner
        if self._home.nationwide:
            voice = self._narrator(offset)
            told = _told(self._view, start, offset, mixed=bool(voice and voice.name == MIXED))
            if told:
                return told, "organ: told by the matter"
            paragraph = self._view.rfind("\n", max(0, start - _PARAGRAPH), start) + 1
            carried = self._acts(paragraph, start) if paragraph < start else None
            beside_all = carried and carried[0] in self._home.organs and self._nation_acts(paragraph, start)
            if carried and not beside_all:
                return carried[0], "organ: acts earlier in the paragraph"
        return self._sole or self._voice(offset)

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

    def _is_below(self, organ: Organ) -> bool:
        """Whether it is one of the organs below the text's own."""
        within = organ.seat is not None and organ.seat.within(self._home.code)
        return within and not self._home.nationwide and organ not in self._home.organs

    def _narrator(self, offset: int) -> Organ | None:
        """The organ whose report goes on at an offset: on a page of several, the last that opened a paragraph."""
        return (self._sole or self._voice(offset))[0]

    def _voice(self, offset: int) -> Owned:
        """That organ with the rule that says so."""
        last = bisect_right(self._taken, offset) - 1
        return self._voices[last] if last >= 0 else _NOBODY

    def _acts(self, start: int, offset: int) -> Owned | None:
        """The organ that acts last from ``start`` to ``offset``."""
        at = bisect_right(self._ends, offset) - 1
        lowest = max(-1, at - _FAR)
        while at > lowest and (mention := self._acting[at]).start >= start:
            if self._view.startswith("等", mention.end) and _AMONG_OTHERS.match(self._view, mention.end):
                return self._narrator(offset), "organ: one among others acts"
            organ = self._meant(at)
            if organ and self._is_below(organ) and _honours_more(self._view, mention.end, offset):
                return self._narrator(offset), "organ: the text's own, after another was honoured"
            if organ is None and mention.shape == "generic":
                return self._narrator(offset), "organ: another acts on the text's own"
            listed = organ and organ.kind == "other" and _LISTED_FIRST.match(self._view, mention.end)
            if (
                organ
                and not listed
                and not self._passive(mention, organ)
                and _may_own(self._view, mention, self._home, offset)
            ):
                return self._acting_as(at, organ, offset), f"organ: <{mention.shape}> acts"
            at -= 1
        return None

    def _acting_as(self, at: int, organ: Organ, offset: int) -> Organ | None:
        """Whose a figure at an offset is after a mention of an organ that acts."""
        mention = self._acting[at]
        listed = at > 0 and self._ends[at - 1] == mention.start - 1
        respectively = self._view.find("分别", mention.end, offset)
        if respectively >= 0 and (mention.shape == "group" or respectively - mention.end <= _SOON):
            each = members(mention, self._home) if mention.shape == "group" else self._joined(at)
            if len(each) > 1:
                return self._member(each, respectively, offset)
        elif listed and set(self._joined(at)[:-1]) & set(self._home.organs[:1]) and not self._home.nationwide:
            return self._narrator(offset)
        if mention.shape == "supreme" and _speaks_for_all(self._view, mention.end, offset):
            return names.national(mention.kind)
        system = terms()["ministries"].get(mention.spelled) if mention.spelled else None
        if system and _speaks_for_all(self._view, mention.end, offset):
            return Organ(system, "other", "supreme")
        own = mention.shape in ("own", "generic") and not self._home.nationwide
        partner = listed and self._meant(at - 1)
        with_partner = partner and self._view[mention.start - 1] in "与和同" and partner in self._home.organs[:1]
        return self._narrator(offset) if own or with_partner else organ

    def _joined(self, at: int) -> list[Organ]:
        """The organs of a list of acting mentions that ends with one (甲法院、乙法院、丙法院)."""
        first = at
        while first > 0 and self._acting[first].start - self._acting[first - 1].end == 1:
            first -= 1
        each = [self._meant(one) for one in range(first, at + 1)]
        return [organ for organ in each if organ] if all(each) else []

    def _member(self, each: Sequence[Organ], start: int, offset: int) -> Organ | None:
        """Of figures given one for each organ after 分别 at ``start``, whose the one at an offset is."""
        told = len(_NUMBER.findall(self._view, start, offset))
        return each[told] if told < len(each) else self._narrator(offset)

    def _meant(self, at: int) -> Organ | None:
        """The organ that an acting mention means."""
        if at not in self._resolved:
            mention = self._acting[at]
            self._resolved[at] = self._resolve(mention)
        return self._resolved[at]

    def _resolve(self, mention: Mention) -> Organ | None:
        if mention.shape == "that":
            return self._that(mention.start)
        if mention.shape == "group" and mention.place.endswith(("家", "个")):
            return self._together(mention)
        return resolve(mention, self._home)

    def _together(self, mention: Mention) -> Organ | None:
        """三家法院: the organs that the text lists somewhere, if they are as many."""
        lists = (one for one in mentions(self._view) if one.shape == "group" and one.kind == mention.kind)
        several = groups.number(mention.place)
        meant = next((one for one in lists if len(groups.places(one.place)) == several), None)
        return resolve(meant, self._home) if meant else None

    def _that(self, offset: int) -> Organ | None:
        """该院: in a local text its own organ, unless one below it acted last; in a national text the last named."""
        found = mentions(self._view)
        last = bisect_right(found, offset, key=lambda one: one.end) - 1
        earlier = [found[at] for at in range(last, max(-1, last - _FAR), -1)]
        if self._home.organs and not self._home.nationwide:
            paragraph = self._view.rfind("\n", max(0, offset - _PARAGRAPH), offset) + 1
            named = (one for one in earlier if one.shape == "named" and one.start >= paragraph)
            acting = next((one for one in named if is_subject(self._view, one)), None)
            return (resolve(acting, self._home) if acting else None) or self._narrator(offset)
        before = next((one for one in earlier if one.shape in ("named", "relative")), None)
        return resolve(before, self._home) if before else None


@lru_cache(maxsize=4)
def ownership(view: str, home: Home) -> Ownership:
    """Whose work each passage of a text tells; the stages that ask for one text share the answer."""
    return Ownership(view, home)


def _honours_more(view: str, end: int, offset: int) -> bool:
    """Whether the count at an offset is of all who were honoured, told after one of them (X院获评…，46个集体获…)."""
    first = _HONOURED.match(view, end, offset)
    return (
        first is not None
        and (_OF_SEVERAL.match(view, offset) or _OF_SEVERAL.search(view, first.end(), offset)) is not None
    )


def _speaks_for_all(view: str, end: int, offset: int) -> bool:
    """Whether what follows the supreme organ's name until an offset introduces the whole nation's figures."""
    if view.endswith(("发布", "公布", "出台", "制定"), end, offset):
        return False
    return bool(
        view.startswith("：", end) or _CAMPAIGN.search(view, end, offset) or _ANNOUNCES.match(view, end, offset)
    )


def _may_own(view: str, mention: Mention, home: Home, offset: int) -> bool:
    """Whether a figure after an acting mention can be its: not across direct speech, not a nation's in a local text."""
    if mention.shape == "national" and not home.nationwide:
        return bool(_NATIONAL_ACT.match(view, mention.end))
    return not _SPEECH.search(view, mention.end, offset) if offset - mention.end < 400 else True


def _told(view: str, start: int, offset: int, *, mixed: bool) -> Organ | None:
    """The body that the words of the clause tell (环境行政处罚 is the environment authorities')."""
    begin = max(start, offset - 40)
    clause = view[max(view.rfind("；", begin, offset) + 1, begin) : _clause_end(view, offset)]
    for entry in (*terms()["tells"], *(terms()["mixed_tells"] if mixed else ())):
        if any(word in clause for word in entry["words"]):
            return Organ(entry["organ"], "other", "supreme")
    return None


def _clause_end(view: str, offset: int) -> int:
    rest = _CLAUSE_REST.match(view, offset)
    return rest.end() if rest else offset
