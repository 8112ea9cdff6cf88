"""Who gave the report: the president or chief prosecutor named as giving it, or telling it to the press."""

import re
from functools import cache

from shushuo_extract.rules.meta.head import HEAD, terms

_ROLE = r"(?:党组(?:副)?书记、)?(?:常务)?(?:副|代|代理)?(?:院长|检察长)"
_DAY = r"(?:[0-9]{1,2}月[0-9]{1,2}日)?(?:上午|下午)?"
_AT = r"在[^。；\n]{2,50}(?:会议|大会|会)?上?(?:作|做|报告|代表)"
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
    return re.compile(rf"(?:^|\n)[^\n。，]{{0,40}}?{_ROLE}[：: ]*{name}(?P<name2>)[ ）]*(?=\n|\Z|各位代表)")


@cache
def _giving() -> re.Pattern[str]:
    gives = "|".join(terms()["gives"])
    before = rf"{_ROLE}{_name()}(?={_DAY}(?:{gives}|{_AT}))"
    after = rf"(?<=[，。：\n]){_name().replace('P<name>', 'P<name2>')}{_ROLE}(?={_DAY}(?:{gives}|{_AT}))"
    return re.compile(rf"(?:{before}|{after})(?=[^。\n]{{0,80}}报告)")


@cache
def _telling() -> re.Pattern[str]:
    tells = "|".join(terms()["tells"])
    whose = r"(?P<whose>最高[人民法院检察]{1,6}?|[一-龥]{2,16}?(?:法院|检察院|中院|高院))"
    return re.compile(rf"{whose}{_ROLE}{_name()}(?=在[^。\n]{{0,16}}(?:{tells})|(?:{tells}))")


def read(view: str, own: tuple[str, ...]) -> str | None:
    """The presenter's name; ``own`` are the words (最高检, 平湖) by which the text calls its own organ."""
    for pattern, reach in ((_line(), HEAD), (_giving(), _LATE)):
        match = pattern.search(view, 0, reach)
        if match:
            return str(match["name"] or match["name2"]).replace(" ", "")
    if any(word in view[:HEAD] for word in terms()["press"]):
        for match in _telling().finditer(view, 0, _LATE):
            if any(word in match["whose"] for word in own):
                return match["name"]
    return None
