"""Amounts: every quantity that the text asserts, with its exact value, unit and qualifier."""

import re
from bisect import bisect_left

from shushuo_extract.engine.types import Amount, Document, Sentence

from .aims import without_aims
from .cards import Cards
from .lexicon import HAN
from .reading import read
from .rules import AFTER_HAN, BARE
from .tables import Tables

_NUMERAL = re.compile(  # no amount and so a group: a year, and Chinese numerals as names and sayings have them
    rf"[0-9{HAN}](?:(?<=[0-9])(?:[0-9]{{3}}(?=年)()|[0-9,.]*)|[{HAN}]*+(?:(?=[{''.join(AFTER_HAN)}])|()))"
)
_REPORTING = frozenset({"body", "glossary"})
_CARD = 20
_CUT_OFF = re.compile(r"(?<![0-9.])[0-9]{1,3} $")  # 97 345件: two columns or one number? it is not for us to say
_SPACED_OUT = re.compile(r"(?<![0-9.])[0-9] $")  # 9 1 2件: the last digit of a number written with blanks
_NUMBERING = re.compile(r"[0-9]{1,2}(?:、|\.(?=[0-9]{1,4}[余多]?[件名个项人篇起份次家户场]))")
_RESULT = re.compile(r"截[至止]|以来|累计|共(?!同|享|建|治|识)|同比|较20|年(?<=[0-9]年)(?!前)|今年|去年|全年|上升|下降")
_NAMES = re.compile(
    r"“[^“”\n]{1,14}(?<![。！？])”|《[^《》\n]{1,80}》|‘[^‘’\n]{1,14}’"
    r"|入[选围](?:了|为)?20[0-9]{2}年度?[^，。；、0-9\n]{2,24}[0-9]{2,3}[件个大](?:典型|精品|优秀|示范|指导性?|创新|参考性?)案[例件]"
)


class Names:
    """The short quotes, the titles and the names of lists in a report: an amount inside one is part of a name."""

    def __init__(self, view: str) -> None:
        spans = [match.span() for match in _NAMES.finditer(view)]
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]

    def cover(self, start: int, end: int) -> bool:
        """Whether a stretch stands inside one of them."""
        at = bisect_left(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


def find(doc: Document) -> list[Amount]:
    """The amounts of the passages that report results, in order."""
    names = Names(doc.view)
    out: list[Amount] = []
    cards, tables = Cards(doc), Tables(doc)
    for index, sentence in enumerate(doc.sentences):
        may_report = sentence.zone in _REPORTING
        first = _NUMERAL.search(doc.view, sentence.start, sentence.end) if may_report else None
        if first is None or (sentence.zone == "glossary" and not _tells(doc.view, sentence)):
            continue
        if doc.tables and (row := tables.row(sentence.start, index)) is not None:
            out.extend(row)
            continue
        alone = sentence.end - sentence.start <= _CARD and doc.view[sentence.start : sentence.end].isascii()
        if alone and (counted := cards.read(index)):
            out.append(Amount(sentence.start, sentence.end, *counted, "exact", index, BARE.name))
        else:
            out.extend(_in_sentence(doc.view, index, sentence, first, names))
    return out


def _tells(view: str, sentence: Sentence) -> bool:
    """Whether a sentence of a glossary tells results, whose figures count; in the body all do."""
    return _RESULT.search(view, sentence.start, sentence.end) is not None


def _in_sentence(view: str, index: int, sentence: Sentence, first: re.Match[str], names: Names) -> list[Amount]:
    """The amounts of a sentence from its first numeral on."""
    since, until = sentence.start, sentence.end
    match: re.Match[str] | None = first
    found: list[Amount] = []
    if first.start() == since and (numbered := _NUMBERING.match(view, since, until)):
        since = numbered.end()  # in 1.5件案例获奖 five cases are honoured
        match = _NUMERAL.search(view, since, until)
    while match is not None:
        start, pos = match.span()
        if match.lastindex is None and not (view[start - 1] == " " and _is_cut_off(view, start, pos)):
            amount = read(view, start, pos, since=since, until=until, sentence=index)
            if amount is not None and not names.cover(start, amount.end):
                found.append(amount)
                pos = amount.end
        match = _NUMERAL.search(view, pos, until)
    return without_aims(view, sentence.start, until, found)


def _is_cut_off(view: str, start: int, end: int) -> bool:
    """Whether a numeral after a blank may be the rest of a number written with them, at its thousands or everywhere."""
    if view[start] in HAN:
        return False
    digits = len(view[start:end].partition(".")[0])
    if digits == 1:
        return _SPACED_OUT.search(view, max(0, start - 3), start) is not None
    return digits == 3 and _CUT_OFF.search(view, max(0, start - 5), start) is not None
