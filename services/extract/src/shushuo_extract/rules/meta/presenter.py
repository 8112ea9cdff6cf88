"""Who gave the report: the president or chief prosecutor named as giving it, or telling it to the press."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from shushuo_extract.rules.meta.head import terms
from shushuo_extract.rules.meta.told import HEAD

_TITLE_END = re.compile("长(?:(?<=院长)|(?<=检察长))")  # found ten times faster than by its two beginnings
_SPEAKER_END = re.compile(
    "(?:长(?<=[庭局厅]长)|任(?<=主任))(?:(?<=[厅庭院]..)|(?<=[厅庭院]副..)|(?<=执行局..)|(?<=执行局副..)|(?<=检察部..)"
    "|(?<=办公室..)|(?<=研究室..)|(?<=[公究]室副..)|(?<=[管督研]办..)|(?<=[管督研]办副..))|员(?<=专职委员)|部(?:副部)?长(?<=部长)|人(?:(?<=新闻发言人)|(?<=[庭厅局部室]负责人))"
)  # 刑事审判庭庭长, 执行局副局长, 办公室主任, 司法部副部长
_OF_MINISTRY = re.compile("[法安政育障村境源利理务输游设]部(?:副?部)?长\\Z")
_GIVES_DATA = re.compile("(?:发布|公布|通报)[^，。；\n]{0,24}数据")
_OWN_MEETING = "(?:院长|检察长|法院工作|检察工作)(?:会议|座谈会)"
_HOLDS = ("召开", "举行")
_HELD = re.compile(rf"{_OWN_MEETING}[^，。；\n]{{0,16}}(?:召开|举行)|(?:召开|举行)[^，。；\n]{{0,16}}{_OWN_MEETING}")
_OPENING = 300
_UNNAMED = re.compile("(?:在会上)?(?:说|表示|介绍|指出|坦言|透露)")
_LATE = 6000
_DAY = r"(?:(?:[0-9]{1,2}月)?[0-9]{1,2}日)?(?:上午|下午)?"
_AT = r"在[^。；\n]{2,50}(?:会议|大会|会)?上?(?:作|做|报告|代表)"
_TO = r"向[^。；，\n]{2,24}(?:会议?|大会)(?:作|做|报告)"
_ON = r"关于[^。，；\n]{2,40}的(?:工作)?报告"  # 听取了院长何某某关于…的报告
_REPORT = r"(?=[^。\n]{0,80}报告)"
_LINE_LEAD = re.compile(r"(?:\A|\n)[^\n。，]{0,44}\Z")
_OFFICE = (
    r"(?:新闻发言人、)?(?:党组(?:副)?书记、|党组成员、|审判委员会委员、|检察委员会委员、){0,2}(?:常务)?(?:副|代|代理)?"
)
_WHOSE = re.compile(rf"(?:该院|[一-龥]{{2,18}}(?:法院|检察院|中院|高院)|最高[法检]){_OFFICE}\Z")
_BARE = re.compile(rf"[，。；\n]据?(?:[省市县区州盟旗](?:高级|中级)?(?:人民)?(?:法院|检察院|高院|中院))?{_OFFICE}\Z")
_ANSWER = re.compile(r"\n *(?:(?=[^\n]{2,4}：)|【)(?P<who>[一-龥]{2,4})[：】]")

_INTRODUCED = "(?:长|主任|发言人) *{who}|{who}(?:副)?(?:检察长|院长|庭长|主任)"


class _Title(NamedTuple):
    """Where a president's or chief prosecutor's title stands."""

    start: int
    end: int


@cache
def _name(gap: str = "") -> str:
    """A person's name; ``gap`` may stand between its characters where a line is set wide."""
    words = terms()
    single = "".join(words["surnames"].split())
    double = "|".join(words["double_surnames"])
    return (
        rf"(?P<name>(?:{double}|[{single}])(?:{gap}[一-龥]){{1,2}}{'' if gap else '?'}|[一-龥]{{2,6}}·[一-龥·]{{2,8}})"
    )


@cache
def _alone() -> re.Pattern[str]:
    """A name that ends the line of the presenter's title."""
    spelled = "[：: ]+(?P<spelled>(?![一-龥]*(?:报告|代表|同志|致辞|讲话|寄语))[一-龥]{4,6})"  # 普布次仁
    return re.compile(rf"(?:[：: ]*{_name(' {0,3}')}|{spelled})[ ）]*(?=\n|\Z|各位代表)")


@cache
def _gives() -> re.Pattern[str]:
    """What follows the title of who gives a report: the name and the giving."""
    return re.compile(rf"{_name()}(?={_giving()}){_REPORT}")


@cache
def _gives_after() -> re.Pattern[str]:
    """What follows the title where the name stands before it (何某某院长所作的报告)."""
    return re.compile(rf"(?={_giving()}){_REPORT}")


@cache
def _giving() -> str:
    return rf"{_DAY}(?:{'|'.join(terms()['gives'])}|{_AT}|{_TO}|{_ON})"


@cache
def _named_before() -> re.Pattern[str]:
    return re.compile(rf"(?<=[，。：\n]){_name()}\Z")


@cache
def _tells() -> re.Pattern[str]:
    verbs = "|".join(terms()["tells"])
    said = rf"(?:在[^。\n]{{0,16}}|(?:出席|向|用|就|以)[^。，\n]{{1,14}})?(?:{verbs})"
    return re.compile(rf"{_name()}(?={said})")


def read(view: str, own: tuple[str, ...]) -> str | None:
    """The presenter's name; ``own`` are the words (最高, 平湖) by which the text calls its own organ."""
    titles = [_title(view, match.end()) for match in _TITLE_END.finditer(view, 0, _LATE)]
    found = next(_lines(view, titles), None) or next(_givers(view, titles), None)
    if not found and _tells_of_meeting(view[:_OPENING]):
        found = next(_tellers(view, [one for one in titles if one.end < _OPENING], own), None)
    if not found and _is_for_press(view[:HEAD]):
        found = next(_tellers(view, titles, own), None) or _speaker(view)
    return found.replace(" ", "") if found else None


def _tells_of_meeting(opening: str) -> bool:
    """Whether a text opens with a meeting that the organs of a place held of their own."""
    return any(word in opening for word in _HOLDS) and _HELD.search(opening) is not None


def _is_for_press(head: str) -> bool:
    """Whether a text whose head is given tells what the press was told or given."""
    told = any(word in head for word in terms()["press"])
    return told or ("数据" in head and _GIVES_DATA.search(head) is not None)


def _title(view: str, end: int) -> _Title:
    """The title that ends at ``end``."""
    return _Title(end - len("院长" if view[end - 2] == "院" else "检察长"), end)


def _speaker(view: str) -> str | None:
    """Who else of the organ tells the press its figures: the head of a division, the spokesman, who answers first."""
    for title in _SPEAKER_END.finditer(view, 0, HEAD):
        if title.group().startswith("部") and not _OF_MINISTRY.search(view, max(0, title.end() - 5), title.end()):
            continue
        match = _tells().match(view, title.end())
        if match:
            return match["name"]
        if title.group() == "人" and _UNNAMED.match(view, title.end()):
            return None  # of several who are quoted none gave it
    answers = (match["who"] for match in _ANSWER.finditer(view, 0, HEAD))
    return next((who for who in answers if re.search(_INTRODUCED.format(who=who), view[:HEAD])), None)


def _lines(view: str, titles: list[_Title]) -> Iterator[str]:
    for title in titles:
        match = _alone().match(view, title.end) if title.end < HEAD else None
        if match and _LINE_LEAD.search(view, max(0, title.start - 46), title.start):
            yield match["name"] or match["spelled"]


def _givers(view: str, titles: list[_Title]) -> Iterator[str]:
    for title in titles:
        after = _gives().match(view, title.end)
        if after:
            yield after["name"]
        elif _gives_after().match(view, title.end):
            before = _named_before().search(view, max(0, title.start - 6), title.start)
            if before:
                yield before["name"]


def _tellers(view: str, titles: list[_Title], own: tuple[str, ...]) -> Iterator[str]:
    for title in titles:
        match = _tells().match(view, title.end)
        if match and _is_own(view, title.start, own):
            yield match["name"]


def _is_own(view: str, title: int, own: tuple[str, ...]) -> bool:
    """Whether a title is of the text's own organ: by its name or role, or bare (X法院召开发布会，院长…)."""
    if _BARE.search(view, max(0, title - 28), title):
        return True
    whose = _WHOSE.search(view, max(0, title - 28), title)
    return whose is not None and any(word in whose.group() for word in (*own, "该院"))
