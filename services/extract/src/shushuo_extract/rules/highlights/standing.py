"""How high a recognition stands and who gave it, as far as the words and the report's own region tell."""

import re
from collections.abc import Sequence
from functools import lru_cache

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.records import Record
from shushuo_shared.report import RecognitionLevel

from .cues import Cue
from .outcomes import Group
from .vocabulary import alternatives, words

_LEVELS: tuple[RecognitionLevel, ...] = ("national", "provincial", "municipal", "county")
NO_HEIGHT, _CITY = len(_LEVELS), _LEVELS.index("municipal")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_SUFFIX = re.compile(r"(?:省|市|县|区|旗|盟|(?:[壮回]族|维吾尔)?自治[区州县])$")
_WORDS = (
    alternatives("issuer", "national"),
    alternatives("issuer", "provincial", "provinces"),
    alternatives("issuer", "municipal"),
    alternatives("issuer", "county"),
)
_ANY_CITY = words("issuer", "any_city")
_SCOPED = re.compile("全[国省市县区州旗]|[省市]")
_PILOT = re.compile(r"试点|试验|项目|目录")


class Ladder(Record, frozen=True):
    """The words of each level as a report from one region means them; ``heights`` count from 0 for national down.

    ``literal`` has only words that are written out, which lets a search skip; ``cities`` has, besides, any …市.
    """

    literal: re.Pattern[str]
    cities: re.Pattern[str]
    heights: dict[str, int]

    def height(self, text: str, start: int, end: int) -> int:
        """The highest level named in a stretch, or ``NO_HEIGHT``."""
        highest = NO_HEIGHT
        for word in self.literal.findall(text, start, end):
            highest = min(highest, self.heights[word])
        if highest > _CITY and text.find("市", start, end) >= 0:
            for word in self.cities.findall(text, start, end):
                highest = min(highest, self.heights.get(word, _CITY))
        return highest

    def highest(self, text: str, cues: Sequence[Cue]) -> Cue:
        """The first of the cues that name the highest level."""
        return cues[0] if len(cues) == 1 else min(cues, key=lambda cue: self.height(text, cue.start, cue.end))


def level_of(text: str, group: Group, ladder: Ladder) -> RecognitionLevel | None:
    """The highest level that the recognitions of a group name; plain initiatives and stories have none."""
    height = NO_HEIGHT
    for cue in group.cues:
        setting = _setting(text, group, cue)
        if setting is not None:
            height = min(height, ladder.height(text, *setting))
    return None if height == NO_HEIGHT else _LEVELS[height]


def issuer_of(text: str, group: Group, ladder: Ladder) -> str | None:
    """The words that name who recognised, of the highest recognition that says so."""
    named = [cue.issuer for cue in group.cues if cue.issuer]
    if not named:
        return None
    start, end = named[0] if len(named) == 1 else min(named, key=lambda issuer: ladder.height(text, *issuer))
    return text[start:end]


def _setting(text: str, group: Group, cue: Cue) -> tuple[int, int] | None:
    """The stretch in which a cue's level is told; None where it has none."""
    start, end, kind = cue.start, cue.end, cue.types[0]
    if kind == "first":
        return max(group.start, start - 30), min(group.end, end + 6)
    if not cue.recognition:
        piloted = cue.types == ("initiative",) and _PILOT.search(text, start, end)
        return (start, end) if piloted else None
    if kind == "ranking":
        return (start if _SCOPED.search(text, start, end) else max(group.start, start - 30)), end
    if kind == "honor":
        return _contest(text, max(group.start, start - 40), start), end
    return (group.start if cue.rule.startswith(("<leader> gives", "<meeting> is held")) else start), end


def _contest(text: str, floor: int, start: int) -> int:
    """Where the contest is named that a prize was won in: 在全省…比赛中获奖; else the prize's own start."""
    at = text.rfind("在", floor, start)
    return start if at < 0 or text.find("，", at, start) >= 0 else at


@lru_cache(maxsize=256)
def ladder_of(region: str | None) -> Ladder:
    """The ladder of a report from a region, whose own names decide what 全市 and 平湖 mean."""
    own = _own_names(region)
    entries = [(name, _LEVELS.index(level)) for level in reversed(_LEVELS) for name in own[level]]
    entries += [(word, height) for height, listed in enumerate(_WORDS) for word in listed]
    heights = dict(reversed(entries))  # of two equal words the earlier counts
    names, firsts = any_of(heights), "".join({re.escape(word[0]): None for word in heights})
    return Ladder(re.compile(names), re.compile(f"(?=[{firsts}]){names}|{_ANY_CITY}"), heights)


def _own_names(region: str | None) -> dict[str, list[str]]:
    """The names of the region and of what it lies in, full and short, by their level."""
    parts = (region or "").split("/")
    own: dict[str, list[str]] = {level: [] for level in _LEVELS}
    offset = 1 if parts[0] not in {"全国", ""} else len(_LEVELS)
    for level, name in zip(_LEVELS[offset:], parts, strict=False):
        own[level] += [name, _SUFFIX.sub("", name)] if len(name) > 2 else [name]
    if parts[0] in _MUNICIPALITIES:
        own["provincial"] += ["全市", "市委", "市高", "市级"]
        own["county"] += parts[1:]
    elif parts[0].endswith("自治区"):
        own["provincial"] += ["全区", "自治区"]
    return own
