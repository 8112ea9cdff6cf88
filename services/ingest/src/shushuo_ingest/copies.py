"""Whether two texts are the same report: a repost, a PDF and its web page, a re-saved file; or one revised. Pure.

Two years or two courts are never the same, nor is a corrected report: its figures differ. So the figures decide. Their
sequences, with 上升 and 下降 among them, must agree without a gap; only at an end may one text have more of them, as a
date line or the foot of a page brings them. Texts too short for that are the same only to the letter, and only when
they name their court and year.
"""

import hashlib
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

SHORTEST = 200
FEWEST_NUMBERS = 12
MOST_NUMBERS = 20_000  # comparing takes their square, and a yearly report has some thousand
FEWEST_OF_BRIEF = 2
MOST_EXTRA = 12
ALIKE = 0.8
REVISED = 0.5
_SHINGLE = 5
_KEPT_HASHES = 128
_AT_ONCE = 100_000
_ANCHOR_RUN = 4
_ANCHORS = 8

_NUMBER = re.compile(r"\d+(?:\.\d+)?[%万亿]?|第[一二三四五六七八九十百零]+|上升|下降|增长|增加|减少|提高|降低|持平")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_COURT = re.compile(r"[\u4e00-\u9fff]{3}人民(?:法院|检察院)")
# Blanks within the line: were blank lines among them, they would be gone through again from each of them.
_GAP = r"[^\S\n]*"
_DAY = (
    rf"(?:19|20)\d\d{_GAP}[-/.年]{_GAP}\d{{1,2}}{_GAP}[-/.月]{_GAP}\d{{1,2}}{_GAP}日?"
    r"(?:[^\S\n]+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_NOISE_LINE = re.compile(  # a figure in a line of its own is none: 访问当事人3216人, or a row of a table
    rf"(?m)^{_GAP}(?:(?:发布|更新|发表)?(?:时间|日期)|来源|(?:浏览|点击|阅读|访问)(?:次数|人数|数|量)?|作者|责任编辑|责编|编辑|字号|打印|分享到?"
    r"|上一[篇条]|下一[篇条])(?:[ \t\u3000]*[:：|【\[(（][^。\n]{0,80}|[ \t\u3000]*\d*次?)$"
    rf"|^{_GAP}{_DAY}{_GAP}$|^{_GAP}[-—]{_GAP}\d+{_GAP}[-—]{_GAP}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is kept of a text to know it again: a key of its words, its first figures in order, court and hashes."""

    key: str
    length: int
    numbers: tuple[str, ...]
    court: str | None
    hashes: tuple[int, ...]

    @property
    def comparable(self) -> bool:
        """Whether the text can be anything's copy, and anything its."""
        return self.length >= SHORTEST or _speaks_for_itself(self)

    def anchors(self) -> tuple[int, ...]:
        """A few numbers that copies share with near certainty: the smallest hashes of runs of figures."""
        runs = ("|".join(self.numbers[i : i + _ANCHOR_RUN]) for i in range(len(self.numbers) - _ANCHOR_RUN + 1))
        return tuple(sorted({zlib.crc32(run.encode()) for run in runs})[:_ANCHORS])


def without_noise(text: str) -> str:
    """The text without the lines that a site writes around it and changes by itself: dates, counters, neighbours."""
    return re.sub(r"\n\s*\n", "\n", _NOISE_LINE.sub("", text)).strip()


def sketch(text: str) -> Sketch:
    """The sketch of a text; spelling variants, spaces, punctuation and date lines do not count."""
    plain = unicodedata.normalize("NFKC", without_noise(text))
    dense = _GROUPED.sub("", re.sub(r"\s+", "", plain))
    words = re.sub(r"[^\w.%]", "", dense)
    courts = Counter(_COURT.findall(dense)).most_common(1)
    return Sketch(
        key=hashlib.sha256(words.encode()).hexdigest()[:32],
        length=len(words),
        numbers=tuple(found[0] for found in islice(_NUMBER.finditer(dense), MOST_NUMBERS + 1)),
        court=courts[0][0] if courts else None,
        hashes=_smallest_hashes(words),
    )


def _smallest_hashes(words: str) -> tuple[int, ...]:
    """The smallest hashes of the passages, found a stretch at a time: all those of a large text fill the memory."""
    last = max(1, len(words) - _SHINGLE + 1)
    kept: set[int] = set()
    for start in range(0, last, _AT_ONCE):
        stretch = range(start, min(start + _AT_ONCE, last))
        kept |= {zlib.crc32(words[i : i + _SHINGLE].encode()) for i in stretch}
        kept = set(sorted(kept)[:_KEPT_HASHES])
    return tuple(sorted(kept))


def same_report(one: Sketch, other: Sketch) -> bool:
    """Whether the two texts are one report."""
    if one.court and other.court and one.court != other.court:
        return False
    if one.key == other.key:
        return one.comparable
    if min(one.length, other.length) < SHORTEST:
        return False
    return _same_numbers(one.numbers, other.numbers) and likeness(one, other) >= ALIKE


def revised(one: Sketch, other: Sketch) -> bool:
    """Whether the one text may be the other with corrections: of the same court and year, most words and figures kept.

    Less than a copy, and so only to be asked of texts that come under one name.
    """
    if one.court and other.court and one.court != other.court:
        return False
    if one.key == other.key:
        return True
    kept = _common(_figures(one), _figures(other))
    return _when(one) == _when(other) and kept >= REVISED and likeness(one, other) >= REVISED


def _when(text: Sketch) -> tuple[str, str] | None:
    """The year that a text names first and the one that it names most; None when it names none."""
    years = [number for number in text.numbers if _YEAR.fullmatch(number)]
    return (years[0], Counter(years).most_common(1)[0][0]) if years else None


def _figures(text: Sketch) -> Counter[str]:
    return Counter(number for number in text.numbers if number[0].isdigit() and not _YEAR.fullmatch(number))


def _common(one: Counter[str], other: Counter[str]) -> float:
    """The share of the figures of the longer list that the other has, too; 1 when there are none."""
    longer = max(one.total(), other.total())
    return (one & other).total() / longer if longer else 1.0


def _speaks_for_itself(brief: Sketch) -> bool:
    """Whether a few words say whose and of when they are and some figures: repeated to the letter, they are a copy."""
    years = sum(1 for number in brief.numbers if _YEAR.fullmatch(number))
    return brief.court is not None and years > 0 and len(brief.numbers) - years >= FEWEST_OF_BRIEF


def likeness(one: Sketch, other: Sketch) -> float:
    """The share of their passages that the texts have in common, estimated from the smallest hashes of both."""
    smallest = set(sorted({*one.hashes, *other.hashes})[:_KEPT_HASHES])
    common = smallest & set(one.hashes) & set(other.hashes)
    return len(common) / len(smallest)


def _same_numbers(one: Sequence[str], other: Sequence[str]) -> bool:
    """One unbroken run of common figures that is all of the one text's at each end, where the other may have more."""
    if min(len(one), len(other)) < FEWEST_NUMBERS or max(len(one), len(other)) > MOST_NUMBERS:
        return False
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    heads = (run.a, run.b)
    tails = (len(one) - run.a - run.size, len(other) - run.b - run.size)
    return all(min(ends) == 0 and max(ends) <= MOST_EXTRA for ends in (heads, tails))
