"""How high a recognition stands and who gave it, as far as the words and the report's own region tell."""

import re
from functools import lru_cache

from shushuo_shared.report import RecognitionLevel

from .clauses import Passage
from .cues import Cue
from .groups import Group
from .vocabulary import words

_LADDER: tuple[RecognitionLevel, ...] = ("national", "provincial", "municipal", "county")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_SUFFIX = re.compile(r"(?:省|市|县|区|旗|盟|(?:[壮回]族|维吾尔)?自治[区州县])$")
_PILOT = re.compile(r"试点|试验|项目|目录")


def level_of(passage: Passage, group: Group, region: str | None) -> RecognitionLevel | None:
    """The highest level that the recognitions of a group name; plain initiatives and stories have none."""
    pattern = _ladder(region)
    found = {hit for cue in group.cues for hit in _levels(passage, group, cue, pattern)}
    return next((level for level in _LADDER if level in found), None)


def issuer_of(passage: Passage, group: Group, region: str | None) -> str | None:
    """The words that name who recognised, of the highest recognition that says so."""
    pattern = _ladder(region)
    named = [passage.text[slice(*cue.issuer)] for cue in group.cues if cue.issuer]
    return min(named, key=lambda words_: _height(pattern, words_), default=None)


def height(passage: Passage, cue: Cue, region: str | None) -> int:
    """0 for national down to 4 for none: to choose what a title tells first."""
    return _height(_ladder(region), passage.text[cue.start : cue.end])


def _height(pattern: re.Pattern[str], text: str) -> int:
    return min((_LADDER.index(_level(hit)) for hit in pattern.finditer(text)), default=len(_LADDER))


def _level(hit: re.Match[str]) -> RecognitionLevel:
    name = str(hit.lastgroup).rstrip("_")
    return next(level for level in _LADDER if level == name)


def _levels(passage: Passage, group: Group, cue: Cue, pattern: re.Pattern[str]) -> set[RecognitionLevel]:
    start, end = cue.start, cue.end
    if cue.rule.startswith(("<leader> gives", "<meeting> is held")):
        start = group.start
    if cue.types[0] == "ranking":
        start = max(group.start, start - 30)
    elif cue.types[0] == "honor":
        start = _setting(passage.text, max(group.start, start - 40), start)
    elif cue.types[0] == "first":
        start, end = max(group.start, start - 16), min(group.end, end + 6)
    elif not cue.recognition and not (cue.types == ("initiative",) and _PILOT.search(passage.text, start, end)):
        return set()
    return {_level(hit) for hit in pattern.finditer(passage.text, start, end)}


def _setting(text: str, floor: int, start: int) -> int:
    """Where the contest is named that a prize was won in: 在全省…比赛中获奖; else the prize's own start."""
    at = text.rfind("在", floor, start)
    return start if at < 0 or "，" in text[at:start] else at


@lru_cache(maxsize=256)
def _ladder(region: str | None) -> re.Pattern[str]:
    """One alternation of the words of each level; the region's own names decide what 全市 and 平湖 mean."""
    parts = (region or "").split("/")
    own: dict[str, list[str]] = {level: [] for level in _LADDER}
    offset = 1 if parts[0] not in {"全国", ""} else len(_LADDER)
    for level, name in zip(_LADDER[offset:], parts, strict=False):
        own[level] += [re.escape(name), re.escape(_SUFFIX.sub("", name))] if len(name) > 2 else [re.escape(name)]
    if parts[0] in _MUNICIPALITIES:
        own["provincial"] += ["全市", "市委", "市高", "市级"]
        own["county"] += [re.escape(p) for p in parts[1:]]
    elif parts[0].endswith("自治区"):
        own["provincial"] += ["全区", "自治区"]
    names = [f"(?P<{level}_>{'|'.join(own[level])})" for level in reversed(_LADDER) if own[level]]
    lexical = [
        f"(?P<national>{words('issuer', 'national')})",
        f"(?P<provincial>{words('issuer', 'provincial', 'provinces')})",
        f"(?P<municipal>{words('issuer', 'municipal')})",
        f"(?P<county>{words('issuer', 'county')})",
    ]
    return re.compile("|".join([*names, *lexical]))
