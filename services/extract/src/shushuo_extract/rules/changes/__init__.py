"""Changes: which amounts are growth or comparison, of which metric, against what, and which way."""

import re
from itertools import groupby

from msgspec.structs import replace

from shushuo_extract.engine.types import Amount, Bound, Document

from .bases import all_yoy, is_stated, reported_year
from .rules import may_tell
from .sentence import Telling
from .tables import tabled

_COMPARES, _NEAR = re.compile("[高低多少长短快慢]于|[高多]出|年均"), 16
_LABEL = 12  # characters of a line that only labels a number


def bind(doc: Document, amounts: list[Amount]) -> list[Bound]:
    """Each amount with its role, in the order of ``amounts``: a metric unless its sentence tells growth."""
    bounds = [Bound(amount, "metric") for amount in amounts]
    told, metrics, year = -1, list[int](), reported_year(doc.view)
    for sentence, group in groupby(range(len(amounts)), key=[amount.sentence for amount in amounts].__getitem__):
        order = list(group)
        if amounts[order[0]].tabled:
            bounds[order[0] : order[-1] + 1] = tabled(amounts, order)
            continue
        label = _label_above(doc, amounts[order[0]]) if told < sentence - 1 else ""
        before = metrics if told == sentence - (2 if label else 1) else []
        told, metrics = sentence, order
        if label or may_tell(doc.view, doc.sentences[sentence].start, amounts[order[0] : order[-1] + 1]):
            read = Telling(doc, amounts, order, before, year, label).read()
            bounds[order[0] : order[-1] + 1] = [read[i] for i in order]
            metrics = [i for i in order if read[i].role == "metric"]
    return [_yoy(doc.view, bound) for bound in bounds] if all_yoy(doc.view) else bounds


def _yoy(view: str, bound: Bound) -> Bound:
    """A change that states no base, in a report whose changes are all against the year before; 高出 compares two."""
    compares = bound.basis != "other" or _COMPARES.search(view, max(0, bound.amount.start - _NEAR), bound.amount.start)
    return bound if compares else replace(bound, basis="yoy")


def _label_above(doc: Document, amount: Amount) -> str:
    """The line above an amount that fills its own line, where it only says against what it grew: 同比上升."""
    own = doc.sentences[amount.sentence]
    if not amount.sentence or amount.end != own.end or doc.view[own.start : amount.start] not in {"", "+", "-"}:
        return ""
    above = doc.sentences[amount.sentence - 1]
    words = doc.view[above.start : above.end] if above.end - above.start <= _LABEL else ""
    return words if is_stated(words) else ""
