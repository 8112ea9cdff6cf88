"""How a placing is said: each rule a pattern of what stands before the position, and what scope it gives."""

import re
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import Any, NamedTuple

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.types import Rule
from shushuo_extract.rules import regions
from shushuo_extract.rules.organs.vocabulary import terms

TERMS: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))


class Place(NamedTuple):
    """A placing: its span, among whom, which (None for 前列 …), where the words of what is ranked end, the contest."""

    start: int
    end: int
    scope: str
    position: int | None
    about: int
    contest: str = ""


_ORDINARY = frozenset(terms()["ordinary_words"])
_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_NUMBER = r"[1-9][0-9]{0,2}(?![0-9])|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_BOUNDARY = r"(?=[，。；、！：）”“ \n0-9的且和并及与]|之一|水平|\Z)"  # 第一批, 最高法院 … are no positions
_NTH = rf"第(?P<nth>{_NUMBER})[名位]?{_BOUNDARY}"
_FIRST = rf"首位|榜首|之首|最[低高优短好快多少佳强小]{_BOUNDARY}"
_OPEN = (
    rf"第[一1](?:方阵|梯队|序列|档)|前列|前茅|前(?:{_NUMBER})[名位强]?{_BOUNDARY}|领先(?:水平|地位|位置)?{_BOUNDARY}"
)
_FIRSTS = "首榜之最"
_VERB = any_of(TERMS["verbs"])
_AREAS = ("片区", "经济区", "都市圈", "城市群", "经济带")
_SCOPE = (
    rf"{any_of(TERMS['belts'])}(?:[0-9]{{1,2}}|[二三四五六七八九十]{{1,2}})省[区市]{{0,2}}|{any_of(TERMS['scopes'])}"
    rf"|[一-龥]{{1,4}}{any_of(_AREAS)}"
)
SCOPED = re.compile(any_of((*TERMS["belts"], *TERMS["scopes"], *_AREAS)))  # is in all that a scope can be
_PLACES = any_of(TERMS["places"])
_CASES = re.compile("纠纷|案件|罪|案由|类型|合同")
_CONTEST = re.compile(any_of(TERMS["contests"]))
_GRADES = ("同级", "同类", "各级", "两级", "三级", "基层", "中级", "中基层", "专门", "一类", "二类", "三类", "所有")
_RANKS_OF_PEERS = f"{any_of(_GRADES)}?(?:人民)?"
_NOT_CONTEST = re.compile(  # whose contest it is, and of when
    rf"{_RANKS_OF_PEERS}(?:法院(?=队伍)|{any_of((*TERMS['kinds'], *TERMS['peers']))})|.*(?:[^一-龥“”]|年度?|的)"
)
_FIELDS = ("海事", "知识产权", "互联网", "金融", "铁路运输", "铁路")
_PEERS = (
    r" {0,8}(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})?[家个]?"
    rf"{_RANKS_OF_PEERS}{any_of(_FIELDS)}?"
    rf"(?:(?P<kind>{any_of(TERMS['kinds'])})|{any_of(TERMS['peers'])})?"
    rf"(?P<contest>{any_of(TERMS['contests'])})?[中里的]? {{0,8}}"
)

# A further position of the same list (分别位居全市第一、第二).
FURTHER = re.compile(rf"[、和及](?P<text>第(?P<nth>{_NUMBER})[名位]?){_BOUNDARY}")

# Every rule is tried before each position. Each branch begins with a literal, for the search.
POSITION = re.compile(f"{_NTH}|{_FIRST}|{_OPEN}")
AHEAD = re.compile(
    rf"(?:领跑|领先于?)(?P<scope>{_SCOPE})(?!第|首|前|[0-9])(?:同级|基层|中级)?{any_of(TERMS['peers'])}?(?=[，。；、！\n]|\Z)"
)


def number(word: str) -> int:
    """The number that Chinese or Arabic numerals up to 99 say."""
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.partition("十")
    return (_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)) if ten else _DIGITS[word]


def position_of(match: re.Match[str]) -> int | None:
    """The position that a match of the position words gives; None for 前列 and the like."""
    if match["nth"]:
        return number(match["nth"])
    return 1 if match.group()[0] in _FIRSTS else None


def contest_of(match: re.Match[str]) -> str:
    """The contest named inside a placing, with what it is one of (在全市法院清积活动考评中位居第二)."""
    found = _CONTEST.search(match.string, match.end("scope"), match.end())
    return _NOT_CONTEST.sub("", match.string[match.end("scope") : found.end()]) if found else ""


def _by_scope(match: re.Match[str]) -> Place:
    """A scope word of the list, and the kind of peers where they are not all that are there (全省县级市)."""
    scope = match["scope"] + (match.groupdict().get("kind") or "")
    return Place(match.start(), match.end(), scope, None, match.start(), contest_of(match))


def _among(match: re.Match[str]) -> Place | None:
    """A scope word before its verb; where a contest is named, too, the placing is only the verb and the position."""
    place = _by_scope(match)
    return place._replace(start=match.start("verb")) if match["contest"] else place


def _by_place(match: re.Match[str]) -> Place | None:
    """A place that the table of divisions knows."""
    found = regions.last_name(match.string, match.start("scope"), match.end("scope"))
    if found is None or match.string[found[0] : match.end("scope")] in _ORDINARY:
        return None
    start = match.start() if found[0] == match.start("scope") else found[0]
    return Place(start, match.end(), match.string[found[0] : match.end("scope")], None, start)


def _by_far_place(match: re.Match[str]) -> Place | None:
    """A place of the table named with the contest (在云溪市检察院考核中名列第三); the placing is what is left."""
    place = _by_place(match)
    if place is None:
        return None
    contest = _NOT_CONTEST.sub("", match["contest"])
    contest = match["contest"] if contest in TERMS["contests"] else contest
    return place._replace(start=match.start("verb"), about=match.start(), contest=contest)


def _by_distance(match: re.Match[str]) -> Place | None:
    """A scope named earlier in the clause (在全市法院考核中排名第二); the placing is the verb and the position."""
    return Place(match.start("verb"), match.end(), match["scope"], None, match.start(), contest_of(match))


def _by_clause_before(match: re.Match[str]) -> Place | None:
    """A scope named in the clause before (在全省考核中，执行工作排名第二); a kind of case is not placed."""
    verb = match.start("verb")
    if _CASES.search(match["named"]):
        return None
    return Place(verb, match.end(), match["scope"], None, verb)


def _rule(name: str, pattern: str, produce: Callable[[re.Match[str]], Place | None]) -> Rule[Place]:
    """A rule whose production gives the placing as far as its position, without that."""
    return Rule(name, re.compile(pattern + r"\Z"), produce, besides=SCOPED if _AMONG in pattern else None)


_LED = rf"(?:{_VERB}) {{0,8}}"
_WON = rf"(?:{_VERB}|荣获|获得|获|取得) {{0,8}}"
_AMONG = rf"(?P<scope>{_SCOPE})"
_AFTER_DIVISION = {  # what peers can begin with: a search for a division stops nowhere else before its end
    *(word[0] for word in (*_GRADES, *_FIELDS, *TERMS["kinds"], *TERMS["peers"], *TERMS["contests"])),
    *" 0123456789一二三四五六七八九十家个人中里的地",
}
_DIVISION = rf"(?P<scope>[一-龥]{{2,8}}?)(?=[{''.join(sorted(_AFTER_DIVISION))}]|\Z)(?:地区)?"

RULES: tuple[Rule[Place], ...] = (
    _rule("rank: <verb> <scope> <peers> <position>", rf"(?:{_LED})?{_AMONG}{_PEERS}", _by_scope),
    _rule("rank: <scope> <peers> <verb> <position>", rf"在?{_AMONG}{_PEERS}(?P<verb>{_WON})", _among),
    _rule(
        "rank: <scope> <contest> <verb> <position>",
        rf"在?{_AMONG}[^，。；\n]{{0,16}}?(?:考核|[考测]评)中?(?:再次)?(?:荣获|获得|获|取得)",
        _by_scope,
    ),
    _rule("rank: <verb> <division> <peers> <position>", rf"{_LED}{_DIVISION}{_PEERS}", _by_place),
    _rule("rank: <division> <peers> <position>", rf"{_DIVISION}{_PEERS}", _by_place),
    _rule(
        "rank: <scope> … <verb> <position>",
        rf"在?{_AMONG}[^，。；\n]{{1,30}}?[，]?(?P<verb>{_VERB}) {{0,8}}",
        _by_distance,
    ),
    _rule(
        "rank: <division> <contest> <verb> <position>",
        rf"在{_DIVISION}(?P<contest>{_RANKS_OF_PEERS}{any_of(TERMS['peers'])}[^，。；\n]{{0,16}}?{any_of(TERMS['contests'])})"
        rf"[中里]?[^，。；\n]{{0,6}}?(?P<verb>{_VERB}) {{0,8}}",
        _by_far_place,
    ),
    _rule(
        "rank: <scope> …, <measure> <verb> <position>",
        rf"{_AMONG}[^，。；\n]{{0,30}}，(?P<named>[^，。；\n]{{2,16}}?)(?P<verb>{_PLACES}) {{0,8}}",
        _by_clause_before,
    ),
)


def _ahead(match: re.Match[str]) -> Place | None:
    """领跑全省: first or among the first, which the words leave open."""
    return Place(match.start(), match.end(), match["scope"], None, match.start())


LEADING = Rule("rank: ahead of <scope>", AHEAD, _ahead)
