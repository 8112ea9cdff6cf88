"""Of when a passage speaks: the words for years, months and spans, and the intervals they mean."""

import re
from functools import lru_cache

from msgspec.structs import replace

from shushuo_extract.engine.records import Record
from shushuo_extract.engine.types import Rule
from shushuo_extract.rules.periods.interval import Interval, lasting, months, parse, years
from shushuo_extract.rules.periods.rules import ANCHOR, FIRST_FIT, RULES, TRIGGER, Clock, Part

_BASE_BEFORE = re.compile(r"(?:比|较|与|同|和|相比于?|对比)(?:上一?|去)?\Z")
_WITHIN_CLAUSE = re.compile("[一-龥A-Za-z0-9%](?<![在于自从仅至院们])(?<!机关)(?<!其中)(?<![他她我]家)(?<!最高[检法])")


_FOUNDED = re.compile(r"[^。；\n0-9]{0,16}?(?:挂牌|揭牌|成立|设立|建院|履职|启用|试点|上线|施行|实施)")
_FOUNDED_IN = ("成立于", "设立于", "挂牌于", "揭牌于", "始于", "组建于")
_BEFORE_ANCHOR = 18


class When(Record, frozen=True):
    """Words that say when; ``part`` is what they do, ``opens`` whether they begin a clause and so govern it.

    ``stated`` are the years written out, or fixed by a five-year plan.
    """

    start: int
    end: int
    part: Part
    opens: bool
    stated: tuple[int, ...]
    rule: Rule[Interval]
    match: re.Match[str]

    def interval(self, clock: Clock) -> Interval | None:
        """The interval meant, seen from ``clock``."""
        return self.rule.produce(self.match, clock)

    @property
    def names_year(self) -> bool:
        """Whether the words may name a year; 去年同期 does only with the report's own interval."""
        return "y" in self.rule.pattern.groupindex

    @property
    def relative(self) -> bool:
        """Whether the words name a year by its distance from the year of telling (今年1至9月, 去年)."""
        return self.names_year and self.match["y"] in ("今", "去", "前")

    def founds(self) -> bool:
        """Whether the words say when something was founded, from which what follows is counted (设立于2019年5月)."""
        text = self.match.string
        after = _FOUNDED.match(text, self.end) if self.part in ("event", "year", "since") else None
        return after is not None or text.endswith(_FOUNDED_IN, 0, self.start)


@lru_cache(maxsize=4)
def whens(view: str) -> tuple[When, ...]:
    """Every expression of time in the order of the text, none overlapping another."""
    found: list[When] = []
    position = 0
    for anchor in ANCHOR.finditer(view):  # far cheaper than trying every place, and no expression lacks one
        begin, end = anchor.span()
        at = max(position, begin - _BEFORE_ANCHOR)
        while at < end and (trigger := TRIGGER.search(view, at, end + 1)) is not None:
            made = _at(view, trigger.start())
            if made and found and found[-1].part == "base" and _listed_with(view, found[-1], made):
                made = replace(made, part="base")
            if made:
                found.append(made)
            at = position = made.end if made else trigger.start() + 1
    return tuple(found)


def _listed_with(view: str, before: When, when: When) -> bool:
    """Whether a year is the second of two compared with (较2021年、2020年)."""
    return when.part == "year" and view[before.end : when.start] in ("、", "和", "及")


def _at(view: str, start: int) -> When | None:
    """The first reading that fits at ``start``."""
    fit = FIRST_FIT.match(view, start)
    if fit is None or fit.lastindex is None:
        return None
    reading = RULES[fit.lastindex - 1]
    part, rule, _ = reading
    match = rule.pattern.match(view, start)
    if match is None:
        return None
    before = view[max(0, start - 4) : start]
    base = part == "year" and _BASE_BEFORE.search(before) is not None
    opens = start == 0 or _WITHIN_CLAUSE.match(view, start - 1) is None
    return When(start, match.end(), "base" if base else part, opens, reading.stated(match), rule, match)


__all__ = ["Clock", "Interval", "Part", "When", "lasting", "months", "parse", "whens", "years"]
