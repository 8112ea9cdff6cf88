"""Against what a change compares: last year, an earlier time, the average, or nothing that is said."""

import re

from shushuo_extract.rules.periods.moved import MOVED_TO
from shushuo_shared.report import Basis

from . import lexicon

_COMPARES = r"(?:较|比|同|与|跟|由|从)"
_BASES: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    (
        "average",
        re.compile(
            rf"{lexicon.AVERAGE}|(?:比|较|于|超过|超出|领先|高出)[^，。；]{{0,8}}平均"
            rf"|(?:高于|低于|优于|超过|超出|领先|高出|落后|好于)于?{lexicon.PEERS}[^，。；]*$"
        ),
    ),
    ("yoy", re.compile(rf"(?<!年前){lexicon.YOY}(?!年?[底末])")),
    (
        "previous_period",
        re.compile(
            rf"环比|{_COMPARES}[^，。；]{{0,8}}?(?:[0-9]{{4}}年?|[0-9]{{1,2}}月|前[一二三四五六七八九十0-9]+|{lexicon.TIMES})"
            rf"|{_COMPARES}[^，。；]{{0,10}}?前(?=相比|[^，。；]{{0,6}}{lexicon.ANY})"
            rf"|{_COMPARES}[^，。；]{{0,4}}?[0-9一二两三四五六七八九十]+年前"
            r"|前[一二三四五六七八九十0-9]+年[^，。；]{0,4}相比|[0-9]{4}年(?:同期)?相比"
        ),
    ),
)
_STATED = re.compile(rf"环比|{lexicon.YOY}|较(?![大为])|比(?<![占对]比)(?![例率重])|相比")
_BASE_WORDS = re.compile(
    r"在?连续[两二三四五六七八九十0-9]+个?[年季月]度?[^，]{0,8}?之?后|同比|环比|(?:较(?![大为])|(?<!占)比(?![例率重])|与(?=[^，]*相比)|相比).*"
)
_YEAR = re.compile(r"(20(?<![较比与同]20)[0-9]{2})年")  # begins with what a search can skip to
_YEAR_OWN = re.compile(r"(?P<year>20(?<![较比与同]20)[0-9]{2}年)[^，。；]{0,3}?(?:同比|环比|较|(?<!相)比|与)")
_YEAR_NAMED = re.compile(r"(?:较|比|与|同|是|为|达|相当于)(?P<year>20[0-9]{2})(?!年?[、和])")
_YEAR_TOLD = re.compile(r"(20(?<![较比与同]20)[0-9]{2})(?:年(?![0-9]{1,2}月[0-9]{1,2}日)|\.[0-9]{1,2}-)")
_BEFORE_LAST = re.compile("[比较]前年")
_LAST = re.compile("[去上]年")
_MOVED = re.compile(rf"(?P<year>20[0-9]{{2}})年{MOVED_TO}")
_OPENING = 600
_ALL_YOY = re.compile(
    r"(?:增减|升降|增幅|增长|幅度|变化|以[上下]|数据|下同|括号)[^，。；）]{0,10}?(?:均为|均系|皆为|为|系|均与|与)(?:同比|上年|去年)"
)
_CLAUSES = re.compile(r"[，；。]")


def basis_of(lead: str) -> Basis:
    """Against what the words before an amount compare; ``other`` where they name no base."""
    return next((basis for basis, pattern in _BASES if pattern.search(lead)), "other")


def reported_year(view: str) -> int | None:
    """The latest year that the opening of a report names, but for dates."""
    return max(map(int, _YEAR_TOLD.findall(view, 0, _OPENING)), default=None)


def all_yoy(view: str) -> bool:
    """Whether the opening of a report says that all its changes are against the year before (增减幅度均为同比)."""
    return _ALL_YOY.search(view, 0, _OPENING) is not None


def is_last_year(lead: str, told: str, reported: int | None) -> bool:
    """Whether 比2022年 or 比前年 names the year before the one that the words before, or else the report, told of."""
    if _BEFORE_LAST.search(lead) and _LAST.search(told):
        return True
    base = _YEAR_NAMED.search(lead)
    years = [int(year) for year in _YEAR.findall(told) if base is None or year != base["year"]]
    year = years[-1] if years else reported
    return base is not None and year == int(base["year"]) + 1


def between_years(before: str, after: str) -> Basis:
    """Against what a change compares two figures whose years are both stated (2019年A，2023年降为B，降幅为C)."""
    moved, years = _MOVED.search(after), _YEAR.findall(before)
    if moved is None or not years or years[-1] >= moved["year"]:
        return "other"
    return "yoy" if int(moved["year"]) - int(years[-1]) == 1 else "previous_period"


def is_of_year_untold(lead: str, told: str) -> bool:
    """Whether 2022年同比 names the year that grew, of which the words before gave no figure."""
    own = _YEAR_OWN.search(lead)
    return own is not None and own["year"] not in told


def is_stated(lead: str) -> bool:
    """Whether the words name a base at all, so that none is borrowed from the change before."""
    return _STATED.search(lead) is not None


def own_words(lead: str) -> str:
    """The last clause of the words before a verb, without its base: what is left may name what changed."""
    return _BASE_WORDS.sub("", _CLAUSES.split(lead)[-1])
