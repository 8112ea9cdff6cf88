"""Lines of the view, and which of their breaks are only the end of a column.

A newspaper column or a PDF breaks lines in the middle of a sentence, with or without an empty line between. Such a
break is soft: sentences and amounts run on over it.
"""

import re

from shushuo_extract.engine.records import Record

from .markers import is_marked

_FINAL = frozenset("。！？…")
_CLOSERS = "”’）】》"
_DIGITS = frozenset("0123456789.")
_UNITS = frozenset("件人名元个%万亿余多起次份家户项")
_OPEN_END = frozenset("，、（“《‘")
_COUNTED = "件人元名个次份%家场起户条项"
_AMOUNT_END = re.compile(
    rf"[0-9一二三四五六七八九十百千万亿余多][ ]*(?:[{_COUNTED}天倍亩]|[件人场户家]次|个?百分点)[）]?$"
)
_AMOUNT_LAST = frozenset(_COUNTED + "天倍亩点）")
_PUNCTUATION = re.compile(r"[，。、；]")
_CUT_NUMBER = re.compile(r"[，。、；]|[^0-9 .]{6}[0-9.]*$(?<!20[0-9]{2})(?<!19[0-9]{2})")
_MARKDOWN = re.compile(r"[ ]*(?:(?P<hashes>#{1,6})|[-+*>])[ ]")
_BOLD = re.compile(r"[ ]*(?:[■◆●▶◎○0-9、.]+[ ]?)?\*\*([^*\n]{2,60})\*\*")
_BOLD_AT = 12  # characters of a line in which a bold opening begins
_NARROW, _WIDE, _SLACK = 14, 110, 8
_LABEL_OPENS, _NUMBERING = "【〖", 2
_SPEAKERS = ("法院：", "检察院：", "检察机关：")  # each opens its own part of a box on both
_BLOCK = 6  # lines of a paragraph that are looked back over for its indent
_ROOMY = 36  # cells in which prose nearly always has a mark


_Opening = tuple[bool, int, int | None]  # is it a heading or an item, of how many hashes, where its bold words end
_PLAIN: _Opening = (False, 0, None)


class Line(Record, frozen=True):
    """One non-empty line: its trimmed extent, its width in cells without blanks, what it is like, what opens it.

    ``gap`` counts the empty lines before it, ``blanks`` those within; ``prose`` has a mark within; ``tabular`` is a row
    of a table.
    """

    start: int
    end: int
    width: int
    marked: bool
    gap: int
    prose: bool
    blanks: int
    hashes: int = 0
    bold: int | None = None
    tabular: bool = False

    def spaced(self) -> bool:
        """Whether a blank stands after every character."""
        length = self.end - self.start
        return length < 400 and 3 * self.blanks >= length >= 7


def split(text: str, view: str) -> list[Line]:
    """The non-empty lines; ``bold`` is where a bold opening ends."""
    lines, at, gap = list[Line](), 0, 0
    has_bold = "**" in text
    for raw in view.split("\n"):
        body = raw.strip(" ")
        if body:
            is_indented = raw[0] == " "
            start = at + raw.index(body) if is_indented else at
            may_open = is_indented or (has_bold and text.find("**", start, start + _BOLD_AT) >= 0)
            opening = _opening(text, at, start, start + len(body)) if may_open else _PLAIN
            lines.append(_line(body, start, gap, opening))
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    return lines


def _opening(text: str, at: int, start: int, end: int) -> _Opening:
    """What Markdown opens a line with, from ``at``, whose marks are blanks of the view."""
    mark = None if text[at:start].isspace() else _MARKDOWN.match(text, at, start + 1)
    bold = _BOLD.match(text, at, start + 80) if text.find("**", at, start + _BOLD_AT) >= 0 else None
    return mark is not None, len(mark["hashes"] or "") if mark else 0, min(bold.end(1), end) if bold else None


def _line(body: str, start: int, gap: int, opening: _Opening) -> Line:
    """The line of a trimmed text; of one wider than any column the exact width does not matter."""
    length, blanks = len(body), body.count(" ")
    width = (length + len(body.encode("utf-8", "surrogatepass"))) // 2 - blanks if length <= 2 * _WIDE else 2 * length
    listed, hashes, bold = opening
    marked = listed or body[0] in _LABEL_OPENS or is_marked(body, 0, length)
    prose = "，" in body or "。" in body or "、" in body or "；" in body
    return Line(start, start + length, width, marked, gap, prose, blanks, hashes, bold)


def soft_breaks(view: str, lines: list[Line]) -> list[bool]:
    """For each line, whether the break after it is only the column's end."""
    soft: list[bool] = []
    for i, nxt in enumerate(lines[1:]):
        soft.append(_runs_on(view, lines, i, nxt) or (i > 0 and soft[-1] and _goes_on(view, lines[i], nxt)))
    return [*soft, False] if lines else []


def _goes_on(view: str, line: Line, nxt: Line) -> bool:
    """Whether a line that goes on with a paragraph's sentence, and does not end it, is not the paragraph's last."""
    if nxt.marked or nxt.gap or nxt.tabular or line.tabular or not line.prose or line.width < _ROOMY:
        return False
    return line.width <= _WIDE and "一" <= view[line.end - 1] <= "龥" and not _ends_in_amount(view, line)


def _runs_on(view: str, lines: list[Line], i: int, nxt: Line) -> bool:
    line = lines[i]
    if nxt.marked or nxt.gap > 1 or line.hashes or line.tabular or nxt.tabular or _ends(view, line):
        return False
    is_tiny = line.width <= _NUMBERING or nxt.width <= _NUMBERING
    if is_tiny and (_is_numbering(view, line) or _is_numbering(view, nxt)):
        return False
    if _breaks_off(view, line, nxt) or _hangs(view, lines, i, nxt):
        return True
    if nxt.width > line.width + _SLACK or not _NARROW <= line.width <= _WIDE or _is_marked_title(view, line):
        return False
    if view.startswith(_SPEAKERS, nxt.start):
        return False
    return _is_full(lines, i) and not (_ends_in_amount(view, line) and _ends_in_amount(view, nxt))


def _breaks_off(view: str, line: Line, nxt: Line) -> bool:
    """Whether a line stops where none can end: after a comma, within a number, or in a second sentence."""
    last = view[line.end - 1]
    if last in _OPEN_END:
        return line.width <= _WIDE
    if last in _DIGITS and view[nxt.start] in _UNITS:
        return True
    if nxt.gap or last in _CLOSERS:
        return False
    if last in _DIGITS and view[nxt.start] in _DIGITS:
        return _CUT_NUMBER.search(view, line.start, line.end) is not None
    return view.find("。", line.start, line.end) >= 0


def _hangs(view: str, lines: list[Line], i: int, nxt: Line) -> bool:
    """Whether the next line stands out to the left of a paragraph whose first line is indented and goes on with it."""
    if nxt.gap or not lines[i].prose or lines[i].width < _ROOMY or view[nxt.start - 1] == " ":
        return False
    first = i
    while first and not lines[first].gap and i - first < _BLOCK and view[lines[first].start - 1] != " ":
        first -= 1
    return lines[first].start > 1 and view[lines[first].start - 2 : lines[first].start] == "  "


def _is_numbering(view: str, line: Line) -> bool:
    """Whether a line after an empty one is nothing but the number of a part: 03."""
    return line.gap > 0 and line.width <= _NUMBERING and view[line.start : line.end].isdigit()


def _is_marked_title(view: str, line: Line) -> bool:
    """Whether a line opens with the mark of a heading and is one phrase; a dotted list item may run on."""
    return line.marked and view[line.start] not in "·•" and not _PUNCTUATION.search(view, line.start + 3, line.end)


def _ends(view: str, line: Line) -> bool:
    if view[line.end - 1] not in _CLOSERS:
        return view[line.end - 1] in _FINAL
    tail = view[max(line.start, line.end - 4) : line.end].rstrip(_CLOSERS)
    return not tail or tail[-1] in _FINAL


def _is_full(lines: list[Line], i: int) -> bool:
    """Whether a line is as wide as the column it stands in, which the lines after or before it show."""
    line, after = lines[i], lines[i + 1 : i + 4]
    if not _fits(line.width, after) and not _fits(line.width, _before(lines, i)):
        return False
    if line.width < _ROOMY and line.prose:
        return True
    near = [line, *after, *_before(lines, i)]
    least = len(near) if line.width >= _ROOMY else 2  # fewer, and it is a table or a poster of items
    return 2 * [peer.prose for peer in near].count(True) >= least


def _before(lines: list[Line], i: int) -> list[Line]:
    """The nearest lines before one that may be of its column."""
    return [line for line in lines[max(0, i - 3) : i] if not line.marked]


def _fits(width: int, column: list[Line]) -> bool:
    """Whether two lines at least of a column are about as wide as its widest, and so is a line of that width."""
    if len(column) < 2:
        return False
    second, widest = sorted([line.width for line in column])[-2:]
    least = widest - _SLACK
    return least <= second and least <= width <= widest + 2


def _ends_in_amount(view: str, line: Line) -> bool:
    """Two lines that each end in an amount are items of a list, not one sentence."""
    may_be = view[line.end - 1] in _AMOUNT_LAST
    return may_be and _AMOUNT_END.search(view, max(line.start, line.end - 12), line.end) is not None
