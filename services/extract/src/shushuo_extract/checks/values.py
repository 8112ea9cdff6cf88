"""Two values: the same indicator is told twice with different amounts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from shushuo_extract.engine.types import Found

from .story import Finding, Story, is_exact_count, stated

KIND = "two_values"
_SHORTEST = 4
_NEAR = Decimal("1.5")
_REACH = 24
_PLAIN_LEAD = re.compile(
    r"(?:.*[，。；：！\n ])?[•·◎■●◆★▪-]*"
    r"(?:[0-9]{4}年|全年|一年来|共|累计|全[院市省县区国]|我[院市省县区]|本院|"
    r"[^，。；：]{0,14}(?:法院|检察院|检察机关|法院系统))*(?:共|累计)?"
)
_SPEAKER = re.compile(r"[^，。；：\s]{1,14}(?:法院|检察院|检察机关)")
_NARROWER = re.compile(r"其中|除|另外?|上年|去年|同期|此前|前[0-9一二三四五]年")


def find(story: Story) -> Iterator[Finding]:
    """Pairs of one indicator, organ, period and unit whose printed amounts cannot be the same number."""
    named: dict[str, list[Found]] = defaultdict(list)
    for figure in story.figures:
        named[figure.indicator].append(figure)
    for indicator, alike in named.items():
        if len(alike) == 1 or len(indicator) < _SHORTEST:
            continue
        for same in _of_one_thing(alike):
            told = [figure for figure in same if _is_told(story, figure)]
            if len(told) == 2 and _differ(*told) and len(_speakers(story, told)) < 2:
                one, other = told
                yield Finding(KIND, f"“{indicator}”有两个数：{one.text}与{other.text}", (one.id, other.id))


def _of_one_thing(alike: Iterable[Found]) -> Iterator[list[Found]]:
    """Of exact amounts of one indicator those of one organ, period and unit, where they are several."""
    groups: dict[tuple[str | None, str, str], list[Found]] = defaultdict(list)
    for figure in alike:
        if figure.period and is_exact_count(figure):
            groups[figure.organ, figure.period, figure.unit].append(figure)
    return (same for same in groups.values() if len(same) > 1)


def _speakers(story: Story, told: list[Found]) -> set[str]:
    """The courts and procuratorates named right before the figures."""
    leads = (_SPEAKER.search(story.before(figure, len(figure.indicator) + _REACH)) for figure in told)
    return {lead.group() for lead in leads if lead}


def _is_told(story: Story, figure: Found) -> bool:
    """Whether the text has the whole indicator right before the figure and nobody narrower before that."""
    lead = "".join(story.before(figure, len(figure.indicator) + _REACH).split())
    head, name, rest = lead.rpartition(figure.indicator)
    return bool(name) and not rest and bool(_PLAIN_LEAD.fullmatch(head)) and not _NARROWER.search(head)


def _differ(one: Found, other: Found) -> bool:
    """Whether two amounts are near, as slips are, but cannot round to one number; far apart they measure two things."""
    first, second = stated(one).interval(), stated(other).interval()
    if first is None or second is None or one.sentence == other.sentence or first.meets(second):
        return False
    low, high = sorted((Decimal(one.value), Decimal(other.value)))
    return low > 0 and high / low <= _NEAR
