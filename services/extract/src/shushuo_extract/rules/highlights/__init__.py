"""Highlights: what a publicity office would lift out of a report, with its type, standing and a headline."""

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from shushuo_extract.engine.types import Document, Lifted, Ranking
from shushuo_shared.report import Meta

from .asides import Found, ours_and_done
from .clauses import Passage, passage
from .cues import Cue
from .groups import gather
from .lines import Line, worth_reading
from .scan import RULES, on_wall, read
from .telling import Achievement, lifted, once_each

_NEWS = frozenset({"first <thing> of its kind", "<organ> does <deed> for the first time", "《<white paper>》 appears"})
_PAPER = "publishes a white paper"
_SAYS_WHO = re.compile("[^，]{2,14}(?:法院|检察院|检察机关|[高中]院)|最高[法检]")
_PLACE = attrgetter("start", "end")
_PLACED = "places among peers"

__all__ = ["RULES", "find"]


def find(doc: Document, meta: Meta, ranks: Iterable[Ranking]) -> list[Lifted]:
    """The highlights of a document in order.

    Each step is taken for all sentences before the next begins: what it needs stays at hand.
    """
    worth = worth_reading(doc, ranks)
    passages = [passage(line.text, line.sentence.start, line.marked) for line in worth]
    told = read(passages, [line.wakers for line in worth])
    achievements = [
        Achievement(line.sentence, text, group)
        for line, text, found in zip(worth, passages, told, strict=True)
        if (cues := _settled(line, text, found))
        for group in gather(text, cues, whole=line.headed)
    ]
    return lifted(doc, meta, once_each(doc, achievements))


def _settled(line: Line, text: Passage, found: Found) -> Found:
    """The cues of a sentence that hold, with its ranks, in order.

    A heading may tell a recognition, as a headline or an unpunctuated list item does, and then does so as a whole; its
    programmes are only a theme, but for a white paper of an organ that it names.
    """
    cues = ours_and_done(text, found) if found else found
    if line.ranks:
        cues = _with_ranks(cues, text, line.ranks)
    for several in cues.values():
        if len(several) > 1:
            several.sort(key=_PLACE)
    if line.headed:
        news = _NEWS | {_PAPER} if _SAYS_WHO.match(text.text) else _NEWS
        cues = {i: told for i, told in cues.items() if any(cue.recognition or cue.rule in news for cue in told)}
    return on_wall(text) if line.walled and not cues else cues


def _with_ranks(cues: Found, text: Passage, ranks: Sequence[Ranking]) -> Found:
    """The cues of a sentence and the ranks that it tells."""
    for placing in [_placing(text, rank) for rank in ranks]:
        at = next((i for i, c in enumerate(text.clauses) if c.start <= placing.start < c.end), None)
        if at is not None:
            cues.setdefault(at, []).append(placing)
    return dict(sorted(cues.items()))


def _placing(text: Passage, rank: Ranking) -> Cue:
    measured = text.at(rank.of) if rank.of is not None and rank.of >= rank.sentence[0] else None
    return Cue(("ranking",), text.at(rank.start), text.at(rank.end), _PLACED, about="measure", measured=measured)
