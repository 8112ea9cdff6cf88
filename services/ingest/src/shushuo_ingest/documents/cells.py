"""The words of one cell of a table that stand on several lines, as one stretch; no two numbers ever become one."""

from collections.abc import Iterable


def one_line(parts: Iterable[str]) -> str:
    """The parts with spaces between, or a tab where a number ends and another begins: nobody can tell 1<br>234."""
    line = ""
    for words in (" ".join(part.split()) for part in parts):
        if line and words:
            line += "\t" if line[-1] in _NUMERIC and words[0] in _NUMERIC else " "
        line += words
    return line


_NUMERIC = frozenset("0123456789０１２３４５６７８９.．,，")
