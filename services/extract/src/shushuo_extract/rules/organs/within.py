"""Places that a sentence begins with and whose organs it then tells of (在江苏，检察机关…; 在湖北，…全省…)."""

import re
from bisect import bisect_left

from shushuo_extract.rules.organs import bodies
from shushuo_extract.rules.organs.mention import Mention

ONE_PLACE = "一地"  # 仅河北一地: that place's organs of the kind the text is on
_IN_PLACE = re.compile(
    r"在(?<![^\n。；”]在)[一-龥]{2,9}，(?![^。；\n]{0,30}?(?:最高|全国))"
    r"(?=[^。；\n]{0,60}?(?:全[省市区县州]|(?<![到进去向])(?<![到进]了)(?:法院|检察)|法官|法庭|干警))"
)


def told(view: str, found: list[Mention]) -> list[Mention]:
    """The mentions of a text with those that its sentences' places stand for."""
    here = [made for match in _IN_PLACE.finditer(view) if (made := _in_place(view, match, found))]
    return sorted([*found, *here], key=lambda one: one.start) if here else found


def _in_place(view: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """The place's organ of the text's kind, where a sentence begins with the place alone (在江苏，检察机关…)."""
    end = match.end() - 1
    placed = bodies.placed(view, match.start() + 1, end)
    after = bisect_left(found, end, key=lambda one: one.start)
    other = after < len(found) and found[after].shape == "named" and view.find("。", end, found[after].start) < 0
    if placed is None or placed[0] != match.start() + 1 or other:
        return None
    return Mention(placed[0], end, "named", "other", view[placed[0] : end], placed[1], tail=ONE_PLACE)
