"""Whose text it is, regained from what its meta says."""

from functools import lru_cache

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import names
from shushuo_extract.rules.organs.names import Organ, OrganKind
from shushuo_extract.rules.organs.resolve import Home


@lru_cache(maxsize=16)
def home_of(organs: tuple[str, ...], region: str | None) -> Home:
    """Whose text it is, regained from what meta says."""
    seat = regions.at_path(region) if region and region != "全国" else None
    known = tuple(_organ(name, seat) for name in organs)
    if not known:
        return Home(nationwide=region == "全国")
    if known[0].level == "supreme":
        return Home(tuple(one for one in known if one.level == "supreme"), None, nationwide=True)
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
