"""Where words of time stand: their sentence, its zone, and whether it goes on with a figure."""

import re
from bisect import bisect_right

from shushuo_extract.engine.types import Document, Sentence
from shushuo_extract.rules.periods import When

FIGURE = re.compile(
    r"[0-9](?<![0-9.,][0-9])[0-9.,]*+[余多]?[万亿]?[余多]?(?:件|人|元|%|个|名|份|次|起|家|场|宗|亩|户|条|吨)"
)
_FIGURE_REACH = 200


def sentence_of(doc: Document, offset: int) -> Sentence | None:
    """The sentence at an offset, or the last before it."""
    at = bisect_right(doc.starts, offset) - 1
    return doc.sentences[at] if at >= 0 else None


def zone_of(doc: Document, offset: int) -> str:
    """The zone of that sentence."""
    sentence = sentence_of(doc, offset)
    return sentence.zone if sentence else "body"


def has_figure(doc: Document, when: When) -> bool:
    """Whether the sentence goes on with a figure, in what the report tells."""
    sentence = sentence_of(doc, when.start)
    if sentence is None or sentence.zone != "body":
        return False
    return FIGURE.search(doc.view, when.end, min(sentence.end, when.end + _FIGURE_REACH)) is not None
