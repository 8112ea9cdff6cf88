"""A sentence without its blanks, and its clauses: the ground that achievements are read on.

Offsets inside a ``Passage`` count squeezed characters; ``Passage.span`` leads back to the document.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from shushuo_extract.engine.records import Record

_LEAD = re.compile(
    r"[■◆●▶▲★☆◎○◇□▌►◼▪◾❖➢❤♦※▎|·•\-—>、，。；：]+|[0-9]{1,2}[.、．](?![0-9])|[（(]?[一二三四五六七八九十0-9]{1,3}[）)、]"
    r"|“(?!.*”)"
)  # the last is the mark of a speech whose end is further on
_TAIL = frozenset("，。；：、！？…\x00")
_COLUMN_GAP = re.compile(r" (?<=[0-9][件人元%份次] )(?= +[\u4e00-\u9fff])")
_GAP = re.compile(r" (?<!  )")
_LEADERS = frozenset("“■◆●▶▲★☆◎○◇□▌►◼▪◾❖➢❤♦※▎|·•-—>、，。；：（(0123456789一二三四五六七八九十")
_EDGES = "".join(sorted(_LEADERS | _TAIL))
_WORD = re.compile(r"\S+")
_MAX_QUOTE = 60
_CLAUSE = re.compile(
    rf"((?:[^，；。！？：\x00“《（]++|“(?:[^”]{{0,{_MAX_QUOTE}}}”(?<!。”))?+|"
    + "|".join(f"{a}(?:[^{b}]{{0,{_MAX_QUOTE - 1}}}{b}|[^{b}]{{0,{_MAX_QUOTE}}})" for a, b in ("《》", "（）"))
    + r")*+)([，；。！？：\x00]?)"
)  # a clause and the mark that ends it; a mark in a quotation or bracket cuts nothing, in a speech it does
_HEAD = 24
_DATELINE = re.compile(r"(?:[^，。；：“]{2,14}[0-9]日电|[^，。；：“]{0,5}[报网]讯)(?:（[^）]{2,24}）)?")
_MAX_CLAUSE = 160


class Clause(Record, frozen=True):
    """What stands between two commas; ``strong`` when a semicolon, colon or the sentence's own start opens it."""

    start: int
    end: int
    strong: bool


class Passage(Record, frozen=True):
    """One sentence, squeezed: its text, where each character stands in the document, and its clauses."""

    text: str
    offsets: Sequence[int]
    clauses: tuple[Clause, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the passage begins and ends in the document."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def at(self, offset: int) -> int:
        """The squeezed position of a document offset (of the next kept character after it)."""
        return bisect_left(self.offsets, offset)


def marked(sentence: str, *, headed: bool) -> str:
    """A sentence with a mark where the edge of a column is: a wide gap after an amount, in a heading any gap."""
    return (_GAP if headed else _COLUMN_GAP).sub("\x00", sentence)


def passage(text: str, start: int, sentence: str) -> Passage:
    """A sentence that begins at ``start`` of the document, squeezed to ``text`` and cut into clauses."""
    if len(text) == len(sentence):
        return Passage(text, range(start, start + len(text)), tuple(_clauses(text)))
    words = [word.span() for word in _WORD.finditer(sentence)]
    offsets = [at for begin, end in words for at in range(start + begin, start + end)]
    return Passage(text, offsets, tuple(_clauses(text)))


def _clauses(text: str) -> list[Clause]:
    """Clauses between commas and stronger marks that stand in no quotation or bracket."""
    found: list[Clause] = []
    head = text[:_HEAD]
    dateline = _DATELINE.match(text) if "讯" in head or "日电" in head else None
    strong, after = True, dateline.end() if dateline else 0
    for clause, mark in _CLAUSE.findall(text, after):
        begin, end = after, after + len(clause)
        after = end + 1  # past the mark
        if clause.strip(_EDGES) != clause:
            begin, end = _trimmed(text, begin, end)
        if 0 < end - begin <= _MAX_CLAUSE:
            found.append(Clause(begin, end, strong))
        strong = mark != "，"
    return found


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    """A clause without the marks and numbers that lead it and the marks that end it."""
    while begin < end and text[begin] in _LEADERS and (lead := _LEAD.match(text, begin, end)) is not None:
        begin = lead.end()
    while end > begin and text[end - 1] in _TAIL:
        end -= 1
    return begin, end
