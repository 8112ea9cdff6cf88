"""What stands between a place and its organs to widen them (全市两级, 各地, 县区), read backwards.

Every wording is known beforehand, so that a mention only looks up the words that end before it.
"""

_DIVISIONS = "省市县区州盟旗"
_SCOPES = (
    "全国", "各地", *(f"全{one}" for one in _DIVISIONS), *(whose + one for whose in "我本该" for one in _DIVISIONS),
    "自治区", *_DIVISIONS, "",
)  # fmt: skip
_GRADES = (
    *(rungs + level for rungs in ("市县", "县区", "区县", "县市", "") for level in ("两级", "三级", "四级", "各级")),
    "各地", "地方各级", "地方", "各", "基层", "辖区", "系统", "",
)  # fmt: skip


# Where they begin, a relative place (市, 全省) and a grade (两级, 基层), either empty where it is not said.
Scope = tuple[int, str, str]

_WORDINGS: dict[str, tuple[str, str]] = {}
for _scope in _SCOPES:
    for _grade in _GRADES:
        if len(_scope) != 1 or not _grade.startswith(tuple(_DIVISIONS)):
            _WORDINGS.setdefault(_scope + _grade, (_scope, _grade))
_LENGTHS: dict[str, list[int]] = {}  # of the wordings that end in a character, longest first
for _wording in sorted(filter(None, _WORDINGS), key=len, reverse=True):
    if len(_wording) not in _LENGTHS.setdefault(_wording[-1], []):
        _LENGTHS[_wording[-1]].append(len(_wording))
ENDS = frozenset(_LENGTHS)


def before(view: str, end: int) -> Scope:
    """The longest scope and grade that end at ``end``; a bare 市 right after 省, 区 or 市 is part of a list."""
    for length in _LENGTHS.get(view[end - 1 : end], ()):
        said = _WORDINGS.get(view[end - length : end]) if length <= end else None
        if said and not (len(said[0]) == 1 and length < end and view[end - length - 1] in "省区市"):
            return end - length, said[0], said[1]
    return end, "", ""
