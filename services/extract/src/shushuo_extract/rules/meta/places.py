"""The organ of a report that calls itself only 市法院: found by the place whose congress or government it names."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import declared, names
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.regions import Division
from shushuo_shared.report import Level

_SEATED = re.compile(
    r"[省市县区州旗盟](?=第?[一二三四五六七八九十]{1,3}届|人大|委[，、的和政书常办]|人民政府|政府|人民代表大会|政协)"
)
_UPPER = re.compile(
    r"(?<![一-龥])(?![受得获经被由向报赢])[一-龥]{2,3}省(?=高级人民法院|高院|人民检察院|检察院|委|人民政府|人大|人民代表大会)"
)
_CONGRESS = re.compile(
    r"(?P<place>[一-龥]{2,14}?[省市县区州旗盟])(?=第?[一二三四五六七八九十]{1,3}届|人民代表大会|人大)"
)
REGION = "自治区"
_ANY_PLACE = "各地"  # 各地检察机关 is seen from nowhere
_NATIONAL = ("supreme", "national")
_LEVELS: dict[str, Level] = {
    "中级": "intermediate", "高级": "high",
    "省": "high", "全省": "high", "全市": "intermediate", "州": "intermediate", "全州": "intermediate", "县": "basic",
}  # fmt: skip
_RUNGS: dict[str, regions.Rung] = {"中级": "prefecture", "高级": "province"}


def implied(view: str, acting: tuple[Mention, ...]) -> Organ | None:
    """The organ that the relative mentions which act in a text mean, by the place the text is of; None if open."""
    relative = Counter((one.kind, one.scope[-1], one.grade) for one in acting if one.shape == "relative")
    if not relative:
        return None
    (kind, scope, grade), _ = relative.most_common(1)[0]
    place = _place(view, scope, _RUNGS.get(grade)) or _shared(acting, kind, scope)
    return names.local(place, kind) if place else None


def seen_from_home(view: str, found: Sequence[Mention], acting: Sequence[Mention]) -> list[Mention]:
    """The mentions such as 全市法院 that tell of which place a text is.

    Where the nation is the first named or the first to act in the text, one after a place's organ in its paragraph is
    of that place (江苏法院…，全省法院…).
    """
    relative = [one for one in found if one.shape == "relative" and one.scope != _ANY_PLACE]
    if not relative or not (_opens_with_all(found) or _opens_with_all(acting)):
        return relative
    named = [one.start for one in found if one.shape == "named"]
    return [one for one in relative if not _is_of_one_named(view, one, named)]


def _opens_with_all(told: Sequence[Mention]) -> bool:
    """Whether the nation or a supreme organ is the first of the courts and procuratorates told of."""
    return next((one.shape for one in told if one.shape not in ("generic", "body")), None) in _NATIONAL


def _is_of_one_named(view: str, mention: Mention, named: list[int]) -> bool:
    """Whether an organ of a named place stands before a mention in its paragraph."""
    last = bisect_left(named, mention.start) - 1
    return last >= 0 and view.find("\n", named[last], mention.start) < 0


def autonomous(view: str) -> Division | None:
    """The autonomous region that a text which says 自治区 names most often (壮美广西)."""
    named = {one: view.count(regions.short_name(one.name)) for one in regions.provinces() if REGION in one.name}
    most = max(named, key=lambda one: named[one])
    return most if named[most] else None


def rank_alone(acting: tuple[Mention, ...]) -> tuple[names.OrganKind, Level | None] | None:
    """The kind, and the level where the words settle it, of a report whose place stays open (市中级人民法院)."""
    relative = Counter((one.kind, one.scope, one.grade) for one in acting if one.shape == "relative")
    if not relative:
        return None
    (kind, scope, grade), _ = relative.most_common(1)[0]
    return kind, _LEVELS.get(grade) or _LEVELS.get(scope)


def _place(view: str, scope: str, rung: regions.Rung | None) -> Division | None:
    """The division of that ending which the text names most often with its congress, committee or government."""
    named: Counter[Division] = Counter()
    for match in _SEATED.finditer(view):
        found = regions.chain_all(view, max(0, match.end() - 24), match.end()) if match.group() == scope else None
        division = regions.choose(found[1]) if found else None
        if division and rung in (None, division.rung):
            named[division] += 1
    return named.most_common(1)[0][0] if named else None


def _shared(acting: tuple[Mention, ...], kind: names.OrganKind, scope: str) -> Division | None:
    """The one prefecture in which all the named counties' organs lie, where there are two at least."""
    if scope not in ("市", "州"):
        return None
    found = (regions.choose(one.found) for one in acting if one.shape == "named" and one.kind == kind)
    seats = {division for division in found if division and division.rung == "county"}
    above = {regions.parent(division) for division in seats}
    only = above.pop() if len(seats) > 1 and len(above) == 1 else None
    return only if only and only.rung == "prefecture" else None


def stated(view: str, organ: Organ) -> str | None:
    """The path to the seat of an organ whose place no table knows, as far as the text states it."""
    place = names.place_of(organ)
    circuit = names.CIRCUIT.match(organ.name)
    if circuit:
        seat = next((circuit["place"] + end for end in "省市" if circuit["place"] + end in view), None)
        return _below_province(view, seat) if seat else None
    place = next((one.place for one in declared.declared(view) if one.place.endswith(place)), place)
    for at in range(len(place), 1, -1):
        within = regions.choose(regions.candidates(place[:at]))
        zone = declared.is_zone(place)
        if within and (within.name == place[:at] or (zone and within.rung == "prefecture")):
            below = "" if zone else "/".join(declared.chain(place[at:]))
            named = len(below) > 1 and below[-1] in "市县区旗" and not below.startswith("第")
            return regions.path(within) + (f"/{below}" if named else "")
    return _below_province(view, "/".join(declared.chain(place)))


def _below_province(view: str, path: str) -> str | None:
    """The path with the one province that the text names above it; None where it names none or several."""
    if path.partition("/")[0].endswith("省"):
        return path
    first = path.partition("/")[0]
    above = Counter(match.group() for match in _UPPER.finditer(view))
    before = re.search(rf"(?:(?<![一-龥])|(?<=[在于]))[一-龥]{{2,3}}省(?={first})", view)
    only = before.group() if before else next(iter(above)) if len(above) == 1 else ""
    return f"{only}/{path}" if only else None


def seated(meeting: str | None, kind: names.OrganKind, grade: str) -> Organ | None:
    """The organ of a kind that reports to a congress, by the place in the session's name."""
    match = _CONGRESS.match(meeting or "")
    if match is None:
        return None
    found = regions.chain_all(match["place"], 0, len(match["place"]))
    division = regions.choose(found[1]) if found and found[0] == 0 else None
    if division:
        return names.local(division, kind)
    middle = "中级" if grade == "中级" else ""
    if found or not declared.is_unlisted(match["place"]):
        return None
    return names.unlisted(declared.official(match["place"]) + middle + names.PLAIN[kind], kind)
