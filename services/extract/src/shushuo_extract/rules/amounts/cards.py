"""Numbers alone on their line, counted in the unit that the label beside them sets in brackets: 38,416 / 收案（件）."""

import re

from shushuo_extract.engine.types import Document

from . import lexicon, numerals

_NUMBER = re.compile(r"[0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]{1,4})?")
_LABEL = re.compile(rf"[^0-9（）。；，\n]{{2,20}}（(?:单位：)?(?P<scale>[万亿]{{1,2}})?(?P<unit>{lexicon.UNIT})）")
_LONGEST = 32


class Cards:
    """The number cards of a report; each label counts one number."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._taken: set[int] = set()

    def read(self, index: int) -> tuple[str, str] | None:
        """Value and unit of the number that sentence ``index`` consists of; None where it is none or nothing counts it.

        Numbers in a row are a column of a table, where nobody can tell what counts which.
        """
        number = self._whole(_NUMBER, index)
        if number is None or self._whole(_NUMBER, index - 1) or self._whole(_NUMBER, index + 1):
            return None
        for at in sorted((index - 1, index + 1), key=lambda at: self._gap(at, index)):
            label = self._whole(_LABEL, at) if at not in self._taken else None
            value = numerals.value(number[0] + (label["scale"] or "")) if label else None
            if label and value is not None:
                self._taken.add(at)
                return numerals.plain(value), label["unit"]
        return None

    def _whole(self, pattern: re.Pattern[str], index: int) -> re.Match[str] | None:
        if not 0 <= index < len(self._doc.sentences):
            return None
        sentence = self._doc.sentences[index]
        return pattern.fullmatch(self._doc.view, sentence.start, min(sentence.end, sentence.start + _LONGEST))

    def _gap(self, one: int, other: int) -> int:
        sentences = self._doc.sentences
        first, second = sorted((max(0, one), min(other, len(sentences) - 1)))
        return self._doc.view.count("\n", sentences[first].start, sentences[min(second, len(sentences) - 1)].start)
