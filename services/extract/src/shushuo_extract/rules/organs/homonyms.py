"""Names of counties that prose also makes of words: 会同县妇联 is "with the county's women", 法院和县检察院 not 和县.

They are places where the text is at home there: where it gives the name after that of a division above, names that
division at all, or has the county's organ open a title.
"""

import re
from functools import cache, lru_cache

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs.vocabulary import terms
from shushuo_extract.rules.regions import Division

_SHORTEST = 2
_AFTER_TIME = "年月日度底初末"
_JOINTS = "在于由向与及和从至到的"
_TITLED = "(?:人民)?(?:法院|检察院)(?:工作报告|[^，。；\n]{0,24}(?=\n))|人民代表大会|第[^，。；\n]{1,4}届"


@cache
def _may_precede() -> tuple[str, ...]:
    return (*terms()["leads"], *_AFTER_TIME, *_JOINTS)


def is_word(view: str, start: int, end: int, bearers: tuple[Division, ...]) -> bool:
    """Whether what has the form of a county's name is a verb or joint before 县 (会同县, 和县, 组成县, 提高县)."""
    name = view[start:end]
    if name in terms()["verb_counties"]:
        return not _is_at_home(view, name, bearers)
    if len(name) != _SHORTEST or name[-1] != "县" or not "一" <= view[start - 1 : start] <= "龥":
        return False
    return not (view.endswith(_may_precede(), 0, start) or _is_at_home(view, name, bearers))


@lru_cache(maxsize=16)
def _is_at_home(view: str, name: str, bearers: tuple[Division, ...]) -> bool:
    """Whether the text is about the place, or the prefecture that it lies in."""
    above = [one for bearer in bearers if (one := regions.parent(bearer))]
    if any(one.rung == "prefecture" and regions.short_name(one.name) in view for one in above):
        return True
    return re.search(rf"(?:\A|[\n《]){name}(?:{_TITLED})|(?:省|自治区|省[^，。；\n]{{2,4}}市){name}", view) is not None
