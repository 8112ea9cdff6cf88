"""Who gave the report: the president or chief prosecutor named as giving it, or telling it to the press."""

import re
from functools import cache

from shushuo_extract.rules.meta.head import HEAD, terms

_ROLE = r"(?:副|代|代理)?(?:院长|检察长)"
_LATE = 6000


@cache
def _name() -> str:
    words = terms()
    single = "".join(words["surnames"].split())
    double = "|".join(words["double_surnames"])
    return rf"(?P<name>(?:{double})[一-龥]{{1,2}}?|[{single}][一-龥]{{1,2}}?|[一-龥]{{2,6}}·[一-龥·]{{2,8}})"


@cache
def _line() -> re.Pattern[str]:
    name = _name().replace("[一-龥]{1,2}?", "(?: {0,3}[一-龥]){1,2}")
    return re.compile(rf"(?:^|\n)[^\n。，]{{0,40}}?{_ROLE}[：: ]*{name}[ ）]*(?=\n|\Z)")


@cache
def _giving() -> re.Pattern[str]:
    gives = "|".join(terms()["gives"])
    return re.compile(rf"{_ROLE}{_name()}(?={gives})(?=[^。\n]{{0,60}}报告)")


@cache
def _telling() -> re.Pattern[str]:
    tells = "|".join(terms()["tells"])
    return re.compile(rf"(?P<whose>最高[人民法院检察]{{1,6}}?|[一-龥]{{2,16}}?(?:法院|检察院|中院|高院)){_ROLE}{_name()}(?=在[^。\n]{{0,16}}(?:{tells})|(?:{tells}))")


def read(view: str, own: tuple[str, ...]) -> str | None:
    """The presenter's name; ``own`` are the words (最高检, 平湖) by which the text calls its own organ."""
    for pattern, reach in ((_line(), HEAD), (_giving(), _LATE)):
        match = pattern.search(view, 0, reach)
        if match:
            return match["name"].replace(" ", "")
    if any(word in view[:HEAD] for word in terms()["press"]):
        for match in _telling().finditer(view, 0, _LATE):
            if any(word in match["whose"] for word in own):
                return match["name"]
    return None
