"""The marks that open a heading or a list item, and how deep each stands."""

import re

BULLETS = "■◆●▶▲★☆◎○◇□▌►◼▪◾❖✦✧➤➢❤♦♥※▎▍❙"
_NUMERALS = "一二三四五六七八九十百"
_FORMS: tuple[tuple[str, int, str], ...] = (
    ("part", 1, rf"第[{_NUMERALS}0-9]{{1,3}}(?:部分|编|章|篇)"),
    ("han", 2, rf"[{_NUMERALS}]{{1,3}}[、．.]|[{_NUMERALS}]{{1,3}}[ ](?=[^ ][^ ])"),
    ("bracketed", 3, rf"（[{_NUMERALS}]{{1,3}}）、?"),
    ("number", 4, r"[0-9]{1,2}(?:[、．](?![0-9])|\.(?![0-9]))|0[0-9][ ](?=[^0-9 ])"),
    ("circled", 5, r"（[0-9]{1,2}）|[①-⑳㈠-㈩]|[0-9]{1,2}）"),
    ("bullet", 4, rf"[{BULLETS}|]+[ ]?"),
    ("dot", 6, r"[·•][ ]?"),
)
_OPENERS = frozenset(f"第{_NUMERALS}0123456789（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩{BULLETS}|·•")
MARKER = re.compile("|".join(f"(?:{pattern})(?P<{name}>)" for name, _, pattern in _FORMS))  # told by what ends it
_DEPTH = {name: depth for name, depth, _ in _FORMS}


def is_marked(view: str, start: int, end: int) -> bool:
    """Whether the mark of a heading or list item opens a line."""
    return view[start] in _OPENERS and MARKER.match(view, start, end) is not None


def depth_at(view: str, start: int, end: int) -> int:
    """How deep the form of the mark stands that opens a paragraph, 1 outermost, 0 where none does."""
    mark = MARKER.match(view, start, end) if view[start] in _OPENERS else None
    return _DEPTH[str(mark.lastgroup)] if mark else 0
