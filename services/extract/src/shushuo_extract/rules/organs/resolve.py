"""Which organ a mention means in a text about a given place."""

from msgspec.structs import replace

from shushuo_extract.engine.records import Record
from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import declared, groups, names
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.vocabulary import terms
from shushuo_extract.rules.organs.within import ONE_PLACE
from shushuo_extract.rules.regions import Division
from shushuo_shared.report import Level


class Home(Record, frozen=True):
    """Whose text it is: its own organs, the seat of the first, and whether it tells of the whole country.

    ``stated`` is the path of a seat that no table knows, as far as the text states it (东州省/岚川市).
    """

    organs: tuple[Organ, ...] = ()
    seat: Division | None = None
    nationwide: bool = False
    stated: str = ""

    @property
    def code(self) -> str:
        """The seat's code, empty where none is known."""
        return self.seat.code if self.seat else ""

    def own(self, kind: str) -> Organ | None:
        """The text's own organ of that kind."""
        return next((organ for organ in self.organs if organ.kind == kind), None)


NOWHERE = Home()
_SHORTEST = 2  # characters of a place


def resolve(mention: Mention, home: Home = NOWHERE) -> Organ | None:
    """The organ meant, or None where the text leaves it open."""
    if mention.kind == "other":
        return _other(mention, home)
    if mention.shape in ("supreme", "national", "group"):
        return _of_all(mention)
    if mention.shape == "named":
        return _as_home(_named(mention, home), home)
    known = _known_by_place(mention, home)
    if mention.scope and home.nationwide:
        return names.national(mention.kind) if mention.plural or mention.scope == "各地" else None
    return known or _as_home(_relative(mention, home) if mention.scope else _generic(mention, home), home)


def _together(mention: Mention) -> Organ | None:
    """Several places' organs as one (京津冀三地法院); 三家法院 and 两地法院 alone name none."""
    if groups.is_bare(mention.place):
        return None
    return Organ(mention.place + mention.field + ("法院" if mention.kind == "court" else "检察机关"), mention.kind)


def members(mention: Mention, home: Home = NOWHERE) -> list[Organ]:
    """Each organ of a group whose places are listed (厦门、泉州两市检察院); empty for any other group."""
    found = []
    for bearers in groups.places(mention.place):
        seat = regions.choose(bearers, home.code)
        if seat is None:
            return []
        short = replace(mention, place=regions.short_name(seat.name))
        found.append(_special(short, seat) if mention.field else names.local(seat, mention.kind))
    return [organ for organ in found if organ]


def _as_home(organ: Organ | None, home: Home) -> Organ | None:
    """The text's own organ under its own name, where the one meant stands for the same place on the same level."""
    if organ is None or organ.seat is None or organ.level == "special":
        return organ
    same = (one for one in home.organs if (one.kind, one.seat, one.level) == (organ.kind, organ.seat, organ.level))
    return next(same, organ)


def _of_all(mention: Mention) -> Organ | None:
    """The supreme organ, several places' together, all of the country, or all of one field (全国海事法院)."""
    if mention.shape == "supreme":
        return names.supreme(mention.kind)  # of which its tribunals are part
    if mention.shape == "group":
        return _together(mention)
    if mention.field:
        return Organ(f"全国{mention.field}{mention.tail}", mention.kind, "supreme")
    return names.national(mention.kind)


def _other(mention: Mention, home: Home) -> Organ | None:
    if mention.tail == ONE_PLACE:
        seat = regions.choose(mention.found, home.code)
        return names.local(seat, home.organs[0].kind) if seat and home.organs else None
    if mention.shape == "own":
        if mention.tail == "分院" and not (home.organs and home.organs[0].name.endswith("分院")):
            return None
        return home.organs[0] if home.organs and not home.nationwide else None
    if mention.shape != "body" or (mention.plural and not home.nationwide):
        return None
    if mention.spelled or mention.tail.startswith("国家"):
        return Organ(mention.spelled or mention.tail, "other", "supreme")
    where = "全国" if mention.scope == "全国" or (home.nationwide and not mention.found) else mention.place
    if not where:
        where = _around(home, "省" if mention.tail.endswith("厅") else mention.scope[-1:])
    tail = terms()["bodies"]["same"].get(mention.tail, mention.tail)
    return Organ(where + tail, "other") if where else None


def _around(home: Home, rung: str) -> str:
    """The name of the text's place, or of the province, city or prefecture around it that a body is said to be of."""
    seat, own = home.seat, names.place_of(home.organs[0]) if home.organs else ""
    while seat and ((rung == "省" and seat.rung != "province") or (rung in ("市", "州") and seat.rung == "county")):
        above = regions.parent(seat)
        if above is None:
            break
        seat = above
    return seat.name if seat else own if own.endswith(rung) else ""


def _named(mention: Mention, home: Home) -> Organ | None:
    if mention.spelled:
        return _unlisted(mention, home)
    known = _known_by_place(mention, home)
    if known and not mention.field:
        return known
    seat = regions.choose(_fitting(mention), home.code)
    if mention.field:
        return _own_circuit(mention, home) or _special(mention, seat)
    if seat is None:
        return None
    if mention.scope or mention.plural or not mention.nth:
        return names.local(seat, mention.kind, _level(mention, seat))
    return names.numbered(seat, mention.kind, mention.nth, middle=mention.grade == "中级")


def _own_circuit(mention: Mention, home: Home) -> Organ | None:
    """The text's own special court, where all courts of its circuit are meant (长春林区两级法院)."""
    own = home.own(mention.kind) if mention.plural else None
    return own if own and mention.place[-2:] + mention.field in own.name else None


def _unlisted(mention: Mention, home: Home) -> Organ | None:
    """An organ of a place that no table knows; a zone's court bears its city's name before the zone's."""
    if mention.spelled != mention.place:
        seat = regions.choose(mention.found, home.code)
        own = home.own(mention.kind) if mention.tail.endswith("法庭") and seat and seat == home.seat else None
        return own or names.unlisted(mention.spelled, mention.kind)._replace(seat=seat)
    zone = declared.zone_name(mention.place)
    city = home.seat if home.seat and home.seat.rung == "prefecture" else None
    if city is None or home.nationwide:
        return None
    named = zone if zone.startswith(regions.short_name(city.name)) else regions.short_name(city.name) + zone
    return Organ(named + names.PLAIN[mention.kind], mention.kind, "basic", city)


def _fitting(mention: Mention) -> tuple[Division, ...]:
    """The bearers of the name that can have an organ of the grade named (嘉兴中院 is a prefecture's)."""
    if mention.field and all(one.rung != "province" for one in mention.found):
        return tuple(one for one in mention.found if one.rung == "prefecture") or mention.found
    if mention.grade == "高级":
        return tuple(one for one in mention.found if one.rung == "province")
    if mention.grade == "中级" and not mention.nth:
        return tuple(one for one in mention.found if one.rung == "prefecture") or mention.found
    return mention.found


def _level(mention: Mention, seat: Division) -> Level | None:
    if mention.kind == "court" and seat.rung == "county" and mention.grade == "中级":
        return "intermediate"  # a city under no prefecture may have its own intermediate court
    return None


def _special(mention: Mention, seat: Division | None) -> Organ | None:
    """A special organ in full: the text's own place, or the seat's name where only that is an official form."""
    place = mention.place
    seats = terms()["seats"]
    if place in seats:
        seat = regions.choose(regions.candidates(seats[place]))
    elif (known := regions.last_name(place, 0, len(place))) is not None:
        place = place[known[0] :]  # without the province
    field = mention.field
    if mention.kind == "procuratorate":
        tail = mention.tail if mention.tail == "检察分院" else "检察院"
        if "铁路" in field and tail == "检察分院" and seat:
            above = regions.path(seat).partition("/")[0] + names.PLAIN[mention.kind]
            return names.unlisted(f"{above}{place}铁路运输分院", mention.kind)._replace(seat=seat)
        return names.special(place, seat, "铁路运输" if "铁路" in field else field, tail, mention.kind)
    middle = "中级" if mention.grade == "中级" else ""
    if "铁路" in field:
        nth = f"第{mention.nth}" if mention.nth else ""
        return names.special(place, seat, "铁路运输", f"{nth}{middle}法院", mention.kind)
    tail = f"{middle}法院" if field.endswith(("海事", "知识产权", "互联网", "金融", "军事")) else f"{middle}人民法院"
    return names.special(place, seat, field, tail, mention.kind)


def _known_by_place(mention: Mention, home: Home) -> Organ | None:
    """One of the text's own organs that is abbreviated (临江法院 for 临江县人民法院)."""
    if len(mention.place) < _SHORTEST or mention.grade or mention.nth or mention.field:
        return None
    fits = [one for one in home.organs if one.kind == mention.kind and _borne_by(mention.place, one)]
    return fits[0] if len(fits) == 1 and fits[0].level == "basic" else None


def _borne_by(words: str, organ: Organ) -> bool:
    """Whether the words end with the organ's place, in full or short."""
    place = organ.name.removesuffix(names.PLAIN.get(organ.kind, ""))
    return words[-_SHORTEST:] in place and words.endswith((place, regions.short_name(place)))


def _generic(mention: Mention, home: Home) -> Organ | None:
    if mention.field:
        return _special(mention, None) if mention.place in terms()["seats"] else None
    if home.nationwide:
        foreign = home.organs and not home.own(mention.kind) and not mention.plural
        return None if foreign else names.national(mention.kind)  # 法院 in the prosecutors' report acts for nobody
    return home.own(mention.kind)


def _relative(mention: Mention, home: Home) -> Organ | None:
    """市检察院, 全省法院 …: seen from the text's own place."""
    scope = mention.scope[-1]
    own = home.own(mention.kind)
    if home.seat is None:
        return _seen_from_unlisted(mention, home)
    whole = mention.plural and mention.scope.startswith("全")
    if mention.grade == "中级":
        return _above(home.seat, "prefecture", mention)
    if mention.grade == "高级" or scope == "省" or mention.scope == "自治区":
        return _above(home.seat, "province", mention)
    if scope == "区" and whole and home.seat.rung != "province":
        return _autonomous(home.seat, mention)
    if home.seat.name.endswith(scope) and not (whole and home.seat.rung == "county" and scope == "市"):
        return own or names.local(home.seat, mention.kind)
    prefecture = _above(home.seat, "prefecture", mention) if scope in "市州盟" else None
    return prefecture or (own if home.seat.rung == "county" and scope not in "市州盟" else None)


def _autonomous(seat: Division, mention: Mention) -> Organ | None:
    """全区法院: the autonomous region's, of which alone 全区 has several courts."""
    province = regions.candidates(regions.path(seat).partition("/")[0])
    return names.local(province[0], mention.kind) if province and "自治区" in province[0].name else None


def _above(seat: Division, rung: regions.Rung, mention: Mention) -> Organ | None:
    """The organ of the province or prefecture over a seat; a municipality is its own prefecture."""
    found: Division | None = seat
    while found and found.rung != rung:
        above = regions.parent(found)
        if above is None and found.code[:2] in regions.MUNICIPALITIES:
            break
        found = above
    if found is None:
        return None
    if mention.kind == "court" and found.rung == "province" and mention.grade == "中级":
        return None
    return names.local(found, mention.kind)


def _seen_from_unlisted(mention: Mention, home: Home) -> Organ | None:
    """市检察院, 省高院 … in the text of an organ whose place no table knows: its own, its twin, or one stated above."""
    own, scope = home.own(mention.kind), mention.scope[-1:]
    place = names.place_of(home.organs[0]) if home.organs else ""
    if not place:
        return own
    if place.endswith(scope) and mention.grade != "高级":
        return own or (_twin(place, mention) if scope != "省" else None)
    above = next((part for part in home.stated.split("/")[:-1] if part.endswith(scope)), "")
    if not above:
        special = bool(home.organs) and home.organs[0].level == "special" and scope != "省"
        return own if special or not home.organs else None
    grade = {"省": "高级", "市": "中级", "州": "中级"}.get(scope, "") if mention.kind == "court" else ""
    return names.unlisted(above + grade + names.PLAIN[mention.kind], mention.kind)


def _twin(place: str, mention: Mention) -> Organ:
    """The other organ of an unlisted place (县检察院 in the text of 临江县人民法院)."""
    middle = "中级" if mention.grade == "中级" else ""
    return names.unlisted(place + middle + names.PLAIN[mention.kind], mention.kind)
