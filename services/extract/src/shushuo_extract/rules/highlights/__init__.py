"""Highlights: what a publicity office would lift out of a report, with its type, standing and a headline."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from shushuo_extract.engine.types import Document, Sentence
from shushuo_extract.rules import organs
from shushuo_shared.report import Highlight, Meta, Rank

from .clauses import Passage, passage, squeezed
from .cues import Cue, ordered
from .groups import Group, gather
from .scan import RULES, on_wall, read, waking
from .standing import issuer_of, ladder_of, level_of
from .titles import title_of

_LONGEST, _CLOSE = 4000, 4
_NEWS = frozenset({"first <thing> of its kind", "<organ> does <deed> for the first time", "《<white paper>》 appears"})
_WALL = re.compile(r"荣誉|获奖|奖项|光荣榜|受表彰")
_MARKED = re.compile(r"[（第]?[一二三四五六七八九十]+[）、部章]")
_PLACED = "places among peers"

__all__ = ["RULES", "find"]


def find(doc: Document, meta: Meta, ranks: Sequence[Rank]) -> list[Highlight]:
    """The highlights of a document in order; plans, self-criticism, glossaries and furniture hold none.

    A heading may tell a recognition, as a headline or an unpunctuated list item does, and then does so as a whole; its
    programmes are only a theme.
    """
    placed = sorted(ranks, key=lambda rank: rank.start)
    starts = [rank.start for rank in placed]
    teller = _Teller(doc, meta)
    found: list[Highlight] = []
    walls = _walls(doc)
    for sentence, headed in _told(doc):
        here = placed[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        wall = bisect_right(walls, sentence.start, key=lambda w: w[0]) - 1
        on_a_wall = wall >= 0 and sentence.start < walls[wall][1]
        words, offsets = squeezed(doc.view, sentence.start, sentence.end, headed=headed)
        wakers = waking(words)
        if not (here or on_a_wall or wakers):
            continue
        text = passage(words, offsets)
        cues = read(text, wakers, [_placing(text, rank) for rank in here])
        if headed:
            cues = {i: told for i, told in cues.items() if any(cue.recognition or cue.rule in _NEWS for cue in told)}
        if on_a_wall and not cues:
            cues = on_wall(text)
        if not cues:
            continue
        groups = gather(text, cues)
        if headed and len(groups) == 1:
            groups[0].cover(text.clauses)
        found += [teller.highlight(sentence, text, group, len(found) + n) for n, group in enumerate(groups, 1)]
    return found


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
    return Cue(("ranking",), text.at(rank.start), text.at(rank.end), _PLACED, about="measure")


class _Teller:
    """Words a group of clauses as a highlight of the report it was read in."""

    def __init__(self, doc: Document, meta: Meta) -> None:
        self._doc = doc
        self._ladder = ladder_of(meta.region)
        self._own = next(iter(meta.organs), None)
        self._acting = organs.subjects(doc.view)
        self._ownership = organs.ownership(doc.view, organs.home_of(tuple(meta.organs), meta.region))

    def _acts_at(self, text: Passage, group: Group) -> int:
        """Where the organ that a group is about has been named: past the name that its first cue lies in."""
        first = min(group.cues, key=lambda cue: cue.start)
        offset, _ = text.span(first.start, group.end)
        if first.issuer and first.issuer[0] == first.start:  # that name is another's, who thinks well of it
            return offset
        at = bisect_right(self._acting, offset, key=lambda one: one.start) - 1
        return max(offset, self._acting[at].end) if at >= 0 else offset

    def highlight(self, sentence: Sentence, text: Passage, group: Group, number: int) -> Highlight:
        """The highlight that a group of clauses of a sentence makes."""
        start, end = text.span(group.start, group.end)
        organ, _ = self._ownership.owner(sentence.start, self._acts_at(text, group))
        return Highlight(
            id=f"h{number}",
            start=start,
            end=end,
            text=self._doc.text[start:end],
            types=ordered({type_ for cue in group.cues for type_ in cue.types}),
            level=level_of(text.text, group, self._ladder),
            issuer=issuer_of(text.text, group, self._ladder),
            organ=organ.name if organ else self._own,
            title=title_of(text, group, self._ladder),
            sentence=(sentence.start, sentence.end),
            rule=" + ".join(dict.fromkeys(cue.rule for cue in group.cues)),
        )
