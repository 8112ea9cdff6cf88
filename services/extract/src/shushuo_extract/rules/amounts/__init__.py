"""Amounts: every quantity that the text asserts, with its exact value, unit and qualifier."""

import re

from shushuo_extract.engine.types import Amount, Document, Sentence
from shushuo_shared.report import Approx

from . import lexicon, numerals, refusals, rules
from .rules import Parts

_NUMERAL = re.compile(rf"[0-9][0-9,.]*|[{rules.HAN}]+")
_RESULT = re.compile(r"(?:截至|截止|以来|累计|共(?!同|享|建|治|识)|同比|较20|[0-9]年(?!前)|今年|去年|全年|上升|下降)")
_BEFORE = re.compile(rf"(?:{lexicon.BEFORE})$")
_LOOSE = re.compile(rf"(?:{lexicon.LOOSE})$")
_LOOKALIKE = re.compile(rf"(?:{lexicon.LOOKALIKES})$")
_REACHES = r"(?:(?:上升|下降|提升|提高|降低|增|升|降|减|回落|增长|优化|压降|缩小)?(?:至|到)|达到|达|均为|仅为|约为|为|是|仅|均|约|超|高达|：)*"
_RATE = re.compile(rf"(?:{lexicon.RATES}){_REACHES}$")
_MOVED = re.compile(r"(?:上升|下降|提升|提高|降低|减少|增加|增长)了?$")
_NUMBERING = re.compile(r"[0-9]{1,2}(?:、|\.(?=[0-9]{1,4}[余多]?[件名个项人篇起份次家户场]))")
_BOXED = re.compile(rf"（(?:单位：)?(?P<scale>[万亿]{{1,2}})?(?P<unit>{lexicon.UNIT})）[：]?$")
_QUOTED = re.compile(r"“[^“”\n]{1,14}”|《[^《》\n]{1,80}》|‘[^‘’\n]{1,14}’")
_WINDOW = 16


def find(doc: Document) -> list[Amount]:
    """The amounts of the passages that report results, in order."""
    named = _names(doc)
    out: list[Amount] = []
    for index, sentence in enumerate(doc.sentences):
        if _counts(doc, sentence):
            out.extend(_in_sentence(doc, index, sentence, named))
    return out


def _counts(doc: Document, sentence: Sentence) -> bool:
    if sentence.zone == "glossary":
        return _RESULT.search(doc.view, sentence.start, sentence.end) is not None
    return sentence.zone == "body"


def _names(doc: Document) -> list[tuple[int, int]]:
    return [m.span() for m in _QUOTED.finditer(doc.view)]


def _in_sentence(doc: Document, index: int, sentence: Sentence, named: list[tuple[int, int]]) -> list[Amount]:
    sentence = _numbered(doc.view, sentence)
    found, pos = [], sentence.start
    while match := _NUMERAL.search(doc.view, pos, sentence.end):
        amount = _at(doc, index, sentence, match, named)
        if amount is not None:
            found.append(amount)
        pos = amount.end if amount is not None else match.end()
    return found


def _numbered(view: str, sentence: Sentence) -> Sentence:
    """A sentence without the number of a list item: in 1.5件案例获奖 five cases are honoured."""
    match = _NUMBERING.match(view, sentence.start, sentence.end)
    return Sentence(match.end(), sentence.end, sentence.zone) if match else sentence


def _at(
    doc: Document, index: int, sentence: Sentence, match: re.Match[str], named: list[tuple[int, int]]
) -> Amount | None:
    view, start = doc.view, match.start()
    left = view[max(sentence.start, start - _WINDOW) : start]
    read = _read(view, start, sentence.end, left)
    if read is None or _is_named(named, start, read[1].end):
        return None
    rule, parts = read
    begin, before = _qualified(left, start, parts)
    if before:
        parts = Parts(parts.end, parts.value, parts.unit, (before, *parts.hints), parts.numeral)
    left = left[: len(left) - (start - begin)] if begin < start else left
    bounded = view[parts.end - 2 : parts.end] in {"以上", "以下"}
    right = view[parts.end : min(sentence.end, parts.end + _WINDOW)]
    if refusals.reason(refusals.Candidate(parts, left, right, bounded)):
        return None
    return Amount(begin, parts.end, numerals.plain(parts.value), parts.unit, _approx(parts.hints), index, rule)


def _is_named(named: list[tuple[int, int]], start: int, end: int) -> bool:
    from bisect import bisect_right

    at = bisect_right(named, (start, 1 << 60)) - 1
    return at >= 0 and named[at][0] < start and end < named[at][1] + 1 and start < named[at][1]


def _read(view: str, start: int, end: int, left: str) -> tuple[str, Parts] | None:
    """The first rule that reads a numeral, and what it read."""
    for rule in rules.IN_TURN:
        match = rule.pattern.match(view, start, end)
        parts = rule.produce(match) if match else None
        if parts is not None:
            return rule.name, parts
    match = rules.BARE.pattern.match(view, start, end)
    parts = rules.BARE.produce(match) if match else None
    if parts is None or match is None:
        return None
    following = view[parts.end : parts.end + 1]
    boxed = _BOXED.search(left)
    if boxed and not following.isalnum():
        scale = numerals.value(f"1{boxed['scale']}") if boxed["scale"] else None
        return rules.BARE.name, Parts(parts.end, parts.value * (scale or 1), boxed["unit"], parts.hints, parts.numeral)
    if following in {"年", "月", "日", "号", "-", ":"} or (following.isalnum() and following.isascii()):
        return None
    if (
        _RATE.search(left)
        or ("." in match["num"] and _MOVED.search(left))
        or match["scale"]
        or match["num"][-1] in "万亿"
    ):
        return (rules.BARE.name, parts) if following in "，。；、）！\n" or not following else None
    return None


def _qualified(left: str, start: int, parts: Parts) -> tuple[int, Approx | None]:
    """Where the amount begins with the qualifier before it, and what that says."""
    if _LOOKALIKE.search(left):
        return start, None
    if parts.numeral[0] in "十百千万亿" and (loose := _LOOSE.search(left)):
        return start - len(loose.group()), "about" if loose.group()[-1] in "数几" else "over"
    before = _BEFORE.search(left)
    if before is None:
        return start, None
    approx: Approx = lexicon.APPROX[before.group()]
    return start - len(before.group()), approx


def _approx(hints: tuple[str, ...]) -> Approx:
    kinds = set(hints)
    if not kinds:
        return "exact"
    if kinds == {"over"}:
        return "over"
    return "under" if kinds == {"under"} else "about"
