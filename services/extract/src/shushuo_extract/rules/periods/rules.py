"""How reports say of when they speak: each rule a pattern over the view and what it makes of a match.

A production gets the match and a ``Clock`` and returns an ``Interval``, or None where the words settle nothing.
"""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from shushuo_extract.engine.types import Rule
from shushuo_extract.rules.periods.interval import Interval, Month, lasting, months, years

Part = Literal["span", "since", "until", "base", "event", "year"]


def _year_of(word: str | None) -> int | None:
    """The year that is written out in four digits or characters."""
    if word is None or len(word) != _WRITTEN_OUT:
        return None
    return int(word) if word.isdigit() else int("".join(str(_DIGITS.index(char)) for char in word.translate(_ZEROS)))


class Clock(NamedTuple):
    """What relative words count from: the year and month of telling, and the interval the report is about."""

    now: int | None = None
    whole: Interval | None = None
    told: Month | None = None

    def year(self, word: str) -> int | None:
        """The year that 2022, 二〇二二, 今, 去, 前, 上, 同, 当 or 本 means."""
        if stated := _year_of(word):
            return stated
        last = self.whole.hi[0] if self.whole else None
        base = {"今": self.now, "本": last, "同": last, "当": last}.get(word, self.now)
        if word == "上" and last:
            return last - 1
        return None if base is None else base - {"去": 1, "上": 1, "前": 2}.get(word, 0)

    def default(self, word: str | None) -> int | None:
        """The year of a month named without one: the report's last."""
        return self.year(word) if word else (self.whole.hi[0] if self.whole else self.now)


Production = Callable[[re.Match[str], Clock], Interval | None]

_DIGITS = "〇一二三四五六七八九"
_ZEROS = str.maketrans("零0", "〇〇")
_NUMBER = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"两": 2, "十一": 11}
_SEVERAL, _MANY, _WRITTEN_OUT = 2, 8, 4
_YEAR = r"(?:19|20)[0-9]{2}|二[〇零0][〇零0一二三四五六七八九]{2}|[今去前上同当本]"
_Y = rf"(?P<y>{_YEAR})(?:年(?:度(?!工作))?|(?<=[0-9])(?=[上下]半年|前三个?季度))"
_M = r"(?P<m>1[0-2]|0?[1-9])月份?"
_M2 = r"(?P<m2>1[0-2]|0?[1-9])月份?"
_DAY = r"(?:[0-3]?[0-9]日|底|初|末)?"
_TO = r"(?:至|到|-|[—─―]{1,2}|~)"
_COUNT = r"[1-9][0-9]?|十一|[一二两三四五六七八九十]"


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBER.get(word, 0)


def _range(match: re.Match[str], clock: Clock) -> Interval | None:
    first = clock.default(match["y"])
    last = clock.year(match["y2"]) if match["y2"] else first
    if first is None or last is None:
        return None
    return months((first, int(match["m"] or 1)), (last, int(match["m2"] or 12)))


def _first_months(match: re.Match[str], clock: Clock) -> Interval | None:
    year = clock.default(match["y"])
    return months((year, 1), (year, _count(match["n"]))) if year else None


_PARTS: dict[str, tuple[int, int]] = {
    "上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "前三个季度": (1, 9), "首季": (1, 3),
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip


def _part(match: re.Match[str], clock: Clock) -> Interval | None:
    year = clock.default(match["y"])
    first, last = _PARTS[match["part"].removeprefix("第")]
    return months((year, first), (year, last)) if year else None


def _since(match: re.Match[str], clock: Clock) -> Interval | None:
    year = clock.default(match["y"])
    if year is None:
        return None
    lo: Month = (year, int(match["m"] or 1))
    if clock.told and match.string.startswith("至今", match.end()):
        return months(lo, clock.told)
    if clock.whole and lo <= clock.whole.hi:
        return months(lo, clock.whole.hi)
    return None


def _until(match: re.Match[str], clock: Clock) -> Interval | None:
    year = clock.default(match["y"])
    if year is None:
        return None
    hi: Month = (year, int(match["m"]) if match["m"] else 12)
    whole = clock.whole
    spans_years = whole and whole.lo[0] < year and whole.lo[0] < whole.hi[0]
    return months(whole.lo if whole and spans_years else (year, 1), hi)


def _campaign(match: re.Match[str], clock: Clock) -> Interval | None:
    year, length = clock.year(match["y"]), match["n"]
    if length == "半年":
        count = 6
    else:
        count = _count(length.removesuffix("个月").removesuffix("年")) * (12 if length.endswith("年") else 1)
    return lasting((year, int(match["m"])), count) if year and count else None


def _last_years(match: re.Match[str], clock: Clock) -> Interval | None:
    last = clock.whole.hi[0] if clock.whole else clock.now and clock.now - 1
    count = _count(match["n"] or match["k"])
    if not last or not count:
        return None
    if clock.whole and count >= _SEVERAL and abs(clock.whole.months - 12 * count) <= (12 if count >= _MANY else 6):
        return clock.whole
    if clock.whole and count == 1:
        return clock.whole if clock.whole.months <= 12 else years(last)
    return years(last - count + 1, last)


def _campaign_over(match: re.Match[str], clock: Clock) -> Interval | None:
    count = _count(match["n"])
    return years(clock.whole.hi[0] - count + 1, clock.whole.hi[0]) if clock.whole and count else None


def _same_time_last_year(match: re.Match[str], clock: Clock) -> Interval | None:
    whole = clock.whole
    return months((whole.lo[0] - 1, whole.lo[1]), (whole.hi[0] - 1, whole.hi[1])) if whole else None


def _same_time_of(match: re.Match[str], clock: Clock) -> Interval | None:
    year, whole = clock.year(match["s"]), clock.whole
    if year is None or whole is None:
        return years(year) if year else None
    return months((year - whole.hi[0] + whole.lo[0], whole.lo[1]), (year, whole.hi[1]))


def _years_since(match: re.Match[str], clock: Clock) -> Interval | None:
    first, count = clock.year(match["y"]), _count(match["n"])
    return years(first, first + count - 1) if first and count else None


_BEGINNINGS: dict[str, Month] = {"十八大": (2012, 11), "十九大": (2017, 10), "二十大": (2022, 10), "扫黑": (2018, 1)}


def _known_beginning(match: re.Match[str], clock: Clock) -> Interval | None:
    lo = _BEGINNINGS[match["what"]]
    return months(lo, clock.whole.hi) if clock.whole and lo <= clock.whole.hi else None


def _whole(match: re.Match[str], clock: Clock) -> Interval | None:
    return clock.whole


def _five_year_plan(match: re.Match[str], clock: Clock) -> Interval | None:
    first = 2001 + 5 * "〇一二三四五六".index(match["n"])
    return years(first, first + 4)


def _year(match: re.Match[str], clock: Clock) -> Interval | None:
    year = clock.year(match["y"])
    return years(year) if year and year > 1978 else None


def _event(match: re.Match[str], clock: Clock) -> Interval | None:
    year = clock.default(match["y"])
    return months((year, int(match["m"])), (year, int(match["m"]))) if year else None


def _on_day(match: re.Match[str], clock: Clock) -> Interval | None:
    year, month = clock.default(None), int(match["m"])
    if clock.told:  # the last such day before it was told
        year = clock.told[0] - (month > clock.told[1])
    return months((year, month), (year, month)) if year else None


_TO_YEAR = rf"{_TO}(?P<y2>{_YEAR})年"
_SINGLE = r"(?P<y2>(?!))?"  # a group that a production may ask for and that never matches
_NO_YEAR = r"(?<![0-9至到~—-])(?P<y>(?!))?"
_UP_TO = r"(?:截至|截止到?|(?<![一-龥0-9])到(?=[0-9]{1,2}月份?[底末]，))"
_IN_MONTH = r"(?P<m>1[0-2]|0?[1-9])月(?:份(?![以起开前中底初])|[当单]月)"
_NO_SUCH_YEAR, _NO_MONTH = r"(?P<y>(?!))?", r"(?P<m>(?!))?"
_D = r"(?:[0-9]{1,2}日)?"
_CAMPAIGN = rf"{_Y}{_M}{_D}[^。；\n]{{0,24}}?(?:为期|，)(?P<n>半年|(?:{_COUNT})年|(?:{_COUNT})个月)"
_PART_WORD = r"(?P<part>上半年|下半年|前三个?季度|第?[一二三四]季度|首季)"
_IN_FORCE = r"[^，。；\n0-9]{10,24}(?:确立|建立|推开|施行|实施|运行|启动|成立|开展)以来"
_LATER = rf"(?=[^，。；\n]{{0,10}}(?:以来|至今)|{_IN_FORCE}|[^，。；\n]{{0,4}}开始|起(?![诉草步用获]))"
_NEAR = r"(?:过去的?|最?近|这)"
_NO_MONTHS = r"(?P<m>(?!))?(?P<m2>(?!))?"
_BARE = r"(?P<m>1[0-2]|0?[1-9])(?:月份?)?"
_NO_RECORD = r"(?![^，。；\n]{0,4}(?:首次|第一次|新[高低]|最[高低好佳优快多少大小]|之最))"  # 创近五年新低
_RECENT = rf"(?:{_NEAR}?(?P<n>{_COUNT})年(?:多?来|间|(?=共|累计))|{_NEAR}(?P<k>{_COUNT})年){_NO_RECORD}"
_OVER = rf"(?<=为期)(?P<n>{_COUNT})年的?[^，。；\n0-9]{{2,18}}(?:收官|结束|告捷|圆满完成|落下帷幕|落幕)"
_AT_MEETING = r"(?=[初底末]|[^，。；\n]{0,12}会议?上)"
_YEARS_SINCE = rf"(?:自|从)?{_Y}以来的?这?(?P<n>{_COUNT})年(?:间|来|里)?"
_BEGINNING = r"(?:党的)?(?P<what>十[八九]大|二十大|扫黑)(?:除恶专项斗争)?(?:召开|开展|部署)?以来"
_PLAN = r"“?十(?P<n>[一二三四五])五”?(?:规划)?(?:时期|期间)"

_YEAR_TO_YEAR = rf"[自从]?{_Y}(?:{_M}{_DAY})?(?:以来|起)?{_TO_YEAR}(?:{_M2}{_DAY})?"
_FOUNDED_TO = rf"(?:自|从){_Y}(?:{_M}{_D})?[^，。；\n0-9]{{1,12}}?(?:截至|{_TO})(?P<y2>{_YEAR})年(?:{_M2}{_DAY})?"

_RUNNING_TO = (
    rf"{_Y}(?:{_M}{_D})?[^，。；\n0-9]{{1,20}}?(?:施行|实施|成立|设立|上线|运行|启动|推行|挂牌|启用)以来，?(?:截至|{_TO})"
    rf"(?P<y2>{_YEAR})年(?:{_M2}{_DAY})?"
)

# What is tried at one place, in this order: what is most often said and no beginning of another, then the longer
# reading first.
TABLE: tuple[tuple[Part, str, str, Production], ...] = (
    ("span", "period: the last <n> years", _RECENT, _last_years),
    ("span", "period: <length> from <month> of <year>", _CAMPAIGN, _campaign),
    ("span", "period: <year> to <month> of <year>", _YEAR_TO_YEAR, _range),
    ("span", "period: from a founding in <year> to <year>", _FOUNDED_TO, _range),
    ("span", "period: since a founding in <year> to <year>", _RUNNING_TO, _range),
    ("span", "period: <year> to <year>", rf"(?P<y>20[0-9]{{2}}){_TO}(?P<y2>20[0-9]{{2}})年{_NO_MONTHS}", _range),
    ("span", "period: <month> to <month> of <year>", rf"{_Y}{_M}{_DAY}{_TO}{_SINGLE}{_M2}{_DAY}", _range),
    ("span", "period: <n> to <month> of <year>", rf"(?:{_Y})?{_BARE}{_TO}{_SINGLE}{_M2}{_DAY}", _range),
    ("span", "period: the <n> years since <year>", _YEARS_SINCE, _years_since),
    ("since", "period: since a known beginning", _BEGINNING, _known_beginning),
    ("span", "period: first <n> months of <year>", rf"(?:{_Y})?前(?P<n>{_COUNT})个月", _first_months),
    ("span", "period: <part> of <year>", rf"(?:{_Y})?{_PART_WORD}", _part),
    ("until", "period: until <month> of <year>", rf"(?:截至|截止到?|到)(?:{_Y})(?:{_M})?{_DAY}", _until),
    ("until", "period: until <month>", rf"{_UP_TO}{_NO_SUCH_YEAR}{_M}{_DAY}", _until),
    ("until", "period: until the year's end", rf"截至年底{_NO_SUCH_YEAR}{_NO_MONTH}", _until),
    ("since", "period: from <month> of <year>", rf"(?:自|从)(?:{_Y})?{_M}{_D}", _since),
    ("since", "period: from <year>", rf"(?:自|从){_Y}{_NO_MONTH}", _since),
    ("since", "period: since <month> of <year>", rf"{_Y}(?:{_M}{_D})?{_LATER}", _since),
    ("since", "period: since <month>", rf"{_NO_YEAR}{_M}{_D}(?=[^，。；\n]{{0,10}}(?:以来|至今))", _since),
    ("span", "period: the <n> years of a campaign", _OVER, _campaign_over),
    ("span", "period: the whole report's", r"全年|年内|本年度", _whole),
    ("span", "period: the <n>th five-year plan", _PLAN, _five_year_plan),
    ("year", "period: the same time last year", r"[去上]年(?:的)?同期", _same_time_last_year),
    ("year", "period: the same time of <year>", r"(?P<s>(?:19|20)[0-9]{2})年的?同期", _same_time_of),
    ("event", "period: in <month> of <year>", rf"{_Y}{_M}{_D}", _event),
    ("span", "period: in the month of <month>", rf"{_NO_YEAR}{_IN_MONTH}", _event),
    ("event", "period: in <month>", rf"{_NO_YEAR}(?P<m>1[0-2]|0?[1-9])月(?![0-9以起开前中底初])", _event),
    ("event", "period: on a day of <month>", rf"{_NO_YEAR}(?P<m>1[0-2]|0?[1-9])月[0-3]?[0-9]日", _on_day),
    ("event", "period: at a meeting of <year>", rf"{_Y}{_AT_MEETING}", _year),
    ("year", "period: in <year>", rf"{_Y}(?:全年)?", _year),
)  # fmt: skip


class Reading(NamedTuple):
    """A rule with the part that it reads, and its groups that may hold a year written out."""

    part: Part
    rule: Rule[Interval]
    years: tuple[str, ...]

    def stated(self, match: re.Match[str]) -> tuple[int, ...]:
        """The years that an expression writes out, or that a five-year plan ends with."""
        if self.rule.produce is _five_year_plan:
            span = _five_year_plan(match, Clock())
            return (span.hi[0],) if span else ()
        return tuple([year for group in self.years if (year := _year_of(match[group]))])


def _reading(part: Part, name: str, pattern: str, produce: Production) -> Reading:
    rule = Rule(name, re.compile(pattern), produce)
    return Reading(part, rule, tuple(group for group in ("y", "y2") if group in rule.pattern.groupindex))


RULES: tuple[Reading, ...] = tuple(_reading(*entry) for entry in TABLE)

# Which of them fits first at a place, told by the number of the empty group that ends it.
FIRST_FIT = re.compile("|".join(f"(?:{re.sub('[?]P<[a-z0-9]+>', '?:', pattern)})()" for _, _, pattern, _ in TABLE))

# What none of them lacks, and where any of them can begin.
_LATELY = "(?:召开|开展|部署)?以来"
ANCHOR = re.compile(
    "年(?<=[0-9〇零一二三四五六七八九十两半全今去前上同当本至]年)|年内|月|季度|首季|五”?(?:规划)?(?:时期|期间)"
    f"|大{_LATELY}|争{_LATELY}"
)
_FIRST = "0-9自从截到二今去前上下同当本第首过最近这一三四五六七八九十两全年党扫“"  # an expression's first character
_BEGINNINGS_OF_ANY = (
    r"(?:(?:自|从|截至|截止到?|到)?(?:(?:19|20)[0-9]{2}(?:年|[上下]半年|前三|[至到~—─―-]{1,2}20[0-9]{2}年)|二[〇零0][〇零0一二三四五六七八九]{2}年"
    r"|[今去前上同当本]年|(?<![0-9.])1?[0-9](?:月|[至到~—─―-]{1,2}1?[0-9]月))"
    r"|前[0-9一二两三四五六七八九十]{1,2}个月|[上下]半年|前三个?季度|第?[一二三四]季度|首季"
    r"|(?:过去的?|最?近|这)?[1-9一二两三四五六七八九十]{1,2}年|全年|年内|本年度|(?:党的)?(?:十[八九]大|二十大)(?:召开)?以来"
    r"|扫黑除恶专项斗争|截至年底|“?十[一二三四五]五)"
)
TRIGGER = re.compile(f"[{_FIRST}](?<=(?={_BEGINNINGS_OF_ANY}).)")  # seen from behind: a search skips to such characters
