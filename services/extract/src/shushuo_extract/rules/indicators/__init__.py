"""What each figure measures, worded so that it can be read alone, with the code where one fits exactly."""

import re
from itertools import groupby
from operator import attrgetter

from msgspec.structs import replace

from shushuo_extract.engine.titled import told_below
from shushuo_extract.engine.types import Bound, Document, Naming, Sentence, Tabled
from shushuo_extract.rules import codes

from .anaphors import resolved
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
_NONE = Reading("")
_LONGEST_TITLE, _DIGIT = 20, re.compile("[0-9]")
_HEADLINES = 3
_HEADLINE_GAP = re.compile(
    "(?<=[一-龥”》0-9%]{8}) +(?=[一-龥“])(?!同比|环比|[较比与占居获达共]|位[列居]|入选|荣获|排名|第)"
)
_GOES_ON = re.compile(
    r"其中|仅[^，。0-9]{2,14}就|但(?=[^，。]{2,14}就)|(?P<side>[分从按][^，。0-9]{1,10}(?:看|分|统计)，)"
)
_GOES_ON_OPENINGS = frozenset("其分从按仅但")


def name(doc: Document, bounds: list[Bound]) -> list[Naming]:
    """What each bound measures, in the order of ``bounds``, which is that of the text."""
    namings: list[Naming] = []
    frame = Frame()
    coder, labels, branches = Coder(doc), Labels(doc), Branches(doc)
    for number, group in groupby(bounds, key=attrgetter("amount.sentence")):
        told, sentence = list(group), doc.sentences[number]
        if told[0].amount.tabled:
            namings += [_naming(_in_table(bound.amount.tabled), bound, coder) for bound in told]
            continue
        spans = [(bound.amount.start, bound.amount.end) for bound in told]
        may_go_on = doc.view[sentence.start] in _GOES_ON_OPENINGS
        goes_on = _GOES_ON.match(doc.view, sentence.start, sentence.end) if may_go_on else None
        frame = frame.part(anew=goes_on["side"]) if goes_on else _anew(frame, doc, number, branches)
        label = labels.of(number, *spans[0]) if len(told) == 1 and told[0].role == "metric" else ""
        if label:
            readings = [Reading(label, rule="<label><metric>")]
        else:
            start = _headline(doc.view, sentence, spans[0][0]) if number < _HEADLINES else sentence.start
            readings = _read_sentence(slots(doc.view, start, sentence.end, spans), told, frame)
        namings += [_naming(reading, bound, coder) for reading, bound in zip(readings, told, strict=True)]
    namings = resolved(namings, bounds)
    for above, below in told_below(doc, bounds).items():
        namings[above] = namings[above] if namings[above].indicator else namings[below]
    return [
        own if bound.of is None else _of_metric(namings[bound.of]) for own, bound in zip(namings, bounds, strict=True)
    ]


def _headline(view: str, sentence: Sentence, figure: int) -> int:
    """Where the headline with the first figure begins, of several that blanks part in the first lines of a text."""
    if view.find(" ", sentence.start, figure) < 0 or view[sentence.end - 1] in "。；，":
        return sentence.start
    gaps = [gap.end() for gap in _HEADLINE_GAP.finditer(view, sentence.start, figure)]
    return gaps[-1] if gaps else sentence.start


def _in_table(told: Tabled | None) -> Reading:
    return Reading(told.indicator, rule="<label><column>") if told else _NONE


def _anew(before: Frame, doc: Document, number: int, branches: Branches) -> Frame:
    """A sentence's own frame, which in the same paragraph knows what the sentence before measured."""
    sentence = doc.sentences[number]
    follows = number > 0 and doc.view.find("\n", doc.sentences[number - 1].end, sentence.start) < 0
    title = _title(doc, number - 1) if follows else ""
    return Frame(
        branch=branches.over(number),
        drive=branches.drive,
        earlier=tuple(before.told[-2:]) if follows else (),
        title=title,
    )


def _title(doc: Document, number: int) -> str:
    """Sentence ``number`` where it is so short and without figures that it titles the next, else ""."""
    sentence = doc.sentences[number]
    if sentence.end - sentence.start > _LONGEST_TITLE or _DIGIT.search(doc.view, sentence.start, sentence.end):
        return ""
    return doc.view[sentence.start : sentence.end].rstrip("。 ")


def _read_sentence(places: list[Slot], bounds: list[Bound], frame: Frame) -> list[Reading]:
    readings = []
    for at, (slot, bound) in enumerate(zip(places, bounds, strict=True)):
        frame.enter(slot)
        if bound.role == "change":
            led = at + 1 < len(places) and _LED_TO.match(places[at + 1].before)
            reading = named_change(slot, frame) if bound.of is None or led else _NONE
        else:
            reading = _measured(Place(slot, bound.amount.unit, frame, places, at))
            frame.take(reading, bound.amount.unit)
        readings.append(reading)
    return readings


def _measured(place: Place) -> Reading:
    """What a metric measures, and whether only in part."""
    slot, frame = place.slot, place.frame
    reading, rule = _read(place)
    last = frame.last
    carried = last is not None and last.narrowed and goes_on_with(slot)
    return frame.spell_out(reading).by(rule, narrowed=carried or is_narrowed(reading.text, slot, frame))


def _read(place: Place) -> tuple[Reading, str]:
    """The first reading of a place, and the rule that made it."""
    slot = place.slot
    before, after = slot.before, slot.after
    if "<" in before or "<" in after:
        before, after = before.replace("<", "〈"), after.replace("<", "〈")
    line = f"{before}<{place.unit}>{after}"
    for rule in candidates(line):
        match = rule.pattern.match(line)
        reading = rule.produce(match, place) if match else None
        if reading is not None:
            return reading, rule.name
    return _NONE, ""


class Coder:
    """The codes of a report's figures, by the kind of organ and the field that it tells of."""

    def __init__(self, doc: Document) -> None:
        self._kinds, self._theme = codes.OrganKinds(doc), codes.Theme(doc)

    def code(self, indicator: str, bound: Bound) -> str | None:
        """The code that fits an indicator of a figure exactly, or None."""
        kind = self._kinds.at(bound.amount.start)
        is_change = bound.role == "change"
        code = codes.code_of_change(indicator, kind) if is_change else codes.code_of(indicator, bound.amount.unit, kind)
        return self._theme.fit(code, indicator, bound.amount.start) if code else None


def _naming(reading: Reading, bound: Bound, coder: Coder) -> Naming:
    indicator, alt = finish(reading, bound.amount.unit if bound.role == "metric" else "")
    code = None if reading.narrowed else coder.code(indicator, bound)
    coded = f"{code} in whole" if code else ""
    rule = f"{reading.rule} + {coded}" if coded and reading.rule else reading.rule or coded
    return Naming(indicator, alt, code, rule)


def _of_metric(naming: Naming) -> Naming:
    """A change's naming is that of the metric it belongs to."""
    return replace(naming, rule="change of <metric>")
