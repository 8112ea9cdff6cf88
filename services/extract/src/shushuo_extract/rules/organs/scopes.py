"""What stands between a place and its organs to widen them (全市两级, 各地, 县区), read backwards.

Every wording is known beforehand, so that a mention only looks up the words that end before it.
"""

from typing import NamedTuple

_DIVISIONS = "省市县区州盟旗"
_SCOPES = (
    "全国", "各地", *(f"全{one}" for one in _DIVISIONS), *(whose + one for whose in "我本该" for one in _DIVISIONS),
    "自治区", *_DIVISIONS, "",
)  # fmt: skip
_GRADES = (
    *(rungs + level for rungs in ("市县", "县区", "区县", "县市", "") for level in ("两级", "三级", "各级")),
    "各地", "地方各级", "地方", "各", "基层", "辖区", "系统", "",
)  # fmt: skip
_LONGEST = 6


class Scope(NamedTuple):
    """A relative place (市, 全省) and a grade (两级, 基层), either empty where it is not said, and where they begin."""

    start: int
    scope: str = ""
    grade: str = ""


_WORDINGS: dict[str, tuple[str, str]] = {}
for _scope in _SCOPES:
    for _grade in _GRADES:
        if len(_scope) != 1 or not _grade.startswith(tuple(_DIVISIONS)):
            _WORDINGS.setdefault(_scope + _grade, (_scope, _grade))
_ENDS = frozenset(wording[-1] for wording in _WORDINGS if wording)


def before(view: str, end: int) -> Scope:
    """The longest scope and grade that end at ``end``; a bare 市 right after 省, 区 or 市 is part of a list."""
    if end > 0 and view[end - 1] in _ENDS:
        for start in range(max(0, end - _LONGEST), end):
            said = _WORDINGS.get(view[start:end])
            listed = said is not None and len(said[0]) == 1 and start > 0 and view[start - 1] in "省区市"
            if said is not None and not listed:
                return Scope(start, *said)
    return Scope(end)
