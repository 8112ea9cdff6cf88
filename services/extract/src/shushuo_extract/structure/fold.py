"""Fold a text to one way of writing without moving a single character.

The view has full-width Chinese punctuation, half-width digits and letters, “paired” quotes, ``%``, and blanks where the
text has Markdown marks, so that a pattern is written once; every offset of the view is an offset of the text.
"""

import re
import unicodedata
from functools import lru_cache

_FIXED = {
    ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "∶": "：", "﹕": "：", "︰": "：",
    "「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”",
    "﹪": "%", "–": "-", "−": "-", "‐": "-", "‑": "-", "－": "-", "～": "~", "〜": "~", "∼": "~",
    "／": "/", "•": "·", "‧": "·", "・": "·",
}  # fmt: skip
_BLANKS = "\t\u00a0\u00ad\u1680\u202f\u205f\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200E)))
_FIXED.update(dict.fromkeys(_BLANKS, " "))
_LINE_ENDS = dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n")
_THOUSANDS = re.compile(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")
_WIDE_DIGITS = frozenset("０１２３４５６７８９")
_WIDE_THOUSANDS = re.compile(r"[,，](?<=[０-９].)(?=[０-９]{3}(?![０-９]))")
_CELLS = re.compile(r"[\t\u3000](?<=[0-9０-９].)(?=[0-9０-９])")  # two columns, not thousands
_COLUMNS = frozenset("\t\u3000")
_LINE_MARK, _LINE_MARKS = re.compile(r"\n[ ]*(?:#{1,6}|>+|[-+])(?=[ ])"), ("# ", "> ", "- ", "+ ")
_ANCHOR = re.compile(r"\[(?:bookmark|_)[^\]\n]{0,60}\]")
_RING_ZERO = re.compile(r"(?<=[二一〇○])○|○(?=[〇○一二三四五六七八九])")  # 二○二三年, but not the bullet ○
_FOLDABLE = re.compile(r"[^ \"-'*+\--9<->@-~\u4e00-\u9fff，。、；：“”（）《》—…‘’·\n]")  # the others stay as they are
_EMOJI = "\u2607-\u26ff\u2700-\u2775\u2794-\u27bf\U0001f000-\U0001faff"
_PICTURE, _PICTURES = re.compile(f"[{_EMOJI}]"), re.compile(rf"(?<=[^\n {_EMOJI}])[{_EMOJI}][{_EMOJI}\ufe0f]*")
_FEW = 64
_STRAIGHT = re.compile(r'"|\n')


def fold(text: str) -> str:
    """The view of ``text``: same length, one way of writing; of which characters there are, one look tells."""
    rare = set(_FOLDABLE.findall(text))
    if not rare.isdisjoint(_COLUMNS):
        text = _CELLS.sub("|", text)
    if not rare.isdisjoint(_WIDE_DIGITS):
        text = _WIDE_THOUSANDS.sub("\x00", text)
    text = _THOUSANDS.sub("\x00", text)
    view = _folded_all(text, rare).replace("\x00", ",")
    if any(map(_PICTURE.match, rare)):
        view = _PICTURES.sub(_blank, view)  # but for one that opens a line and marks it
    view = _RING_ZERO.sub("〇", view) if "○" in view else view
    view = _paired_quotes(view) if '"' in view else view
    return _unmarked(view)


def _unmarked(view: str) -> str:
    """The view with blanks in place of Markdown marks; most reports have none."""
    if any(mark in view for mark in _LINE_MARKS):
        view = _LINE_MARK.sub(_blank, "\n" + view)[1:]
    return _ANCHOR.sub(_blank, view).replace("*", " ").replace("__", "  ")


def _blank(match: re.Match[str]) -> str:
    words = match[0]
    return "\n" + " " * (len(words) - 1) if words[0] == "\n" else " " * len(words)


def _folded_all(text: str, rare: set[str]) -> str:
    """The text with every character folded; a report has few that change, and each is replaced in one sweep."""
    table = {char: folded for char in sorted(rare) if (folded := _folded(char)) != char}
    if len(table) > _FEW:
        return text.translate({ord(char): folded for char, folded in table.items()})
    for char, folded in table.items():
        text = text.replace(char, folded)
    return text


@lru_cache(maxsize=20_000)
def _folded(char: str) -> str:
    if char in _FIXED or char in _LINE_ENDS:
        return _FIXED.get(char) or _LINE_ENDS[char]
    if char < "\u2000" or unicodedata.category(char) in {"No", "Cs"}:
        return char  # ① and ² are no digits of an amount
    plain = unicodedata.normalize("NFKC", char)
    return _FIXED.get(plain, plain) if len(plain) == 1 and not plain.isspace() else char


def _paired_quotes(view: str) -> str:
    """Straight quotes opened and closed in turn, anew on every line."""
    is_open = False

    def turn(match: re.Match[str]) -> str:
        nonlocal is_open
        if match.group() == "\n":
            is_open = False
            return "\n"
        is_open = not is_open
        return "“" if is_open else "”"

    return _STRAIGHT.sub(turn, view)
