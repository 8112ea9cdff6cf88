"""Change against its ends: a rise or fall that its own from and to contradict."""

import re
from collections.abc import Iterator

from shushuo_extract.engine.types import Found
from shushuo_shared.growth import contradicts

from .story import Finding, Story, is_exact_count, shown, stated

KIND = "change_contradicted"
_FROM = re.compile(r"(?:从|由)(?:[^，；。]{0,16}的|原来的|上年的|去年的)?$")
_TO = re.compile(
    r"，?(?:[^，；。]{0,12})?(?:上升|增长|增加|提高|提升|下降|降低|减少|降|升|增|缩短|压缩|压减|扩大)(?:至|到|为)(?:[^，；。]{0,8}的)?"
)
_BY = re.compile(
    r"，?(?:同比|比上年|较上年|降幅|增幅|降幅达|增幅达)?(?:上升|增长|增加|提高|提升|下降|降低|减少|缩短|压减)?(?:了|达|为)?"
)
_THAN = re.compile(r"，?(?:比|较)[0-9]{4}年的?")
_MORE = re.compile(r"(?:，)?(?:同比)?(?:上升|增长|增加|提高|提升|下降|降低|减少)了?")


def find(story: Story) -> Iterator[Finding]:
    """从X降至Y，下降P% and Y，比2019年的X增长P%."""
    for one, other, told in story.threes:
        ends = _ends(story, one, other, told) if _are_ends(one, other, told) else None
        if ends is None or told.direction is None:
            continue
        before, now = ends
        unit = "%" if told.unit == "%" else "百分点"
        computed = contradicts(stated(told), told.direction, stated(now), stated(before), unit)
        if computed is not None:
            message = f"由{before.text}到{now.text}应变化{shown(computed, unit)}，文中为{told.text}"
            yield Finding(KIND, message, (one.id, other.id, told.id))


def _are_ends(one: Found, other: Found, told: Found) -> bool:
    """Whether two exact amounts of one unit have a change that fits them: a rate of counts, points of rates."""
    if told.role != "change" or told.approx != "exact" or one.unit != other.unit:
        return False
    fits = told.unit in ("百分点", "个百分点") if one.unit == "%" else told.unit == "%"
    return fits and is_exact_count(one) and is_exact_count(other)


def _ends(story: Story, one: Found, other: Found, told: Found) -> tuple[Found, Found] | None:
    """The earlier and the later of the two amounts, where the words are of a form that leaves no doubt."""
    first, second = story.between(one, other), story.between(other, told)
    if _FROM.search(story.before(one)) and _TO.fullmatch(first) and _BY.fullmatch(second):
        return one, other
    return (other, one) if _THAN.fullmatch(first) and _MORE.fullmatch(second) else None
