"""Organs that are named in ways of their own: the Corps' divisions, branch offices, and tribunals of a field."""

import re
from typing import NamedTuple

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs.names import PLAIN, OrganKind
from shushuo_extract.rules.organs.vocabulary import terms
from shushuo_extract.rules.regions import Division

_BRANCH_REACH = 11
_BRANCH = re.compile(
    r"第?(?P<nth>[一二三四五])分院|(?P<rail>[一-龥]{2,4}铁路运输)分院|(?P<field>铁路运输)分院|(?P<place>[一-龥]{2,8}?)分院"
)
CORPS_ENDS = frozenset("师市团")
_CORPS_NAME = "新疆生产建设兵团"
_CORPS_COURT = "新疆维吾尔自治区高级人民法院生产建设兵团分院"
_CORPS = re.compile(
    r"(?:(?:新疆(?:维吾尔自治区)?)?(?:生产建设)?兵团)?第?(?P<nth>十[一二三四]|[一二三四五六七八九十])师(?:[一-龥]{1,5}市)?\Z"
    r"|(?:新疆(?:维吾尔自治区)?)?(?:生产建设)?兵团\Z"
)
_TRIBUNAL = re.compile(r"第[一二三四五六]巡回法庭|知(?:识产权|产)法庭|国际商事法庭|国商法庭")


class Spelled(NamedTuple):
    """Where an organ's name begins, the name in full, and the divisions where it may have its seat."""

    start: int
    name: str
    found: tuple[Division, ...]


def corps(view: str, lowest: int, end: int, kind: OrganKind, words: str) -> Spelled | None:
    """The organ of the Corps or of one of its divisions whose place ends at ``end``; ``words`` are the organ's own."""
    if view[end - 1 : end] not in CORPS_ENDS or (
        view.find("师", lowest, end) < 0 and not view.endswith("兵团", lowest, end)
    ):
        return None
    match = _CORPS.search(view, lowest, end)
    if match is None:
        return None
    if match["nth"] is None:
        name = _CORPS_COURT if kind == "court" else _CORPS_NAME + PLAIN[kind]
        return Spelled(match.start(), name, regions.candidates("新疆维吾尔自治区"))
    own = "中级人民法院" if kind == "court" else "检察分院" if words == "检察分院" else PLAIN[kind]
    city = terms()["corps"].get(match["nth"], "")
    return Spelled(match.start(), f"{_CORPS_NAME}第{match['nth']}师{own}", regions.candidates(city))


def branch(view: str, end: int) -> re.Match[str] | None:
    """The branch office named right after an organ's name that ends at ``end``, if one is."""
    near = view.find("分院", end, end + _BRANCH_REACH) >= 0
    return _BRANCH.match(view, end) if near else None


def of_prefecture(view: str, above: Spelled, kind: OrganKind, office: re.Match[str]) -> Spelled | None:
    """A province's branch for a prefecture or a railway; ``above.name`` is the text's name of the province's organ."""
    place = office["rail"] or office["place"]
    if place is None:
        return None
    if place.endswith("兵团"):
        return Spelled(above.start, _CORPS_COURT, above.found) if kind == "court" else None
    found = regions.candidates(place.removesuffix("铁路运输"))
    if not found:
        return None
    division = regions.choose(found)
    if kind == "procuratorate" and not office["rail"] and division and division.name.endswith(("地区", "盟")):
        return Spelled(above.start, "", found)  # the division's own name of its branch
    province = regions.choose(above.found)
    organ = above.name if kind == "court" or province is None else province.name + PLAIN[kind]
    return Spelled(above.start, f"{organ}{place}分院", found)


def tribunal(view: str, end: int) -> int:
    """Where the name of the supreme court's tribunal that begins at ``end`` stops, or ``end``."""
    match = _TRIBUNAL.match(view, end)
    return match.end() if match else end
