"""What an organ's own name has between its place and 法院 or 检察院 (第一中级人民, 海事), read backwards.

By hand and not by pattern: it is asked at every mention, and a search that ends in ``\\Z`` is ten times slower.
"""

from typing import NamedTuple

from shushuo_extract.rules.organs.vocabulary import terms

_NUMBERS = frozenset("一二三四五六")
_GRADES = ("中级", "高级", "基层")
_FIELDS = tuple(sorted(terms()["fields"], key=len, reverse=True))
_NUMBERED_FIELDS = ("铁路运输",)  # 广州铁路运输第一法院
_FIELD_ENDS = frozenset(field[-1] for field in _FIELDS)
ENDS = frozenset("民级层") | _NUMBERS | _FIELD_ENDS  # what any of them ends with


class Modifiers(NamedTuple):
    """Where the organ's own words begin, and what they say."""

    begin: int
    nth: str = ""
    field: str = ""
    grade: str = ""


def before(view: str, end: int, lowest: int) -> Modifiers:
    """The modifiers that end at ``end``, none beginning before ``lowest``."""
    if end <= lowest or view[end - 1] not in ENDS:
        return Modifiers(end)
    at = end - 2 if view.startswith("人民", end - 2) and end - 2 >= lowest else end
    grade = view[at - 2 : at] if at - 2 >= lowest and view.startswith(_GRADES, at - 2) else ""
    at -= len(grade)
    after = at - 2 if at - 2 >= lowest and view[at - 2] == "第" and view[at - 1] in _NUMBERS else at
    if after < at and view.endswith(_NUMBERED_FIELDS, lowest, after):
        field = next(one for one in _NUMBERED_FIELDS if view.endswith(one, lowest, after))
        return Modifiers(after - len(field), view[at - 1], field, grade)
    field = ""
    if at > lowest and view[at - 1] in _FIELD_ENDS:
        field = next((one for one in _FIELDS if view.endswith(one, lowest, at)), "")
        at -= len(field)
    if at > lowest and view[at - 1] in _NUMBERS:
        if at - 2 >= lowest and view[at - 2] == "第":
            return Modifiers(at - 2, view[at - 1], field, grade)
        if at == end or (grade == "中级" and not field):
            return Modifiers(at - 1, view[at - 1], field, grade)
    return Modifiers(at, "", field, grade)
