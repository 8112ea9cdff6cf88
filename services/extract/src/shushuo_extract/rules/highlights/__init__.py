"""Highlights: what a publicity office would lift out of a report, with its type, standing and a headline."""

from collections.abc import Iterable

from shushuo_extract.engine.types import Document, Lifted
from shushuo_shared.report import Meta, Rank

from .asides import Found
from .clauses import Passage, passage
from .cues import Cue
from .groups import gather
from .lines import Line, worth_reading
from .scan import RULES, on_wall, read
from .telling import Achievement, lifted

_NEWS = frozenset({"first <thing> of its kind", "<organ> does <deed> for the first time", "《<white paper>》 appears"})
_PLACED = "places among peers"

__all__ = ["RULES", "find"]


def find(doc: Document, meta: Meta, ranks: Iterable[Rank]) -> list[Lifted]:
    """The highlights of a document in order.

    Each step is taken for all sentences before the next begins: what it needs stays at hand.
    """
    worth = worth_reading(doc, ranks)
    passages = [passage(line.text, line.offsets) for line in worth]
    told = [(line, text, _cues(line, text)) for line, text in zip(worth, passages, strict=True)]
    achievements = [
        Achievement(line.sentence, text, group)
        for line, text, cues in told
        if cues
        for group in gather(text, cues, whole=line.headed)
    ]
    return lifted(doc, meta, achievements)


def _cues(line: Line, text: Passage) -> Found:
    """The cues of a sentence.

    A heading may tell a recognition, as a headline or an unpunctuated list item does, and then does so as a whole; its
    programmes are only a theme.
    """
    cues = read(text, line.wakers, [_placing(text, rank) for rank in line.ranks])
    if line.headed:
        cues = {i: told for i, told in cues.items() if any(cue.recognition or cue.rule in _NEWS for cue in told)}
    return on_wall(text) if line.walled and not cues else cues


def _placing(text: Passage, rank: Rank) -> Cue:
    measured = text.at(rank.of) if rank.of is not None and rank.of >= rank.sentence[0] else None
    return Cue(("ranking",), text.at(rank.start), text.at(rank.end), _PLACED, about="measure", measured=measured)
