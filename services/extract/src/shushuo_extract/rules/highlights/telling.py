"""Word groups of clauses as highlights of the report that they were read in."""

from bisect import bisect_right

from shushuo_extract.engine.records import Record
from shushuo_extract.engine.types import Document, Lifted, Sentence
from shushuo_extract.rules import organs
from shushuo_shared.report import Meta

from .clauses import Passage
from .cues import types_and_rules
from .outcomes import Group
from .standing import issuer_of, ladder_of, level_of
from .tales import TALE, is_told
from .titles import title_of

_ONE_STORY = 200


class Achievement(Record, frozen=True):
    """A group of clauses of a sentence."""

    sentence: Sentence
    text: Passage
    group: Group


def lifted(doc: Document, meta: Meta, achievements: list[Achievement]) -> list[Lifted]:
    """The highlights that the achievements of a document make; each thing that is told of them, of all in one go."""
    ladder = ladder_of(meta.region)
    whose = _organs(doc, meta, achievements)
    levels = [level_of(one.text.text, one.group, ladder) for one in achievements]
    issuers = [issuer_of(one.text.text, one.group, ladder) for one in achievements]
    titles = [title_of(one.text, one.group, ladder) for one in achievements]
    found = []
    for at, one in enumerate(achievements):
        sentence, text, group = one.sentence, one.text, one.group
        start, end = text.span(group.start, group.end)
        types, rules = types_and_rules(group.cues)
        found.append(
            Lifted(
                f"h{at + 1}",
                start,
                end,
                doc.text[start:end],
                types,
                levels[at],
                issuers[at],
                whose[at],
                titles[at],
                (sentence.start, sentence.end),
                rules,
            )
        )
    return found


def once_each(doc: Document, achievements: list[Achievement]) -> list[Achievement]:
    """The achievements without endings of no story, or of one that the same paragraph tells better or further on."""
    if not any(one.group.cues[0].rule == TALE for one in achievements):
        return achievements
    kept: list[Achievement] = []
    for achievement in achievements:
        if _only_ends(achievement.group) and not is_told(doc, achievement.sentence, achievement.text.text):
            continue
        if not (kept and _same_story(doc.view, kept[-1], achievement)):
            kept.append(achievement)
        elif _only_ends(kept[-1].group):
            kept[-1] = achievement
    return kept


def _same_story(view: str, before: Achievement, after: Achievement) -> bool:
    """Whether two stories next to one another, one of them known only by its ending, are one."""
    if not (_only_ends(before.group) or _only_ends(after.group)):
        return False
    if "case_story" not in before.group.cues[-1].types or "case_story" not in after.group.cues[-1].types:
        return False
    between = after.sentence.start - before.sentence.end
    return between <= _ONE_STORY and view.find("\n", before.sentence.end, after.sentence.start) < 0


def _only_ends(group: Group) -> bool:
    """Whether a story is known by its ending alone."""
    return all(cue.rule == TALE for cue in group.cues)


def _organs(doc: Document, meta: Meta, achievements: list[Achievement]) -> list[str | None]:
    """Whose each achievement is."""
    if not achievements:
        return []
    own = meta.organs[0] if meta.organs else None
    acting = organs.subjects(doc.view)
    named = [one.start for one in acting]
    ownership = organs.ownership(doc.view, organs.home_of(tuple(meta.organs), meta.region))
    found = []
    for one in achievements:
        first = one.group.cues[0]
        offset = one.text.offsets[first.start]
        at = bisect_right(named, offset) - 1
        if at >= 0 and not (first.issuer and first.issuer[0] == first.start):  # else the name is another's
            offset = max(offset, acting[at].end)  # past the name that the first cue lies in
        organ, _ = ownership.owner(one.sentence.start, offset)
        found.append(organ.name if organ else own)
    return found
