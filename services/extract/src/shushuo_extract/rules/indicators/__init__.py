"""What each figure measures, worded so that it can be read alone, with the code where one fits exactly."""

from collections import defaultdict
from dataclasses import replace

from ...engine.types import Bound, Document, Naming
from .. import codes
from .changes import named_change
from .clauses import Slot, is_bare, slots
from .finish import finish, is_restricted
from .frame import Frame, Place, Reading
from .rules import RULES
from .standing import subject

__all__ = ["name", "subject"]


def name(doc: Document, bounds: list[Bound]) -> list[Naming]:
    """What each bound measures, in the order of ``bounds``."""
    named: dict[int, Naming] = {}
    frame = Frame()
    kinds = codes.OrganKinds(doc)
    for number, indices in _by_sentence(bounds).items():
        frame = _next_frame(doc, number, frame)
        _name_sentence(doc, number, [(i, bounds[i]) for i in indices], frame, named, kinds)
    return [_of_metric(i, bounds, named) for i in range(len(bounds))]


def _by_sentence(bounds: list[Bound]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for i, bound in sorted(enumerate(bounds), key=lambda pair: pair[1].amount.start):
        groups[bound.amount.sentence].append(i)
    return groups


def _next_frame(doc: Document, number: int, frame: Frame) -> Frame:
    """A fresh frame, unless the sentence goes on with a part of what the one before told."""
    sentence = doc.sentences[number]
    goes_on = doc.view.startswith("其中", sentence.start, sentence.end)
    return frame.part() if goes_on else Frame()


def _name_sentence(
    doc: Document, number: int, items: list[tuple[int, Bound]], frame: Frame, named: dict[int, Naming], kinds: codes.OrganKinds
) -> None:
    sentence = doc.sentences[number]
    places = slots(doc.view, sentence.start, sentence.end, [(b.amount.start, b.amount.end) for _, b in items])
    for at, ((i, bound), slot) in enumerate(zip(items, places, strict=True)):
        frame.queue = frame.queue if is_bare(slot) else []
        frame.lead = frame.lead if not slot.joint and at else slot.lead
        if bound.role == "change":
            if bound.of is None:
                named[i] = _naming(named_change(slot, frame), "", bound, kinds)
            continue
        following = places[at + 1] if at + 1 < len(places) else None
        reading = _read(Place(slot, following, bound.amount.unit, frame, _bare_after(places, at)))
        frame.take(reading, bound.amount.unit)
        named[i] = _naming(reading, bound.amount.unit, bound, kinds)
        if named[i].code and is_restricted(slot, frame.lead, named[i].code):
            named[i] = replace(named[i], code=None)


def _bare_after(places: list[Slot], at: int) -> int:
    """How many figures follow one directly, joined by no more than 、 or 和."""
    run = 0
    while at + run + 1 < len(places) and is_bare(places[at + run + 1]):
        run += 1
    return run


def _read(place: Place) -> Reading:
    line = _line(place.slot, place.unit)
    for rule in RULES:
        match = rule.pattern.search(line)
        reading = rule.produce(match, place) if match else None
        if reading is not None:
            return reading
    return Reading("", "unnamed")


def _line(slot: Slot, unit: str) -> str:
    before, after = (words.replace("<", "〈").replace(">", "〉") for words in (slot.before, slot.after))
    return f"{before}<{unit}>{after}"


def _naming(reading: Reading, unit: str, bound: Bound, kinds: codes.OrganKinds) -> Naming:
    indicator, alt = finish(reading, unit)
    code = codes.code_of(indicator, bound.amount.unit, kinds.at(bound.amount.start))
    return Naming(indicator=indicator, alt=alt, code=code, rule=reading.rule)


def _of_metric(i: int, bounds: list[Bound], named: dict[int, Naming]) -> Naming:
    of = bounds[i].of
    if bounds[i].role == "change" and of is not None and of in named:
        metric = named[of]
        return Naming(indicator=metric.indicator, alt=metric.alt, code=metric.code, rule="change of <metric>")
    return named.get(i, Naming(indicator=""))
