"""What the words that end at an offset speak of, for placings (一审服判息诉率达96.11%, 居全省首位)."""

import re

from shushuo_extract.engine.types import Document, Naming

from .clauses import squeeze
from .words import EXPANSIONS, clean

_CLAUSE = re.compile(r"[，；。：！？、（）\n]")
_AMOUNT_TAIL = re.compile(
    r"(?:均|分别|累计|已|同比|超|近|约|逾)*(?:达到?|为|至)?[0-9一二三四五六七八九十百][0-9.一二三四五六七八九十百千万亿余多]*[^0-9，；、]{0,3}$"
)
_COPULA = re.compile(r"(?:连续.{1,4}[年月]|稳|均|也|继续|始终|综合|总分|再次|跃|首次|整体)+$")
_WINDOW = 80


def subject(doc: Document, start: int) -> Naming:
    """What is measured or ranked by the words that end at ``start``."""
    window = doc.view[max(0, start - _WINDOW) : start]
    clauses = [squeeze(c) for c in _CLAUSE.split(window)]
    for clause in reversed(clauses[-4:]):
        words = _COPULA.sub("", clause)
        words = clean(_AMOUNT_TAIL.sub("", words))
        if len(words) >= 2:
            words = EXPANSIONS.get(words, words)
            return Naming(indicator=words, rule="subject of <placing>")
    return Naming(indicator="")
