"""Changes: which amounts are growth or comparison, of which metric, against what, and which way."""

from itertools import groupby

from shushuo_extract.engine.types import Amount, Bound, Document

from .bases import is_stated, reported_year
from .sentence import Telling

_LABEL = 12  # characters of a line that only labels a number


def bind(doc: Document, amounts: list[Amount]) -> list[Bound]:
    """Each amount with its role, in the order of ``amounts``."""
    bounds: dict[int, Bound] = {}
    told, metrics, year = -1, list[int](), reported_year(doc.view)
    for sentence, group in groupby(range(len(amounts)), key=lambda i: amounts[i].sentence):
        order = list(group)
        label = _label_above(doc, amounts[order[0]]) if told < sentence - 1 else ""
        before = metrics if told == sentence - (2 if label else 1) else []
        read = Telling(doc, amounts, order, before, year, label).read()
        told, metrics = sentence, [i for i in order if read[i].role == "metric"]
        bounds.update(read)
    return [bounds[i] for i in range(len(amounts))]


def _label_above(doc: Document, amount: Amount) -> str:
    """The line above an amount that fills its own line, where it only says against what it grew: 同比上升."""
    own = doc.sentences[amount.sentence]
    if not amount.sentence or amount.end != own.end or doc.view[own.start : amount.start] not in {"", "+", "-"}:
        return ""
    above = doc.sentences[amount.sentence - 1]
    words = doc.view[above.start : above.end] if above.end - above.start <= _LABEL else ""
    return words if is_stated(words) else ""
