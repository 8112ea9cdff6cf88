"""Cases told by their ending: what a named court or procuratorate, or its judge, did in one, and what came."""

import re

from shushuo_extract.engine.types import Rule

from .cues import Cue, rule
from .vocabulary import words

_REACH, _LONGEST_OPENER = 260, 30
_STOPS = re.compile("[；。：]")
_SPEAKS = re.compile(
    rf"[^，]{{0,16}}?{words('ending', 'speaks')}|[^，]{{0,8}}?(?:[庭院部处科局厅]长|主任|负责人)[^，]{{0,5}}(?:说|称)"
)
_ACTED_ON = re.compile("[被向至给找]|源于|来自|起诉到|上诉|记者|认为|以及|[走来][进到]")
_COUNTS = re.compile(
    r"[为助][0-9]+[余多]?[名位户人]|[0-9](?:[0-9.]*[万余多]*[件起宗份场批]|[0-9.]*[万余多]*(?:人次|(?<=[0-9]{2})家))|"
    + words("ending", "sums_up")
)
_ENDING = re.compile(words("ending", "endings"))
_TOLD = re.compile(words("ending", "someone", "opens", "acts"))
_OPENER = re.compile(r"(?:[^，；。：]{2,30}(?:[后时]|的?(?:第二天|次日|当天|当晚))|经[^，；。：]{2,12})\Z")
_COURT = (  # one character first and then what follows it, which lets the search skip; what stands before is asked last
    r"[省市县区旗州盟级第海互金知铁一二三四五林垦矿油承办执主驻法检干最]"
    r"(?:(?:人民(?<=[市县区旗州盟级省]人民)|[一二三四五六七八]人民(?<=第.人民)|事(?<=海事)|联网(?<=互联网)|融(?<=金融)"
    r"|识产权(?<=知识产权)|路(?<=铁路)(?:运输)?|中(?<=[一二三四五]中)|区(?<=[林垦矿]区)|田(?<=油田))"
    r"(?:法院|检察院|检察分院)"
    r"|法院(?<=[省市县区旗]法院)(?<![全省各、也].法院)"
    r"|检察(?:(?<=[省市县区旗]检察)(?<![全省各、也].检察)分?院|(?<=[市县区旗州]检察)(?<!全.检察)机关)"
    r"|(?:办(?<=[承主]办)|案(?<=办案)|行(?<=执行)|审(?<=主审)|村(?<=驻村))(?:法官|检察官|干警)"
    r"|庭(?<=法庭)(?<!(?:共享|少年|智慧|巡回|互联|人民|审判|数字|流动|车载|派出|海事)法庭)(?=的?(?:法官|干警|庭长))"
    r"|(?:官(?<=法官)|察官(?<=检察官)|警(?<=干警))(?=[^，]{0,8}(?:连夜|驱车|赶[到赴往]|登门))"
    r"|高(?<=最高)(?:人民法院|人民检察院|[法检])(?=[^，]{0,8}(?:[该此]案|这[起件])))"
    r"(?![系代紧工学]|荣誉|的(?![^，]{0,6}[法检干])|认真|在[^，]{0,4}[委党])"
)


def _ended(match: re.Match[str], name: str) -> Cue | None:
    """One case that an organ, named in the clause, ended; nothing counted, no organ that speaks or is turned to."""
    text, start = match.string, match.pos
    if _ACTED_ON.search(text, start, match.start()):
        return None
    stop = _STOPS.search(text, match.end(), match.end() + _REACH)
    limit = stop.start() if stop else min(len(text), match.end() + _REACH)
    if _SPEAKS.match(text, match.end(), limit) or _COUNTS.search(text, start, limit):
        return None
    ending = _ENDING.search(text, match.end(), limit) if _TOLD.search(text, start, limit) else None
    if ending is None:
        return None
    return Cue(("case_story",), _opening(text, start), ending.end(), name, recognition=False)


def _opening(text: str, start: int) -> int:
    """Where the story begins: with the clause that tells upon what the organ acted, where one leads up to it."""
    if start and text[start - 1] == "，":
        opener = _OPENER.search(text, max(0, start - 1 - _LONGEST_OPENER), start - 1)
        if opener:
            return opener.start()
    return start


def ends_well(text: str, start: int) -> bool:
    """Whether the words from ``start`` on to the next stop tell how one case came out, not how many did."""
    stop = _STOPS.search(text, start, start + _REACH)
    limit = stop.start() if stop else start + _REACH
    return _ENDING.search(text, start, limit) is not None and _COUNTS.search(text, start, limit) is None


def _travelled(match: re.Match[str], name: str) -> Cue | None:
    """A journey that one case took, and what came of it; no round of journeys."""
    text = match.string
    told = ends_well(text, match.end()) and not _COUNTS.search(text, match.pos, match.start())
    return Cue(("case_story",), match.pos, match.end(), name, recognition=False) if told else None


ENDINGS: tuple[Rule[Cue], ...] = (
    rule("<organ> brings <case> to <ending>", _COURT, _ended, besides=_COURT),
    rule(
        "goes far and brings home <due>",
        r"(?:\A|(?<=[，；。：]))[^，]{0,12}(?:远赴|[千万]里(?:追|奔|赴|驱)|辗转(?!反侧)|驱车(?=[0-9]))[^，]{2,}",
        _travelled,
        besides="远赴|里[追奔赴驱]|辗转|驱车",
    ),
)
