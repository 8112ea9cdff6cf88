"""The day a report was told or published: of its session, a stamp, a dateline, an opening, or a signature's date."""

import re

from shushuo_extract.rules import regions

Day = tuple[int | None, int, int]  # the year None and the day 0 where the text leaves them out
Lines = tuple[tuple[int, str], ...]

HEAD = 2400
_FOOT = 120
_PROSE_LENGTH = 60
_OPENING_REACH = 200

_DIGITS = "〇一二三四五六七八九"
_ZEROS = str.maketrans("零0○Ｏ", "〇〇〇〇")
_MD = r"(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12][0-9]|0?[1-9])日"
_ONES = "[一二三四五六七八九]"
_MD_SPELLED = rf"(?P<hm>十[一二]?|{_ONES})月(?P<hd>[二三]?十{_ONES}?|{_ONES})日"
_SPELLED = rf"(?P<hy>二[〇零0○][〇零0○一二三四五六七八九]{{2}})年{_MD_SPELLED}"
DATE = r"(?P<y>20[0-9]{2})[年./-](?P<m>1[0-2]|0?[1-9])[月./-](?P<d>3[01]|[12][0-9]|0?[1-9])(?:日|(?![0-9日]))"
ANY_DATE = rf"(?:{DATE}|{_SPELLED})"
MONTH = r"(?P<my>20[0-9]{2})年(?P<mm>1[0-2]|0?[1-9])月(?:份)?"
CLOCK = r"[ 0-9:：]{0,24}"
SENT_FROM = f"(?P<province>{'|'.join(regions.short_name(one.name) for one in regions.provinces())})"
_LABEL = re.compile(
    r"(?:(?:发布|发表|更新)?(?:时间|日期)|(?:发布|发表|刊发|刊载|原载)于|来源[^\n]{0,20}?)[：: ]{0,3}\Z"
)
_SOURCED = re.compile(rf"{CLOCK}来源")
_CLOCKED = re.compile(r" {0,3}[0-2]?[0-9]：[0-5][0-9]| {0,4}星期[一二三四五六日天]")
_BYLINE = re.compile(rf"(?:\n|报告) *{DATE} {{0,4}}[^\n。，0-9]{{2,20}}?(?:院长|检察长)(?=[ ：])")
_AFTER_DAY = rf"(?:{SENT_FROM}|（?第?[0-9]{{1,3}}版(?:[ ：）][^\n。，]{{0,16}})?)?"
_LONE = re.compile(
    rf"\n—{{0,2}}[^\n。，—]{{0,28}}?[ （【\[]*(?<![至到~-]){ANY_DATE}{CLOCK}[ ）】\]]*{_AFTER_DAY}(?=\n|\Z)"
)
_OPENS_BRACKETED = re.compile(rf"\n *（(?:{ANY_DATE}|{MONTH})）")
_ENDS_BRACKETED = re.compile(rf"（(?:{ANY_DATE}|{MONTH})）(?=\n|\Z)")
_ENDS = re.compile(rf"(?<![自从于至到在由、，和年截—-]){ANY_DATE} {{0,4}}(?=[）《]|\n|\Z|星期|（?第?[0-9]{{1,3}}版)")
_CREDITED = re.compile(rf"(?<=，){ANY_DATE} {{0,4}}）(?=\n|\Z)")  # （受访人：某厅厅长，2022年1月20日）
_FILED = r"日(?:电|讯|消息|报道)"
_DATELINE = re.compile(_MD.removesuffix("日") + _FILED)
_LONE_MONTH = re.compile(rf"\n—{{0,2}}[^\n。，—]{{0,16}}?[ （]*{MONTH}[ ）]*(?=\n|\Z)")
_ANY_FILED = re.compile(_FILED)
_AGENCY = re.compile(r"(?:本报|[网社报台])[^，。\n]{0,12}\Z|据[^，。\n]{2,12}\Z")
_YMD = rf"(?:(?P<y>20[0-9]{{2}})年)?{_MD}"
_TODAY = re.compile(rf"（(?:(?<=[今昨前][天日]（)|(?<=[今昨][天日][上下]午（)){_YMD}）")
_LEARNT = "获悉|了解到|得知|采访"
_NEWS = rf"(?:会议|大会|全会|发布|通报|召开|举行|闭幕|开幕|调研|{_LEARNT})"
_HOUR = "(?:上午|下午|晚|[上下晚]?[0-9]{1,2}时许?)?"
_FEAST = (
    r"(?:，?[^，。\n0-9]{2,14}[日节](?:前夕|前一[天日]|前[夜日]|当天|当日|来临之际|到来之际|之际)?)?"  # 6月26日禁毒日
)
_OPENING_DAY = re.compile(rf"(?<=[\n。讯息）　 ：]){_YMD}{_HOUR}，(?=[^。\n]{{0,80}}{_NEWS})")
_TELLS = "对外|集中|联合|首次|正式|向社会|向媒体"
_ON_THE_DAY = re.compile(
    rf"(?<=[\n。？！讯息）　 ，”：]){_YMD}{_HOUR}{_FEAST}，"
    rf"(?=[^，。\n]{{0,24}}(?:法院|检察院|高院|中院|最高检|最高法)(?:{_TELLS})?(?:召开|举行|发布|通报|公布))"
)
_HOLDS = re.compile(
    rf"(?:(?:法院|检察院|最高法|最高检|司法部|公安部|研究院)于?|(?<=[\n。]在)){_YMD}{_HOUR}(?:在[^，。\n]{{2,12}})?"
    r"(?:召开|举行|发布|通报|公布)"
)
_FEAST_DAY = re.compile(rf"(?<=[\n。]){_YMD}是[^，。\n]{{2,24}}[日节周][，。](?=[^\n]{{0,40}}(?:今天|今日|当天|当日))")
_PRESS = re.compile("发布会|通气会|通报会|白皮书")
_REPORTED = re.compile(rf"(?:记者|本报|本网)于?{_YMD}{_HOUR}(?:从|在)[^，。\n]{{2,30}}?(?:{_LEARNT})")
_FULL_DATE = re.compile(DATE)
_YEAR_AND_MONTH = re.compile(r"20[0-9]{2}[年./-][01]?[0-9][月./-]")
_SPELLED_YEAR = re.compile(r"二[〇零0○]")
_DAY_OF_MONTH = re.compile(r"月[0-9]{1,2}日")
_IN_TIME = frozenset("自从于至到由、—-")  # a day after or before one of these is the end of an interval
_ONWARDS = frozenset("起至到以—~-")


def day(match: re.Match[str]) -> Day:
    """The day of a match of one of the patterns here, written in figures or spelled out."""
    given = {name: value for name, value in match.groupdict().items() if value}
    if "hy" in given:
        year = int("".join(str(_DIGITS.index(char)) for char in given["hy"].translate(_ZEROS)))
        return year, _spelled(given["hm"]), _spelled(given["hd"])
    if "my" in given:
        return int(given["my"]), int(given["mm"]), 0
    return (int(given["y"]) if "y" in given else None), int(given["m"]), int(given["d"])


def _spelled(words: str) -> int:
    """二十一 is 21."""
    tens, ten, ones = words.rpartition("十")
    return (_DIGITS.index(tens or "一") * 10 if ten else 0) + (_DIGITS.index(ones) if ones else 0)


def dated(view: str, start: int, end: int) -> str:
    """That part of a report after a line break, where it has a day or month with its year; nothing where it has none.

    Two searches, each of words that begin alike, cost a sixth of one for both.
    """
    has_one = _YEAR_AND_MONTH.search(view, start, end) or _SPELLED_YEAR.search(view, start, end)
    return "\n" + view[start:end] if has_one else ""


def told(view: str, head: str, lines: Lines, session: re.Match[str] | None) -> Day | None:
    """The day of the session, else of a stamp, a dateline, the day the first paragraph opens with, or a signature.

    ``head`` is the ``dated`` head of the view.
    """
    foot = dated(view, max(0, len(view) - _FOOT), len(view))
    match = (
        session
        or _stamp(head)
        or _LONE.search(head)
        or _BYLINE.search(head)
        or _without_year(view, head, lines)
        or _LONE.search(foot)
        or _ENDS_BRACKETED.search(head)
        or _ENDS_BRACKETED.search(foot)
        or _ENDS.search(foot)
        or _CREDITED.search(foot)
        or _LONE_MONTH.search(head)
        or _LONE_MONTH.search(foot)
        or (_ON_THE_DAY.search(view, 0, HEAD) if _tells_press(view) else None)
    )
    return _dated(day(match), view) if match else None


def _tells_press(view: str) -> bool:
    """Whether the head has a day and tells of a press conference."""
    return _DAY_OF_MONTH.search(view, 0, HEAD) is not None and _PRESS.search(view, 0, HEAD) is not None


def _without_year(view: str, head: str, lines: Lines) -> re.Match[str] | None:
    """The day in an agency's dateline, in brackets, or of what the first paragraph opens with."""
    opening = _opening(view, lines)
    opening = opening if _DAY_OF_MONTH.search(opening) else ""
    return (
        _dateline(view)
        or _TODAY.search(view, 0, HEAD)
        or _OPENS_BRACKETED.search(head)
        or _OPENING_DAY.search(opening)
        or _ON_THE_DAY.search(opening)
        or _HOLDS.search(opening)
        or _REPORTED.search(opening)
        or _FEAST_DAY.search(opening)
    )


def _opening(view: str, lines: Lines) -> str:
    """The beginning of the first paragraph of prose, a line break before it."""
    prose = next((at for at, line in lines if len(line) > _PROSE_LENGTH or "。" in line), None)
    return "\n" + view[prose : prose + _OPENING_REACH] if prose is not None else ""


def _stamp(head: str) -> re.Match[str] | None:
    """The day that a label calls the publication's, else the first with a clock time or a weekday."""
    days = [one for one in _FULL_DATE.finditer(head) if head[one.end() : one.end() + 1] not in _ONWARDS]
    for one in days:
        if _LABEL.search(head, max(0, one.start() - 30), one.start()) or _sources(head, one):
            return one
    return next((one for one in days if _CLOCKED.match(head, one.end())), None)


def _sources(head: str, found: re.Match[str]) -> bool:
    """Whether a line begins with the day and goes on with its source."""
    opens = head[max(0, head.rfind("\n", 0, found.start())) : found.start()].strip() == ""
    return opens and _SOURCED.match(head, found.end()) is not None


def _dateline(view: str) -> re.Match[str] | None:
    """The day in an agency's dateline (本报北京5月14日电)."""
    filed = _ANY_FILED.search(view, 0, HEAD)  # the day alone is slow to look for
    match = _DATELINE.search(view, 0, HEAD) if filed else None
    return match if match and _AGENCY.search(view, max(0, match.start() - 16), match.start()) else None


def _dated(told_on: Day, view: str) -> Day:
    """The day with the year that a stamp of the same day at the head or foot gives, where it has none itself."""
    if told_on[0]:
        return told_on
    found = (match for text in (view[:HEAD], view[-_FOOT:]) for match in _FULL_DATE.finditer(text) if _stamps(match))
    return next((stamp for one in found if (stamp := day(one))[1:] == told_on[1:]), told_on)


def _stamps(found: re.Match[str]) -> bool:
    """Whether a date stands for itself, and ends no interval."""
    text, (start, end) = found.string, found.span()
    return text[max(0, start - 1) : start] not in _IN_TIME and text[end : end + 1] not in _ONWARDS
