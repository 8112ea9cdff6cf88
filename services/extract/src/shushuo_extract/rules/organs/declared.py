"""Places no table knows, learnt from the names that a text itself spells out where it begins to tell of them.

临江县人民法院 in a title makes 临江县 a place of that text; 临江法院 in its body is then known, and no other place's.
"""

import re
from functools import cache, lru_cache

from shushuo_extract.engine.records import Record
from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import modifiers
from shushuo_extract.rules.organs.names import OrganKind
from shushuo_extract.rules.organs.vocabulary import terms

_HEAD = 2400
_FOOT = 200
_SHORTEST, _LONGEST = 2, 14
_MODIFIED = f"(?<=[{''.join(sorted(modifiers.ENDS))}]"
_ORGAN_END = re.compile(rf"院(?:{_MODIFIED}法院)|{_MODIFIED}检察院))")  # spelled out: 人民法院, 海事法院
_PLACE_ENDS = frozenset("省市县区州盟旗场团")
FUNCTION_WORDS = frozenset("经由向被在和与及获是为对给的从将把至以")
_FUNCTION_WORD = re.compile(f".*[{''.join(sorted(FUNCTION_WORDS))}]")
_ZONE = re.compile(r"(?:新区|园区|开发区|示范区|合作区|度假区|试验区|保税区|高新区|经开区|管理区|垦区|兵团)\Z")
_DIVISION = re.compile(r"(?:.{2,}[省市县州盟旗场]|.{2,}区)\Z")
_GENERAL = re.compile(
    r"[我该各每全本某两其某0-9]|(?:地区|辖区|城区|省区|区县|县区|县市|省市|市县|区市|级[市县区])\Z|[一二三四五六七八九十]+[家个]\Z|\A自治[区州县旗]\Z"
)
_CHAIN = re.compile(r"[一-龥]{2,}?(?:省|自治区|市|自治州|州|盟)(?=[一-龥]{2,})")
_TIMED = re.compile(  # 2024年，云溪县人民法院…; 今年上半年，…
    "(?:[。！？\n]|\\A)[^，。；：！？\n]{0,14}(?:[年月日来间底末期]|季度|上午|下午|[今当本]天)，\\Z"
)
_TIME_REACH = 18
_CAPITALS = re.compile(r"(?:省|自治区|市|自治州|州|盟|县)\Z")


class Declared(Record, frozen=True):
    """A place with the full name of its organ of one kind; ``said`` are the ways to say the place."""

    place: str
    name: str
    kind: OrganKind
    said: tuple[str, ...]


@cache
def _leads() -> re.Pattern[str]:
    words = "|".join(sorted(terms()["leads"], key=len, reverse=True))
    return re.compile(rf"(?:受[^，。\n]{{2,20}}?委托|{words}|[年月日]度?)+")


@lru_cache(maxsize=4)
def declared(view: str) -> tuple[Declared, ...]:
    """Every organ of an unlisted place that the text spells out where reports name whose they are."""
    found: dict[str, Declared] = {}
    foot = max(_HEAD, len(view) - _FOOT)
    for start, end in ((0, min(_HEAD, len(view))), (foot, len(view))):
        for match in _ORGAN_END.finditer(view, start, end):
            one = _declared(view, match.end())
            if one:
                found.setdefault(one.name, one)
    return tuple(sorted(found.values(), key=lambda one: -len(one.place)))


def _declared(view: str, end: int) -> Declared | None:
    """The organ that is spelled out in full up to the end of its last word, if its place is unlisted."""
    kind: OrganKind = "court" if view.endswith("法院", 0, end) else "procuratorate"
    word = end - len("法院" if kind == "court" else "检察院")
    begin, _, field, _ = modifiers.before(view, word, max(0, word - 16))
    if not field and not view.startswith("人民", word - 2):
        return None
    if begin == 0:
        return None
    ended = field or view[begin - 1] in _PLACE_ENDS
    place = _place(view, begin, circuit=bool(field)) if ended else _quarter(view, begin)
    return Declared(place, official(place) + view[begin:end], kind, _said(place)) if place else None


def _said(place: str) -> tuple[str, ...]:
    """A place in full, as its organs bear it, and its last division in full and short."""
    last = chain(place)[-1]
    zones = (place.removesuffix(full) + short for short, full in terms()["zones"].items() if place.endswith(full))
    return tuple(dict.fromkeys((place, official(place), last, regions.short_name(last), *zones)))


def _place(view: str, end: int, *, circuit: bool) -> str:
    """The unlisted place whose name ends at ``end``: one that opens what is told, or that the text names again."""
    start = _run_start(view, end)
    listed = None if start is None else regions.chain_all(view, start, end)
    if start is None or (listed and listed[0] == start):
        return ""
    place = _led(view[start:end])
    if not is_unlisted(place, circuit=circuit):
        place = _FUNCTION_WORD.sub("", place)
        known = regions.last_name(view, start, end)
        across = known is not None and known[0] < end - len(place)  # the 和 of 呼和浩特
        if across or not is_unlisted(place, circuit=circuit):
            return ""
    told = view.endswith(("代表", "报告"), 0, end - len(place))
    opens = start == 0 or view[start - 1] in "\n—《“（ |：" or _follows_time(view, end - len(place))
    return place if opens or told or view.count(place) > 1 or _in_province(place) else ""


def _follows_time(view: str, start: int) -> bool:
    """Whether only a clause of time stands before ``start`` in its sentence, and no preposition follows it."""
    if view[start - 1] != "，" or view[start] in FUNCTION_WORDS:
        return False
    return _TIMED.search(view, max(0, start - _TIME_REACH), start) is not None


def _in_province(place: str) -> bool:
    """Whether a place's name begins with its province (湖南省澧阳市望岫县)."""
    first, *inner = chain(place)
    return bool(inner) and any(one.name == first for one in regions.provinces())


def _quarter(view: str, end: int) -> str:
    """A part of a known city that opens a line and is no division (三亚市城郊人民法院), or nothing."""
    start = _run_start(view, end)
    if start is None or (start > 0 and view[start - 1] not in "\n—"):
        return ""
    city = next((at for at in range(end - 2, max(start, end - 6), -1) if view[at - 1] in "市州"), 0)
    known = city and any(one.name == view[start:city] for one in regions.candidates(view[start:city]))
    return view[start:end] if known else ""


def _run_start(view: str, end: int) -> int | None:
    """Where the run of Chinese characters before ``end`` begins; None for one too short or too long for a place."""
    start = end
    while start > 0 and end - start <= _LONGEST and "一" <= view[start - 1] <= "龥":
        start -= 1
    return start if _SHORTEST <= end - start <= _LONGEST else None


def guessed(view: str, end: int) -> str:
    """The unlisted place before ``end`` that opens a clause (，望澜区法院), or nothing."""
    start = _run_start(view, end)
    if start is None:
        return ""
    whole = _led(view[start:end])
    if is_zone(whole) and regions.known_at(whole):  # 自由贸易试验区 holds a function word
        return whole
    place = _led(_FUNCTION_WORD.sub("", view[start:end]))
    return place if is_unlisted(place) else ""


def _led(words: str) -> str:
    """The words without a formula they begin with (走进, 2023年)."""
    lead = _leads().match(words)
    return words[lead.end() if lead else 0 :]


def is_zone(place: str) -> bool:
    """Whether the words name a development zone or the like, which may have a court but is no division."""
    return _ZONE.search(place) is not None and len(place) > 3


def zone_name(zone: str) -> str:
    """A zone as its court bears it, abbreviations written out."""
    for short, full in terms()["zones"].items():
        if zone.endswith(short):
            return zone.removesuffix(short) + str(full)
    return zone


def is_unlisted(place: str, *, circuit: bool = False) -> bool:
    """Whether the words have the form of a place and the table knows none of that name."""
    if circuit:
        formed = 2 <= len(place) <= 6 and place not in terms()["seats"]
    else:
        formed = len(place) >= 3 and bool(_DIVISION.match(place) or _ZONE.search(place))
    known = regions.chain_all(place, 0, len(place)) if formed else None
    if not formed or (known and known[0] == 0) or _GENERAL.search(place):
        return False
    if known is None:
        return True
    short = all(division.name != place[known[0] :] for division in known[1])  # 沙市 in 白沙市 is no district of 沙市
    return short or _CAPITALS.search(place, 0, known[0]) is not None


def official(place: str) -> str:
    """A place as its organs bear it: without the province, and a county without its city."""
    parts = chain(place)
    return place if len(parts) < 2 else "".join(parts[-2:]) if _districted(parts) else parts[-1]


def _districted(parts: list[str]) -> bool:
    return parts[-2].endswith("市") and not parts[-1].endswith(("市", "县", "旗"))


def chain(place: str) -> list[str]:
    """The divisions that the words name one in another (东州省岚川市 → 东州省, 岚川市)."""
    parts, at = [], 0
    while (match := _CHAIN.match(place, at)) is not None:
        parts.append(match.group())
        at = match.end()
    return [*parts, place[at:]]


def named(view: str, lowest: int, *ends: int) -> tuple[int, Declared] | None:
    """The declared place, in full or short, that ends at the first of ``ends`` that one does, and where it begins."""
    known = declared(view)
    for end, one in ((end, one) for end in ends for one in known) if known else ():
        if view.endswith(one.said, lowest, end):
            words = next(said for said in one.said if view.endswith(said, lowest, end))
            return end - len(words), one
    return None


def full_name(view: str, one: Declared, kind: OrganKind, grade: str, words: str, *, field: str) -> str:
    """The full name of an organ of a declared place; ``words`` are the organ's own, with what they say of its grade."""
    place = official(one.place)
    if "人民" in words or field:
        return place + words
    same = [other.name for other in declared(view) if other.place == one.place and other.kind == kind]
    if same and not grade:
        return same[0]
    high = kind == "court" and place.endswith(("省", "自治区"))
    middle = "高级" if high or grade == "高级" else "中级" if grade == "中级" else ""
    return f"{place}{middle}人民{'法院' if kind == 'court' else '检察院'}"
