"""Several places' organs spoken of together: 北京、上海两地法院, 杭州、北京、广州互联网法院, and 三家法院 for them."""

import re

from shushuo_extract.rules import regions
from shushuo_extract.rules.regions import Division

_REACH = 24
_COUNTED = re.compile(r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})[家个]")
_SUMMED = re.compile(r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})个?(?:省区市|省市|省份|省|市|州|盟|区|县|地)\Z")
_NUMBERS = "一二三四五六七八九十"


def list_start(view: str, end: int) -> int:
    """Where the list of places before a group begins (北京、上海、江苏三省市法院); ``end`` where none ends there."""
    start, named = end, regions.last_name(view, max(0, end - _REACH), end)
    while named is not None:
        start = named[0]
        joined = start > 0 and view[start - 1] in "、和"
        named = regions.last_name(view, max(0, start - _REACH), start - 1) if joined else None
    return start


def counted(view: str, end: int) -> str:
    """The number with its measure that stands for organs named before (三家), or nothing."""
    match = _COUNTED.fullmatch(view, max(0, end - 2), end) or _COUNTED.fullmatch(view, max(0, end - 3), end)
    return match.group() if match else ""


def is_bare(words: str) -> bool:
    """Whether the words only say how many places there are (两地, 三家), and go back to some named before."""
    return words.endswith(("家", "个")) or (words[:1] in "两二三四五" and _SUMMED.fullmatch(words) is not None)


def places(words: str) -> list[tuple[Division, ...]]:
    """What each place of a list means (厦门、泉州、漳州三市); empty where the words are no list of places."""
    named = [regions.candidates(word) for word in re.split("[、和]", _SUMMED.sub("", words))]
    return named if len(named) > 1 and all(named) else []


def number(words: str) -> int:
    """How many organs 三家, 11省 or 两地 says there are; 0 where it is not a plain number."""
    digits = re.match(r"[0-9]+", words)
    if digits:
        return int(digits.group())
    return 2 if words[:1] == "两" else _NUMBERS.find(words[:1]) + 1
