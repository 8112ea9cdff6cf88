"""Figures that stand alone on their line, named by the label on the line above or below."""

import re

from shushuo_extract.engine.types import Document

from .clauses import squeeze
from .words import clean

_TITLE_MARKS = frozenset("▍▎【〖◆■●")
_BOX = re.compile(r"（[^（）]{1,5}）$")
_LABEL = re.compile(r"(?:20[0-9]{2}年，?)?[^0-9。；，]{2,24}")


class Labels:
    """The label lines of a report, each of which names one figure at most."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._taken: set[int] = set()

    def of(self, number: int, start: int, end: int) -> str:
        """What the figure that is the whole of sentence ``number`` measures, "" if it is not or nothing says so."""
        sentence = self._doc.sentences[number]
        before = self._doc.view[sentence.start : start]
        if before[:1].isalnum() or squeeze(before + self._doc.view[end : sentence.end]):
            return ""
        near = [n for n in (number - 1, number + 1) if self._is_label(n)]
        if not near:
            return ""
        label = min(near, key=lambda n: (_BOX.search(self._words(n)) is None, self._gap(n, number)))
        self._taken.add(label)
        return clean(_BOX.sub("", self._words(label)))

    def _is_label(self, number: int) -> bool:
        if not 0 <= number < len(self._doc.sentences) or number in self._taken:
            return False
        words = self._words(number)
        return words[:1] not in _TITLE_MARKS and _LABEL.fullmatch(words) is not None

    def _words(self, number: int) -> str:
        sentence = self._doc.sentences[number]
        return squeeze(self._doc.view[sentence.start : min(sentence.end, sentence.start + 40)])

    def _gap(self, label: int, number: int) -> int:
        first, second = sorted((label, number))
        sentences = self._doc.sentences
        return self._doc.view.count("\n", sentences[first].start, sentences[second].start)
