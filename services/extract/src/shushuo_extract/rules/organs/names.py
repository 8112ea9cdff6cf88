"""Full official names of courts and procuratorates, made from a division and what the text calls the organ."""

import re
from typing import Literal, NamedTuple

from shushuo_extract.rules import regions
from shushuo_extract.rules.regions import Division
from shushuo_shared.report import Level

OrganKind = Literal["court", "procuratorate", "other"]

PLAIN = {"court": "人民法院", "procuratorate": "人民检察院"}
_TAIL = re.compile(r"(?:第[一二三四五六])?(?:中级|高级)?人民(?:法院|检察院)(?:[一-龥]{2,12}分院)?\Z")
CIRCUIT = re.compile(
    r"(?P<place>[一-龥]{2,6}?)(?:海事|知识产权|互联网|金融|铁路运输|林区|油田|矿区|农垦|垦区|军事)(?:中级|基层)?(?:人民)?(?:法院|检察院|检察分院)\Z"
)
LEVELS: dict[regions.Rung, Level] = {"province": "high", "prefecture": "intermediate", "county": "basic"}
_COURT_WORD = {"high": "高级人民法院", "intermediate": "中级人民法院", "basic": "人民法院"}


class Organ(NamedTuple):
    """A court, procuratorate or other body: its full name, where it has its seat (a division, or None), its level."""

    name: str
    kind: OrganKind
    level: Level | None = None
    seat: Division | None = None


_SUPREME: dict[OrganKind, Organ] = {
    "court": Organ("最高人民法院", "court", "supreme"),
    "procuratorate": Organ("最高人民检察院", "procuratorate", "supreme"),
}
_NATIONAL: dict[OrganKind, Organ] = {
    "court": Organ("全国法院", "court", "supreme"),
    "procuratorate": Organ("全国检察机关", "procuratorate", "supreme"),
}


def supreme(kind: OrganKind) -> Organ:
    """The supreme organ of its kind."""
    return _SUPREME[kind]


def national(kind: OrganKind) -> Organ:
    """All organs of a kind together, whose totals are 全国法院's and 全国检察机关's."""
    return _NATIONAL[kind]


def place_name(division: Division) -> str:
    """The division's name as its organs bear it: a district's is preceded by its city's."""
    name = division.name
    city = regions.parent(division) if division.rung == "county" and name.endswith("区") else None
    if city is None or not city.name.endswith("市"):
        return name
    short = regions.short_name(city.name)
    named_after = short in name and name != short + "区"  # a zone that bears its city's name already
    return name if named_after else city.name + name


def local(division: Division, kind: OrganKind, level: Level | None = None) -> Organ:
    """The organ of ``kind`` that stands for the whole of a division; a court's word follows its level."""
    level = level or LEVELS[division.rung]
    if kind == "court":
        return Organ(place_name(division) + _COURT_WORD[level], kind, level, division)
    if division.name.endswith(("地区", "盟")):  # the prefectures that are no self-governing level have a branch instead
        above = regions.parent(division)
        return Organ(f"{above.name if above else ''}人民检察院{division.name}分院", kind, level, division)
    return Organ(place_name(division) + PLAIN[kind], kind, level, division)


def numbered(division: Division, kind: OrganKind, nth: str, *, middle: bool) -> Organ:
    """One of several organs of one place: 北京市第一中级人民法院, 东莞市第二人民法院, 上海市人民检察院第一分院."""
    if kind == "procuratorate":
        return Organ(f"{place_name(division)}人民检察院第{nth}分院", kind, "intermediate", division)
    level: Level = "intermediate" if middle else "basic"
    return Organ(f"{place_name(division)}第{nth}{_COURT_WORD[level]}", kind, level, division)


def special(place: str, division: Division | None, field: str, tail: str, kind: OrganKind) -> Organ:
    """A court or procuratorate of a special field; ``place`` is the text's own word for its circuit (武汉, 成渝)."""
    return Organ(f"{place}{field}{tail}", kind, "special", division)


def unlisted(name: str, kind: OrganKind) -> Organ:
    """An organ written in full whose place no table knows; its level is what the name's form says."""
    return Organ(name, kind, _level_of(name, kind))


def _level_of(name: str, kind: OrganKind) -> Level:
    if "垦区" in name and "中级" not in name:  # the Corps' basic courts
        return "basic"
    if CIRCUIT.match(name) or name.endswith("铁路运输分院"):
        return "special"
    place = _TAIL.sub("", name)
    if "兵团" in name and not place.endswith("师"):
        return "high"
    if kind == "procuratorate" and name.endswith("分院"):
        return "intermediate"
    if "高级" in name or (kind == "procuratorate" and place.endswith(("省", "自治区"))):
        return "high"
    wide = kind == "procuratorate" and place.endswith(("州", "盟", "师"))
    return "intermediate" if "中级" in name or wide else "basic"


def place_of(organ: Organ) -> str:
    """The place in an organ's full name, empty for the supreme and the national."""
    return "" if organ.level == "supreme" else _TAIL.sub("", organ.name)
