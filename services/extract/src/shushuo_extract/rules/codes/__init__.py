"""The code of an indicator where one fits exactly; a subset of a coded indicator has none."""

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice

from shushuo_extract.engine.types import Document

from .rules import BY_UNIT, Asked
from .theme import Theme

__all__ = ["OrganKinds", "Theme", "code_of", "code_of_change"]

_UNITS = {"名": "人", "位": "人", "起": "件", "宗": "件", "％": "%", "成": "%", "案": "件"}
_IDLE = re.compile(r"依法|共计|累计|总共|各类|各种|各项|全部|所有|(?<!标)的|了|[“”]")
_COUNTED_IN = ("件", "人", "元", "%", "份")
_PROSECUTORS, _COURTS, _BOTH_WORDS = "检察", ("法院", "审判", "庭审"), "庭审判"  # which is one mention
_MENTION = re.compile("|".join((_PROSECUTORS, *_COURTS)))
_NEAR = 5
_REACH = 300
_MENTIONS_READ = 4000


@lru_cache(maxsize=2048)
def code_of(indicator: str, unit: str, organ_kind: str) -> str | None:
    """The code of ``indicator`` counted in ``unit`` by an organ of ``organ_kind`` (court, procuratorate), or None."""
    asked = Asked(_UNITS.get(unit, unit), organ_kind)
    rules = BY_UNIT.get(asked.unit)
    if rules is None:
        return None
    plain = _IDLE.sub("", indicator)
    if not 2 <= len(plain) <= 36:
        return None
    for rule in rules.fitting(plain):
        code = rule.produce(asked) if rule.pattern.fullmatch(plain) else None
        if code is not None:
            return None if code == "cases.accepted" and organ_kind == "procuratorate" and "立案" in plain else code
    return None


@lru_cache(maxsize=1024)
def code_of_change(indicator: str, organ_kind: str) -> str | None:
    """The code of an ``indicator`` of which only the growth is told, whatever it is counted in, or None."""
    coded = (code_of(indicator, unit, organ_kind) for unit in _COUNTED_IN)
    return next((code for code in coded if code is not None), None)


class OrganKinds:
    """Whether a place in a report is told of a court or of a procuratorate, by the mentions before it."""

    def __init__(self, doc: Document) -> None:
        view = self._view = doc.view
        of_prosecutors, of_courts = view.count(_PROSECUTORS), sum(map(view.count, _COURTS)) - view.count(_BOTH_WORDS)
        share = of_prosecutors / max(1, of_prosecutors + of_courts)
        self._only = "procuratorate" if share > 0.6 else "court" if share < 0.4 else None
        if self._only is None:
            found = list(islice(_MENTION.finditer(view), _MENTIONS_READ))
            self._kinds = ["procuratorate" if one.group() == _PROSECUTORS else "court" for one in found]
            self._starts = [one.start() for one in found]

    def at(self, offset: int) -> str:
        """The kind of organ spoken of at ``offset``."""
        if self._only:
            return self._only
        until = bisect_left(self._starts, offset)
        said = self._first(max(self._since("。", offset), self._since("\n", offset)), until)
        if said is not None:
            return said
        near = self._kinds[max(0, until - _NEAR) : until] or self._kinds[:_NEAR]
        return max(("court", "procuratorate"), key=near.count)

    def _since(self, mark: str, offset: int) -> int:
        """Where the passage that ``mark`` ends before ``offset`` ends, looked for not too far back."""
        return self._view.rfind(mark, max(0, offset - _REACH), offset) + 1

    def _first(self, start: int, until: int) -> str | None:
        """The kind of the first organ mentioned from ``start`` on, before the mention ``until``."""
        first = bisect_left(self._starts, start)
        return self._kinds[first] if first < until else None
