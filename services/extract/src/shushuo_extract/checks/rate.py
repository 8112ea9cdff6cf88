"""Rate against counts: a percentage that its two counts contradict beyond rounding."""

import re
from collections.abc import Iterator

from shushuo_extract.engine.types import Found
from shushuo_shared.growth import Interval, share

from .story import Finding, Story, is_exact_count, shown, stated

KIND = "rate_contradicted"
_OF_WHICH = re.compile(r"[^，；。]{0,12}[，（]其中[：，]?[^，；。]{0,24}")
_SHARE = re.compile(
    r"，?(?:约|已)?占(?:比|比例|总数的?|全部的?|总量的?|案件总数的?|[^，；。]{0,8}总数的?)?(?:为|达|达到|：)?"
)
_NAMED_RATE = re.compile(r"[^，；。0-9]{0,16}，(?P<deed>[\u4e00-\u9fff]{2,3})率(?:为|达|达到)?")
_ACCEPTED = re.compile(r"(?:共)?受理[^，；。新]{0,16}$")
_CONCLUDED = re.compile(r"，(?:已|共)?(?:审结|办结|结案|审执结)(?:案件)?")
_CONCLUSION = re.compile(r"，(?:审结|办结|结案|审执结)率(?:为|达|达到)?")


def find(story: Story) -> Iterator[Finding]:
    """A件，其中B件，占C% and 受理A件，审结B件，结案率C%."""
    for whole, part, rate in story.threes:
        if not _are_counts_and_rate(whole, part, rate) or not _is_frame(story, whole, part, rate):
            continue
        computed = share(stated(part), stated(whole))
        if computed is not None and _contradicted(rate, computed):
            message = f"{part.text}占{whole.text}应为{shown(computed)}，文中为{rate.text}"
            yield Finding(KIND, message, (whole.id, part.id, rate.id))


def _are_counts_and_rate(whole: Found, part: Found, rate: Found) -> bool:
    counts = whole.unit == part.unit and whole.unit != "%"
    return counts and rate.unit == "%" and is_exact_count(whole) and is_exact_count(part) and is_exact_count(rate)


def _is_frame(story: Story, whole: Found, part: Found, rate: Found) -> bool:
    first, second = story.between(whole, part), story.between(part, rate)
    if _OF_WHICH.fullmatch(first):
        named = _NAMED_RATE.fullmatch(second)
        return bool(_SHARE.fullmatch(second)) or bool(
            named and named["deed"][:2] in first + second[: named.start("deed")]
        )
    accepted = _ACCEPTED.search(story.before(whole))
    return bool(accepted and _CONCLUDED.fullmatch(first) and _CONCLUSION.fullmatch(second))


def _contradicted(rate: Found, computed: Interval) -> bool:
    """Whether no rounding or cutting off of the computed share gives the stated rate."""
    told = stated(rate)
    if told.step is None:
        return False
    return not Interval(told.value - told.step, told.value + told.step).meets(computed)
