"""What the head of a report says outright: its title, the session it was given to and when, and by whom."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from shushuo_extract.rules.meta import title as headlines

HEAD = 2400
_PROSE_LENGTH = 60
_OPENING_REACH = 200
_FOOT = 80

Day = tuple[int | None, int, int]  # the year None and the day 0 where the text leaves them out


@cache
def terms() -> dict[str, Any]:
    """The family's vocabulary."""
    return tomllib.loads(resources.files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Head:
    """``told`` is the day of the report or session, its year None where the text leaves it out."""

    lines: tuple[tuple[int, str], ...]
    title: str | None = None
    meeting: str | None = None
    told: Day | None = None


_DAY = r"(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12][0-9]|0?[1-9])日"
_DATE = r"(?P<y>20[0-9]{2})[年./-](?P<m>1[0-2]|0?[1-9])[月./-](?P<d>3[01]|[12][0-9]|0?[1-9])日?"
_LINE_DATE = _DATE.replace("?P<", "?P<line_")
_CLOCK = r"[ 0-9:：]{0,24}"
_HANZI_NUMBER = r"[一二三四五六七八九十]{1,3}"
_GATHERING = r"(?:会议|大会|全会|全体会议))(?=上|[ \n]|举行|）|，)"

_SESSION = re.compile(rf"{_DATE}[ \n]{{0,4}}(?:下午|上午)?(?:，)?在[ \n]*(?P<meeting>[^。；，]{{2,60}}?{_GATHERING}")
_SESSION_MONTH = re.compile(
    rf"(?P<y>20[0-9]{{2}})年(?:1[0-2]|0?[1-9])月在[ \n]*(?P<meeting>[^。；，]{{2,60}}?{_GATHERING}"
)
_MEETING = re.compile(rf"届(?:人民代表大会|人大)(?:常务委员会|常委会)?第?{_HANZI_NUMBER}次(?:全体)?会议")
_LABEL = re.compile(r"(?:(?:发布|发表|更新)?(?:时间|日期)|发布于|来源[^\n]{0,20}?)[：: ]{0,3}\Z")
_SOURCED = re.compile(rf"{_CLOCK}来源")
_CLOCKED = re.compile(r" {1,3}[0-2]?[0-9]：[0-5][0-9]| {0,4}星期[一二三四五六日天]")
_BYLINE = re.compile(rf"(?:\n|报告) *{_DATE} {{0,4}}[^\n。，0-9]{{2,20}}?(?:院长|检察长)(?=[ ：])")
_MONTH = re.compile(r"(?:\n *|。)（(?P<y>20[0-9]{2})年(?P<m>1[0-2]|0?[1-9])月）(?=\n|\Z)")
_LONE = re.compile(rf"\n—{{0,2}}[^\n。，—]{{0,16}}?[ （]*{_DATE}{_CLOCK}[ ）]*(?=\n|\Z)")
_TERM = re.compile(rf"[一-龥]{{2,16}}第?{_HANZI_NUMBER}\Z")
_FILED = r"日(?:电|讯|消息|报道)"
_DATELINE = re.compile(_DAY.removesuffix("日") + _FILED)
_ANY_FILED = re.compile(_FILED)
_AGENCY = re.compile(r"(?:本报|[网社报台])[^，。\n]{0,12}\Z")
_TODAY = re.compile(rf"今[天日](?:上午|下午)?（{_DAY}）")
_NEWS = r"(?:会议|大会|全会|发布|通报|召开|举行|闭幕|开幕|获悉|调研)"
_OPENING_DAY = re.compile(
    rf"(?<=[\n。讯）　 ])(?:(?P<y>20[0-9]{{2}})年)?{_DAY}(?:上午|下午)?，(?=[^。\n]{{0,80}}{_NEWS})"
)
_HOLDS = re.compile(
    rf"(?:法院|检察院)(?:(?P<y>20[0-9]{{2}})年)?{_DAY}(?:上午|下午)?(?:在[^，。\n]{{2,12}})?(?:召开|举行|发布|通报|公布)"
)
_FULL_DATE = re.compile(_DATE)


def read(text: str, view: str) -> Head:
    """The head of a report, from its text and its view of the same length."""
    top = view[:HEAD]
    lines = tuple(_lines(top))
    meeting = _SESSION.search(top)
    held = meeting or _SESSION_MONTH.search(top)
    return Head(
        lines,
        headlines.choose(text, lines),
        re.sub(r"\s", "", held["meeting"]) if held else _named_meeting(top),
        _told(view, top, lines, meeting),
    )


def _named_meeting(top: str) -> str | None:
    """A congress session called by its number, with its place."""
    match = _MEETING.search(top)
    before = _TERM.search(top, max(0, match.start() - 20), match.start()) if match else None
    return before.group() + match.group() if match and before else None


def _lines(top: str) -> list[tuple[int, str]]:
    """The non-blank lines of the head with their offsets."""
    found, at = [], 0
    for line in top.split("\n"):
        if line.strip():
            found.append((at + len(line) - len(line.lstrip()), line.strip()))
        at += len(line) + 1
    return found


def _day(match: re.Match[str]) -> Day:
    given = {name.removeprefix("line_"): value for name, value in match.groupdict().items() if value}
    return (int(given["y"]) if "y" in given else None, int(given["m"]), int(given.get("d", 0)))


def _told(view: str, top: str, lines: tuple[tuple[int, str], ...], session: re.Match[str] | None) -> Day | None:
    """The day of the session, else of a stamp, a dateline or the day the first paragraph opens with."""
    for match in (
        session,
        _stamp(top),
        _LONE.search("\n" + top),
        _BYLINE.search("\n" + top),
        _dateline(top),
        _TODAY.search(top),
    ):
        if match:
            return _dated(_day(match), view)
    prose = next((at for at, line in lines if len(line) > _PROSE_LENGTH or "。" in line), None)
    opening = "\n" + view[prose : prose + _OPENING_REACH] if prose is not None else ""
    match = _OPENING_DAY.search(opening) or _HOLDS.search(opening)
    if match:
        return _dated(_day(match), view)
    foot = "\n" + view[-_FOOT:]
    tail = _LONE.search(foot) or _MONTH.search("\n" + top) or _MONTH.search(foot)
    return _day(tail) if tail else None


def _stamp(top: str) -> re.Match[str] | None:
    """The day that a label calls the publication's, else the first with a clock time or a weekday."""
    days = list(_FULL_DATE.finditer(top))
    labelled = (day for day in days if _LABEL.search(top, max(0, day.start() - 30), day.start()) or _sources(top, day))
    return next(labelled, None) or next((day for day in days if _CLOCKED.match(top, day.end())), None)


def _sources(top: str, day: re.Match[str]) -> bool:
    """Whether a line begins with the day and goes on with its source."""
    opens = top[max(0, top.rfind("\n", 0, day.start())) : day.start()].strip() == ""
    return opens and _SOURCED.match(top, day.end()) is not None


def _dateline(top: str) -> re.Match[str] | None:
    """The day in an agency's dateline (本报北京5月14日电)."""
    match = _DATELINE.search(top) if _ANY_FILED.search(top) else None  # the day alone is slow to look for
    return match if match and _AGENCY.search(top, max(0, match.start() - 16), match.start()) else None


def _dated(day: Day, view: str) -> Day:
    """The day with the year that a stamp of the same day at the head or foot gives, where it has none itself."""
    if day[0]:
        return day
    stamps = (_day(match) for text in (view[:HEAD], view[-_FOOT:]) for match in _FULL_DATE.finditer(text))
    return next((stamp for stamp in stamps if stamp[1:] == day[1:]), day)
