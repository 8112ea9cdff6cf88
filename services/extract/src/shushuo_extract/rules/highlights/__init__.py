"""Highlights: what a publicity office would lift out of a report, with its type, standing and a headline."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from shushuo_extract.engine.types import Document, Lifted, Sentence
from shushuo_extract.rules import organs
from shushuo_shared.report import Meta, Rank

from .clauses import Passage, passage, squeezed
from .cues import Cue, ordered
from .groups import Group, gather
from .scan import RULES, Found, Waker, on_wall, read, waking
from .standing import issuer_of, ladder_of, level_of
from .titles import title_of

_LONGEST, _CLOSE = 4000, 4
_NEWS = frozenset({"first <thing> of its kind", "<organ> does <deed> for the first time", "《<white paper>》 appears"})
_WALL = re.compile(r"荣誉|获奖|奖项|光荣榜|受表彰")
_MARKED = re.compile(r"[（第]?[一二三四五六七八九十]+[）、部章]")
_PLACED = "places among peers"

__all__ = ["RULES", "find"]


def find(doc: Document, meta: Meta, ranks: Iterable[Rank]) -> list[Lifted]:
    """The highlights of a document in order; plans, self-criticism, glossaries and furniture hold none."""
    placed: dict[int, list[Rank]] = {}
    for rank in ranks:
        placed.setdefault(rank.sentence[0], []).append(rank)
    teller, walls = _Teller(doc, meta), _walls(doc)
    opened = [start for start, _ in walls]
    found: list[Lifted] = []
    for sentence, headed in _told(doc):
        start, end, _ = sentence
        words, offsets = squeezed(doc.view, start, end, headed=headed)
        wakers, here = waking(words), placed.get(start, ())
        wall = bisect_right(opened, start) - 1
        on_a_wall = wall >= 0 and start < walls[wall][1]
        if wakers or here or on_a_wall:
            text = passage(words, offsets)
            cues = _cues(text, wakers, here, headed=headed, on_a_wall=on_a_wall)
            for group in gather(text, cues, whole=headed):
                found.append(teller.highlight(sentence, text, group, len(found) + 1))
    return found


def _cues(text: Passage, wakers: list[Waker], ranks: Sequence[Rank], *, headed: bool, on_a_wall: bool) -> Found:
    """The cues of a sentence.

    A heading may tell a recognition, as a headline or an unpunctuated list item does, and then does so as a whole; its
    programmes are only a theme.
    """
    cues = read(text, wakers, [_placing(text, rank) for rank in ranks])
    if headed:
        cues = {i: told for i, told in cues.items() if any(cue.recognition or cue.rule in _NEWS for cue in told)}
    return on_wall(text) if on_a_wall and not cues else cues


def _walls(doc: Document) -> list[tuple[int, int]]:
    """The parts headed as honours; bare lines right below such a heading belong to it, though they look like heads."""
    walls: list[tuple[int, int]] = []
    for heading in doc.headings:
        bare = walls and heading.start - walls[-1][1] <= _CLOSE and not _MARKED.match(heading.title)
        if bare:
            walls[-1] = (walls[-1][0], max(heading.end, heading.until))
        elif _WALL.search(heading.title):
            walls.append((heading.end, heading.until))
    return walls


def _told(doc: Document) -> Iterator[tuple[Sentence, bool]]:
    """The sentences that may hold a highlight, and whether each is a heading."""
    headings = iter(doc.headings)
    heading = next(headings, None)
    for sentence in doc.sentences:
        while heading is not None and heading.end <= sentence.start:
            heading = next(headings, None)
        headed = heading is not None and heading.start <= sentence.start and sentence.end <= heading.end
        if sentence.zone == "body" and 8 <= sentence.end - sentence.start <= _LONGEST:
            yield sentence, headed


def _placing(text: Passage, rank: Rank) -> Cue:
    measured = text.at(rank.of) if rank.of is not None and rank.of >= rank.sentence[0] else None
    return Cue(("ranking",), text.at(rank.start), text.at(rank.end), _PLACED, about="measure", measured=measured)


class _Teller:
    """Words a group of clauses as a highlight of the report it was read in."""

    def __init__(self, doc: Document, meta: Meta) -> None:
        self._doc = doc
        self._ladder = ladder_of(meta.region)
        self._own = meta.organs[0] if meta.organs else None
        self._acting = organs.subjects(doc.view)
        self._named = [one.start for one in self._acting]
        self._ownership = organs.ownership(doc.view, organs.home_of(tuple(meta.organs), meta.region))

    def _acts_at(self, text: Passage, group: Group) -> int:
        """Where the organ that a group is about has been named: past the name that its first cue lies in."""
        first = group.cues[0]
        offset = text.offsets[first.start]
        if first.issuer and first.issuer[0] == first.start:  # that name is another's, who thinks well of it
            return offset
        at = bisect_right(self._named, offset) - 1
        return max(offset, self._acting[at].end) if at >= 0 else offset

    def highlight(self, sentence: Sentence, text: Passage, group: Group, number: int) -> Lifted:
        """The highlight that a group of clauses of a sentence makes."""
        start, end = text.span(group.start, group.end)
        organ, _ = self._ownership.owner(sentence.start, self._acts_at(text, group))
        return Lifted(
            f"h{number}",
            start,
            end,
            self._doc.text[start:end],
            types=ordered([cue.types for cue in group.cues]),
            level=level_of(text.text, group, self._ladder),
            issuer=issuer_of(text.text, group, self._ladder),
            organ=organ.name if organ else self._own,
            title=title_of(text, group, self._ladder),
            sentence=(sentence.start, sentence.end),
            rule=" + ".join(dict.fromkeys([cue.rule for cue in group.cues])),
        )
