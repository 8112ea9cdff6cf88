"""Changes: which amounts are growth or comparison, of which metric, against what, and which way."""

from dataclasses import dataclass
from itertools import groupby

from shushuo_extract.engine.types import Amount, Bound, Document
from shushuo_shared.report import Basis

from . import links
from .rules import RELATIVE, Growth, growth

_LEAD = 60  # characters before an amount that may say what it is
_REACH = 24  # amounts before a change that it may belong to
_JOINTS = frozenset({"和", "、", "与", "及", "以及", "和约", "、约", "和近", "、近"})


@dataclass(slots=True)
class _Reading:
    """What has been read of one sentence so far."""

    doc: Document
    amounts: list[Amount]
    bounds: dict[int, Bound]
    order: list[int]
    growths: dict[int, Growth]
    before: list[int]

    def gap(self, at: int) -> str:
        """The words between an amount and the one before it, or the sentence's beginning."""
        return self._since(at, at - 1)

    def lead(self, at: int) -> str:
        """The same, over the amount that is only the base: 比2014年的8.3万件增加了."""
        return self._since(at, at - 2) if at and self.is_base(at - 1) else self.gap(at)

    def is_base(self, at: int) -> bool:
        """Whether an amount is only what another is compared with."""
        end = self.amounts[self.order[at]].end
        return links.is_base(self.gap(at), self.doc.view[end : end + 8])

    def _since(self, at: int, earlier: int) -> str:
        amount = self.amounts[self.order[at]]
        since = self.doc.sentences[amount.sentence].start if earlier < 0 else self.amounts[self.order[earlier]].end
        return self.doc.view[max(since, amount.start - _LEAD) : amount.start]


def bind(doc: Document, amounts: list[Amount]) -> list[Bound]:
    """Each amount with its role, in the order of ``amounts``."""
    bounds: dict[int, Bound] = {}
    metrics: tuple[int, list[int]] = (-1, [])
    for sentence, group in groupby(range(len(amounts)), key=lambda i: amounts[i].sentence):
        reading = _Reading(doc, amounts, bounds, list(group), {}, metrics[1] if metrics[0] == sentence - 1 else [])
        _bind_sentence(reading)
        metrics = sentence, [i for i in reading.order if bounds[i].role == "metric"]
    return [bounds[i] for i in range(len(amounts))]


def _bind_sentence(reading: _Reading) -> None:
    chains: list[list[int]] = []
    for at, i in enumerate(reading.order):
        gap = reading.gap(at)
        amount = reading.amounts[i]
        before = reading.growths.get(reading.order[at - 1]) if at else None
        if before is not None and gap in _JOINTS and _alike(amount, reading.amounts[reading.order[at - 1]]):
            reading.growths[i] = before
            chains[-1].append(at)
            reading.bounds[i] = Bound(amount, "change", None, before.basis, before.direction, "<change> and <change>")
            continue
        lead = reading.lead(at)
        found = growth(lead, amount.unit)
        if found is None:
            reading.bounds[i] = Bound(amount, "metric")
            continue
        rule, made = found
        basis = _carried(reading, at, made)
        reading.growths[i] = Growth(made.own, made.direction, basis, made.verb, made.based)
        reading.bounds[i] = Bound(amount, "change", None, basis, made.direction, rule)
        if before is not None and chains and links.names_nothing(made.own) and _in_turn(reading, chains[-1]):
            chains[-1].append(at)
        else:
            chains.append([at])
    for chain in chains:
        _link(reading, chain)


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two amounts can be members of one list of changes."""
    return one.unit == other.unit or (one.unit in RELATIVE and other.unit in RELATIVE)


def _carried(reading: _Reading, at: int, made: Growth) -> Basis:
    """A change without a base shares that of the change before it in the sentence."""
    if made.basis != "other" or made.based:
        return made.basis
    near = reversed(reading.order[max(0, at - _REACH) : at])
    earlier = next((reading.growths[i].basis for i in near if i in reading.growths), "other")
    return earlier if earlier in {"yoy", "previous_period"} else "other"


def _in_turn(reading: _Reading, chain: list[int]) -> bool:
    return links.in_turn(reading.gap(chain[0]))


def _link(reading: _Reading, chain: list[int]) -> None:
    """Bind the changes of a chain to their metrics."""
    first = chain[0]
    made = reading.growths[reading.order[first]]
    if not links.names_nothing(made.own):
        _link_forward(reading, chain)
        return
    metrics = _metrics_before(reading, first)
    if len(chain) > 1 and len(metrics) >= len(chain):
        for at, metric in zip(chain, metrics[-len(chain) :], strict=True):
            _set(reading, at, metric)
    elif len(chain) == 1:
        unit = reading.amounts[reading.order[first]].unit
        _set(reading, first, links.latest(metrics, reading.amounts, unit))


def _link_forward(reading: _Reading, chain: list[int]) -> None:
    """收案同比增长5%, 达300件: the metric that a change with its own subject led to."""
    nxt = chain[-1] + 1
    if len(chain) == 1 and nxt < len(reading.order) and reading.bounds[reading.order[nxt]].role == "metric":
        if links.is_outcome(reading.gap(nxt)):
            _set(reading, chain[0], reading.order[nxt])


def _set(reading: _Reading, at: int, metric: int | None) -> None:
    i = reading.order[at]
    old = reading.bounds[i]
    reading.bounds[i] = Bound(old.amount, old.role, metric, old.basis, old.direction, old.rule)


def _metrics_before(reading: _Reading, first: int) -> list[int]:
    """The metrics of the sentence that a change may belong to: no bases of comparison, no asides in brackets."""
    sentence = reading.doc.sentences[reading.amounts[reading.order[first]].sentence]
    depth = links.depth_at(reading.doc.view, sentence.start, reading.amounts[reading.order[first]].start)
    found = []
    for at in range(max(0, first - _REACH), first):
        i = reading.order[at]
        amount = reading.amounts[i]
        if reading.bounds[i].role != "metric" or reading.is_base(at):
            continue
        if links.depth_at(reading.doc.view, sentence.start, amount.start) <= depth:
            found.append(i)
    return found if found or first else reading.before
