"""Zones: where a passage only plans, criticises itself, explains words or is page furniture.

Figures and highlights do not count there, except results told inside a glossary entry. A heading puts its whole part in
a zone; without one, the opening of a paragraph or sentence does.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from importlib.resources import files

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.records import Record
from shushuo_extract.engine.types import Heading, Zone

from . import inward
from .markers import MARKER
from .paragraphs import Paragraph

_OPENING = 90
_LEAD = 24


def _followed(words: list[str]) -> str:
    """An alternation of words; after ``!`` stands what may not follow."""
    parted = (word.partition("!") for word in words)
    return "|".join(f"{word}(?!{barred})" if barred else word for word, _, barred in parted)


_TERMS = tomllib.loads(files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))
_PLAN = {key: any_of(words) for key, words in _TERMS["plan"].items()}
_YEAR = r"(?:20[0-9]{2}|二〇[一二三四][〇一二三四五六七八九])年"
_WILL_DO = _followed(_TERMS["plan"]["will"])
WILL = rf"将(?={_WILL_DO})(?![^，。；]{{2,40}}{_PLAN['object_marks']})"
_MUST = rf"(?<![需主重必只纪摘概首])要(?={_WILL_DO})"

_TITLES: tuple[tuple[Zone, re.Pattern[str]], ...] = (
    (
        "glossary",
        re.compile(
            rf"{any_of(_TERMS['glossary']['words'])}.{{0,6}}{any_of(_TERMS['glossary']['explained'])}|^附?注释?$"
        ),
    ),
    (
        "plan",
        re.compile(
            rf"^.{{0,8}}{_PLAN['title_times']}.{{0,14}}{_PLAN['title_things']}|^.{{0,6}}(?:今后|下一步|未来)$"
            rf"|(?:今年|{_YEAR}).{{0,12}}{_PLAN['title_plans']}|{_YEAR}(?:及|和)今后"
            rf"|工作{_PLAN['title_plans']}$|20[0-9]{{2}}年?[^。；]{{0,8}}{_PLAN['title_slogans']}|^展望|{_PLAN['titles']}$"
            rf"|^[【（]?(?:今年|下半年|{_PLAN['title_times']})[^。；，]{{0,6}}{_PLAN['title_questions']}"
        ),
    ),
    ("criticism", inward.TITLE),
)
_TITLE_SIGN = re.compile(
    any_of(
        word
        for words in (
            *(
                _TERMS["plan"][key]
                for key in ("title_times", "title_plans", "title_slogans", "title_questions", "titles")
            ),
            *(inward.TITLE_SIGNS, _TERMS["glossary"]["words"], ["今后", "下一步", "未来", "注"]),
        )
        for word in words
    )
)
_LOOKS_BACK = re.compile(_PLAN["title_past"])
_CLOSES_PLAN = re.compile(rf"^附[件录表图注：]|相关图表|名词|用语|法院|检察院|{_PLAN['title_past']}")
_SAYS = (
    r"(?:[^，。；：“”]{2,28}(?:表示|介绍|透露|说)(?:，|：?“)|据[^，。；]{1,10}，"
    r"|(?:报告|会议|白皮书)(?:还|同时)?(?:提出|明确|部署)，)"
)
_ASIDE = r"(?:【[^】]{1,20}】|[“—]{1,2}|[一-龥]{1,8}：)?"
_COURTS = (
    rf"(?:(?!{_PLAN['past']})[^，。；“”将]){{0,14}}?(?:法院|检察院|检察机关|我院|本院|该院|全院|中院|分院)(?:系统)?"
)
_COMING = rf"(?:今年|下半年|{_PLAN['times']})(?!以来)"
_PLAN_OPENING = re.compile(
    rf"{_ASIDE}(?:{_SAYS}{WILL}|{_SAYS}?(?:"
    rf"(?:到?{_YEAR}|{_PLAN['present']})(?:(?!{_PLAN['reported']})[^。；]){{0,40}}?(?:{WILL}|力争(?!上游))"
    rf"|(?:{_YEAR}|{_PLAN['present']})，?[^。；，]{{0,12}}(?:{_followed(_TERMS['plan']['planned'])})"
    r"|(?:力争(?!上游)|争取)(?=全年|年内|年底|实现|达到|再|明年)"
    rf"|{_PLAN['times']}(?:(?!{_PLAN['reported']})[^。；]){{0,40}}?(?:{WILL}|{_PLAN['intentions']})"
    rf"|(?:{_YEAR}|{_PLAN['present']}|{_PLAN['times']})[^。；，]{{0,4}}，[^。；]{{0,16}}{_PLAN['aims']}[为是：]"
    rf"|(?:{_YEAR}|{_PLAN['present']}|{_PLAN['times']})[^。；，]{{0,4}}，?(?:{_COURTS}|我们)?{_MUST}"
    rf"|(?:还|并|同时)?(?:{_followed(_TERMS['plan']['planned'])})(?=[^，。；0-9]{{2,16}}[0-9])"
    rf"|我们{WILL}|{_COURTS}{WILL}"
    rf"|(?:对于?|{_PLAN['turns_to']}){_COMING}[^，。；]{{0,10}}，"
    rf"|(?:报告|会议)[^，。；]{{0,6}}(?:部署|安排|明确)了?{_COMING}的?[^，。；]{{0,8}}{_PLAN['title_things']}))"
)
_AHEAD = (
    *("将", "力争", "争取"),
    *(f"要{word.partition('!')[0]}" for word in _TERMS["plan"]["will"]),
    *_TERMS["plan"]["times"],
    *(
        turn + when
        for turn in ("对", "于", "到", "及", "起", "署", "署了", "排", "排了", "确", "确了")
        for when in ("今年", "下半年")
    ),
    *_TERMS["plan"]["aims"],
    *(word.partition("!")[0] for word in _TERMS["plan"]["planned"]),
)
_SIGN = re.compile(any_of((*inward.SIGNS, *_AHEAD)))
_AHEAD_OPENINGS, _INWARD_OPENINGS = (frozenset(word[0] for word in words) for words in (_AHEAD, inward.SIGNS))
_FURNITURE = re.compile(
    rf"[□◇]?(?:本报|本刊|全媒体)?{any_of(_TERMS['furniture']['credits'])}[ ：][^。，]{{0,50}}$|□[^。]{{0,40}}$"
    rf"|{any_of(_TERMS['furniture']['page'])}[ ：（0-9].{{0,80}}$"
    r"|-?[ ]?(?:第[ ]?)?[0-9]{1,3}(?:[ ]?页)?[ ]?-?$|第[ ]?[0-9]{1,3}[ ]?[页版].{0,20}$|[①-⑳]$"
)
_FURNITURE_OPENINGS = frozenset("□◇本全-第0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳").union(
    word[0] for words in _TERMS["furniture"].values() for word in words
)
_TOLD = re.compile(rf"{_PLAN['told']}|共(?:受理|办|审|新收|收|接)|已(?!有)")
_CLAUSE_MARK = re.compile("[，。；]")
_BEHIND = ("去年", "过去一年", "过去的一年", "一年来")
_LIST_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}是|（?[一二三四五六七八九十]{1,2}）")


class Stretch(Record, frozen=True):
    """Where a part of a text in one zone begins, up to the next; ``turns`` where a sentence of it may be in another."""

    start: int
    zone: Zone
    turns: bool


class Zones:
    """The zones of the passages of a text.

    Where a word stands without which no opening looks ahead, or none inward, is found for the whole text at once.
    """

    def __init__(self, view: str, headings: tuple[Heading, ...], paragraphs: list[Paragraph]) -> None:
        self._view, self._titled, self._paragraphs = view, _titled(headings), paragraphs
        signs = [match.start() for match in _SIGN.finditer(view)]
        self._ahead = [*(at for at in signs if view[at] in _AHEAD_OPENINGS), len(view)]
        self._inward = [*(at for at in signs if view[at] in _INWARD_OPENINGS), len(view)]
        starts = [p.start for p in paragraphs]
        self._turning = {starts[bisect_right(starts, at) - 1] for at in signs}  # the paragraphs with such a word

    def stretches(self) -> list[Stretch]:
        """The text by the zones of its paragraphs; those of one zone that no sentence turns from go together."""
        found: list[Stretch] = []
        going_on: Zone | None = None
        for p, zone in zip(self._paragraphs, self._of_paragraphs(), strict=True):
            turns = p.start in self._turning if zone == "body" else zone == "plan"
            if turns or zone != going_on:
                found.append(Stretch(p.start, zone, turns))
            going_on = None if turns else zone
        return found

    def _of_paragraphs(self) -> list[Zone]:
        """The zone of each paragraph."""
        zones: list[Zone] = []
        at, open_until, open_zone, led_zone = 0, 0, None, None
        for p in self._paragraphs:
            if p.head == p.end:
                led_zone = None
            elif _is_lead(self._view, p):
                led_zone = title_zone(self._view[p.start : p.end - 1])
            while at < len(self._titled) and self._titled[at][0] <= p.start:
                open_until, open_zone = self._titled[at][1:]
                at += 1
            covered = open_zone if p.start < open_until else None
            zones.append(covered or led_zone or self._opened(p, zones[-1] if zones else "body"))
        return zones

    def of_sentence(self, start: int, end: int, paragraph: Zone) -> Zone:
        """The zone of a sentence: its paragraph's, unless the sentence itself turns to plans or self-criticism."""
        if paragraph == "body":
            return self._ahead_or_inward(start, end) or "body"
        told = paragraph == "plan" and (
            self._view.startswith(_BEHIND, start) or _is_told(self._view, start, min(end, start + _OPENING))
        )
        return "body" if told else paragraph

    def _opened(self, p: Paragraph, before: Zone) -> Zone:
        """The zone that the opening words of a paragraph put it in; a list goes on with the zone before it."""
        may_be_furniture = p.end - p.start <= 120 and self._view[p.start] in _FURNITURE_OPENINGS
        if may_be_furniture and _FURNITURE.match(self._view, p.start, p.end):
            return "furniture"
        colon = self._view.find("：", p.start, p.start + _LEAD)
        zone = self._announced(p, colon) if 0 < colon < p.end else None
        if zone is None and p.start in self._turning:
            zone = self._ahead_or_inward(p.start, p.end)
        if zone is None and before in {"plan", "criticism"} and _LIST_ITEM.match(self._view, p.start, p.end):
            return before
        return zone or "body"

    def _announced(self, p: Paragraph, colon: int) -> Zone | None:
        """The zone that a few words before a ``colon`` put a paragraph in (2025年工作安排：…; 存在的问题：…)."""
        title = self._view[p.start : colon]
        zone = title_zone(title) if title and not _CLAUSE_MARK.search(title) else None
        told = zone == "plan" and _is_told(self._view, p.start, min(p.end, p.start + _OPENING))
        return zone if zone in {"plan", "criticism"} and not told else None

    def _ahead_or_inward(self, start: int, end: int) -> Zone | None:
        """The zone that the opening words of a passage put it in."""
        limit = min(end, start + _OPENING)
        if _has_one(self._inward, start, limit) and inward.OPENING.match(self._view, start, limit):
            return "criticism"
        may_plan = _has_one(self._ahead, start, limit) and _PLAN_OPENING.match(self._view, start, limit)
        return "plan" if may_plan and not _is_told(self._view, start, limit) else None


def _has_one(signs: list[int], start: int, end: int) -> bool:
    """Whether one of the signs, in order, stands in a passage."""
    return signs[bisect_left(signs, start)] < end


def title_zone(title: str) -> Zone | None:
    """The zone that a heading opens, if any."""
    if not _TITLE_SIGN.search(title):
        return None
    zone = next((zone for zone, pattern in _TITLES if pattern.search(title)), None)
    return None if zone == "plan" and _LOOKS_BACK.search(title) else zone


def _is_lead(view: str, p: Paragraph) -> bool:
    """Whether a line only announces what follows, as a heading does: 2010年工作安排："""
    return (
        p.end - p.start <= _LEAD and view[p.end - 1] == "：" and not re.search("[，。；0-9]", view[p.start + 5 : p.end])
    )


def _titled(headings: tuple[Heading, ...]) -> list[tuple[int, int, Zone | None]]:
    """Where headings open and close a zone, in order; a heading without one, inside the part, changes nothing."""
    opened = [(heading, zone) for heading in headings if (zone := title_zone(heading.title))]
    ends = _plan_ends(headings) if any(zone == "plan" for _, zone in opened) else {}
    return [(one.start, ends[one] if zone == "plan" else one.until, zone) for one, zone in opened]


def _plan_ends(headings: tuple[Heading, ...]) -> dict[Heading, int]:
    """Where the zone of each ends if it is of plans: it goes on over bare lines (a slogan) up to a marked heading."""
    ends: dict[Heading, int] = {}
    closing: dict[int, int] = {}  # of each level, where the next heading begins that ends plans
    for heading in reversed(headings):
        ahead = [start for level, start in closing.items() if level <= heading.level]
        ends[heading] = min(ahead) if ahead else max(heading.until, headings[-1].until)
        if MARKER.match(heading.title) or _CLOSES_PLAN.search(heading.title):
            closing[heading.level] = heading.start
    return ends


def _is_told(view: str, start: int, end: int) -> bool:
    """Whether the words tell of the past after all."""
    return _TOLD.search(view, start, end) is not None
