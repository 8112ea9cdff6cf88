"""What each figure measures, worded so that it can be read alone, with the code where one fits exactly."""

import re
from collections import defaultdict

from shushuo_extract.engine.types import Bound, Document, Naming
from shushuo_extract.rules import codes

from .branches import Branches
from .changes import named_change
from .clauses import Slot, slots
from .finish import finish
from .frame import Frame, Reading
from .narrowing import goes_on_with, is_narrowed
from .place import Place
from .posters import Labels
from .rules import candidates

__all__ = ["name"]

_LED_TO = re.compile(r"(?:[升降增减提]|上升|提升|提高|下降|增长|增加)?(?:至|到|达到|达)(?:约|近|超)?$")
_NOTHING, _OF_METRIC = Naming(""), Reading("")
_GOES_ON = re.compile(r"其中|(?P<side>[分从按][^，。0-9]{1,10}(?:看|分|统计)，)")


def name(doc: Document, bounds: list[Bound]) -> list[Naming]:
    """What each bound measures, in the order of ``bounds``."""
    named: dict[int, Naming] = {}
    frame = Frame()
    coder, labels, branches = Coder(doc), Labels(doc), Branches(doc)
    for number, indices in _by_sentence(bounds).items():
        sentence = doc.sentences[number]
        spans = [(bounds[i].amount.start, bounds[i].amount.end) for i in indices]
        goes_on = _GOES_ON.match(doc.view, sentence.start, sentence.end)
        frame = frame.part(anew=goes_on["side"]) if goes_on else _anew(frame, doc, number, branches)
        if len(spans) == 1 and bounds[indices[0]].role == "metric" and (label := labels.of(number, *spans[0])):
            named[indices[0]] = _naming(Reading(label, rule="<label><metric>"), bounds[indices[0]], coder)
            continue
        readings = _read_sentence(
            slots(doc.view, sentence.start, sentence.end, spans), [bounds[i] for i in indices], frame
        )
        named.update((i, _naming(reading, bounds[i], coder)) for i, reading in zip(indices, readings, strict=True))
    return [_of_metric(i, bounds, named) for i in range(len(bounds))]


def _anew(before: Frame, doc: Document, number: int, branches: Branches) -> Frame:
    """A sentence's own frame, which in the same paragraph knows what the sentence before measured."""
    sentence = doc.sentences[number]
    follows = number > 0 and doc.view.find("\n", doc.sentences[number - 1].end, sentence.start) < 0
    return Frame(branch=branches.over(number), earlier=tuple(before.told[-2:]) if follows else ())


def _by_sentence(bounds: list[Bound]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for i, bound in sorted(enumerate(bounds), key=lambda pair: pair[1].amount.start):
        groups[bound.amount.sentence].append(i)
    return groups


def _read_sentence(places: list[Slot], bounds: list[Bound], frame: Frame) -> list[Reading]:
    readings = []
    for at, (slot, bound) in enumerate(zip(places, bounds, strict=True)):
        frame.enter(slot)
        if bound.role == "change":
            led = at + 1 < len(places) and _LED_TO.match(places[at + 1].before)
            reading = named_change(slot, frame) if bound.of is None or led else _OF_METRIC
        else:
            reading = _measured(Place(slot, bound.amount.unit, frame, places, at))
            frame.take(reading, bound.amount.unit)
        readings.append(reading)
    return readings


def _measured(place: Place) -> Reading:
    """What a metric measures, and whether only in part."""
    slot, frame = place.slot, place.frame
    reading = frame.spell_out(_read(place))
    last = frame.last
    carried = last is not None and last.narrowed and goes_on_with(slot.joint, slot.lead, slot.before)
    if reading.narrowed or not (carried or is_narrowed(slot.before, frame)):
        return reading
    return reading._replace(narrowed=True)


def _read(place: Place) -> Reading:
    line = _line(place.slot, place.unit)
    for rule in candidates(line):
        match = rule.pattern.match(line)
        reading = rule.produce(match, place) if match else None
        if reading is not None:
            return reading.by(rule.name)
    return Reading("")


def _line(slot: Slot, unit: str) -> str:
    line = f"{slot.before}<{unit}>{slot.after}"
    return line if line.count("<") == 1 else f"{slot.before.replace('<', '〈')}<{unit}>{slot.after.replace('<', '〈')}"


class Coder:
    """The codes of a report's figures, by the kind of organ and the field that it tells of."""

    def __init__(self, doc: Document) -> None:
        self._kinds, self._theme = codes.OrganKinds(doc), codes.Theme(doc)

    def code(self, indicator: str, bound: Bound) -> str | None:
        """The code that fits an indicator of a figure exactly, or None."""
        kind = self._kinds.at(bound.amount.start)
        is_change = bound.role == "change"
        code = codes.code_of_change(indicator, kind) if is_change else codes.code_of(indicator, bound.amount.unit, kind)
        return code if code and self._theme.admits(code) else None


def _naming(reading: Reading, bound: Bound, coder: Coder) -> Naming:
    unit = bound.amount.unit
    indicator, alt = finish(reading, unit if bound.role == "metric" else "")
    code = None if reading.narrowed else coder.code(indicator, bound)
    rules = [rule for rule in (reading.rule, f"{code} in whole" if code else "") if rule]
    return Naming(indicator=indicator, alt=alt, code=code, rule=" + ".join(rules))


def _of_metric(i: int, bounds: list[Bound], named: dict[int, Naming]) -> Naming:
    of = bounds[i].of
    if bounds[i].role == "change" and of is not None and of in named:
        metric = named[of]
        return Naming(indicator=metric.indicator, alt=metric.alt, code=metric.code, rule="change of <metric>")
    return named.get(i, _NOTHING)
