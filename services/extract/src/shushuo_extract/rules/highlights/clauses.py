"""A sentence without its blanks, and its clauses: the ground that achievements are read on.

Offsets inside a ``Passage`` count squeezed characters; ``Passage.span`` leads back to the document.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shushuo_extract.engine.types import Span

_LEAD = re.compile(
    r"[■◆●▶▲★☆◎○◇□▌►◼▪◾❖➢❤♦※▎|·•\-—>、，。；：]+|[0-9]{1,2}[.、．](?![0-9])|[（(]?[一二三四五六七八九十0-9]{1,3}[）)、]"
)
_TAIL = frozenset("，。；：、！？…\x00")
_COLUMN_GAP = re.compile(r"(?<=[0-9][件人元%个份次])[ ]{2,}(?=[\u4e00-\u9fff])")
_GAP = re.compile(r"[ ]+")
_LEADERS = frozenset("■◆●▶▲★☆◎○◇□▌►◼▪◾❖➢❤♦※▎|·•-—>、，。；：（(0123456789一二三四五六七八九十")
_MARKS = re.compile(r"[，；。！？：“”《》（）\x00]")
_OPENERS = {"“": "”", "《": "》", "（": "）"}
_MAX_QUOTE = 60
_MAX_CLAUSE = 160


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two commas; ``strong`` when a semicolon, colon or the sentence's own start opens it."""

    start: int
    end: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, squeezed: its text, where each character stands in the document, and its clauses."""

    text: str
    offsets: Sequence[int]
    clauses: tuple[Clause, ...]

    def span(self, start: int, end: int) -> Span:
        """The document's span of a stretch of the passage."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def at(self, offset: int) -> int:
        """The squeezed position of a document offset (of the next kept character after it)."""
        low, high = 0, len(self.offsets)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.offsets[middle] < offset else (low, middle)
        return low


def passage(view: str, start: int, end: int, *, headed: bool = False) -> Passage:
    """The sentence ``view[start:end]`` squeezed and cut into clauses.

    A wide gap after an amount is the edge of a column and cuts, too; in a heading any gap does.
    """
    raw = view[start:end]
    if " " not in raw and "\n" not in raw:
        return Passage(raw, range(start, end), tuple(_clauses(raw)))
    raw = (_GAP if headed else _COLUMN_GAP).sub(lambda m: "\x00" + m.group()[1:], raw)
    kept = [(i, char) for i, char in enumerate(raw, start) if not char.isspace()]
    text = "".join(char for _, char in kept)
    return Passage(text, [i for i, _ in kept], tuple(_clauses(text)))


def _clauses(text: str) -> list[Clause]:
    """Clauses between commas and stronger marks that stand in no quotation or bracket."""
    found: list[Clause] = []
    begin, strong, closer, opened = 0, True, "", 0
    for mark in _MARKS.finditer(text):
        char, at = mark.group(), mark.start()
        if closer and at - opened <= _MAX_QUOTE:
            closer = "" if char == closer else closer
            continue
        if char in _OPENERS:
            closer, opened = _OPENERS[char], at
        elif char not in "”》）":
            _add(found, text, begin, at, strong)
            begin, strong, closer = at + 1, char != "，", ""
    _add(found, text, begin, len(text), strong)
    return found


def _add(found: list[Clause], text: str, begin: int, end: int, strong: bool) -> None:
    while begin < end and text[begin] in _LEADERS and (lead := _LEAD.match(text, begin, end)) is not None:
        begin = lead.end()
    while end > begin and text[end - 1] in _TAIL:
        end -= 1
    if 0 < end - begin <= _MAX_CLAUSE:
        found.append(Clause(begin, end, strong))
