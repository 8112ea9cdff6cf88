"""The sentences of a document that may tell an achievement, and what gives reason to read each."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from shushuo_extract.engine.records import Record
from shushuo_extract.engine.types import Document, Ranking, Sentence

from .clauses import marked
from .scan import waking

_LONGEST, _SHORTEST, _CLOSE = 4000, 8, 4
_WALL = re.compile(r"荣誉|获奖|奖项|光荣榜|受表彰")
_MARKED = re.compile(r"[（第]?[一二三四五六七八九十]+[）、部章]")


class Line(Record, frozen=True):
    """A sentence worth reading, ``marked`` where columns end, its ``text`` without blanks, and why it is worth it.

    ``wakers`` are its words that wake rules; it is ``headed`` as a heading, ``walled`` as a line on a wall of honours.
    """

    sentence: Sentence
    marked: str
    text: str
    wakers: list[str]
    ranks: Sequence[Ranking]
    headed: bool
    walled: bool


def worth_reading(doc: Document, ranks: Iterable[Ranking]) -> list[Line]:
    """The sentences worth reading, in order; plans, self-criticism, glossaries and furniture hold none."""
    placed: dict[int, list[Ranking]] = {}
    for rank in ranks:
        placed.setdefault(rank.sentence[0], []).append(rank)
    walls = _walls(doc)
    opened = [start for start, _ in walls]
    found: list[Line] = []
    for sentence, headed, words, text in _told(doc):
        wakers = waking(text)
        here = placed.get(sentence.start, ())
        wall = bisect_right(opened, sentence.start) - 1 if walls else -1
        walled = wall >= 0 and sentence.start < walls[wall][1]
        if wakers or here or walled:
            found.append(Line(sentence, words, text, wakers, here, headed, walled))
    return found


def _walls(doc: Document) -> list[tuple[int, int]]:
    """The parts headed as honours; bare lines right below such a heading belong to it, though they look like heads."""
    walls: list[tuple[int, int]] = []
    if _WALL.search("\n".join([heading.title for heading in doc.headings])) is None:
        return walls
    for heading in doc.headings:
        bare = walls and heading.start - walls[-1][1] <= _CLOSE and not _MARKED.match(heading.title)
        if bare:
            walls[-1] = (walls[-1][0], max(heading.end, heading.until))
        elif _WALL.search(heading.title):
            walls.append((heading.end, heading.until))
    return walls


def _told(doc: Document) -> list[tuple[Sentence, bool, str, str]]:
    """The sentences that may hold a highlight, whether each is a heading, and its words, marked and without blanks."""
    view, told = doc.view, []
    headings = iter(doc.headings)
    heading = next(headings, None)
    for sentence in doc.sentences:
        start, end = sentence.start, sentence.end
        while heading is not None and heading.end <= start:
            heading = next(headings, None)
        if sentence.zone == "body" and _SHORTEST <= end - start <= _LONGEST:
            headed = heading is not None and heading.start <= start and end <= heading.end
            words = text = view[start:end]
            if " " in words or "\n" in words:
                words = marked(words, headed=headed)
                text = "".join(words.split())
            told.append((sentence, headed, words, text))
    return told
