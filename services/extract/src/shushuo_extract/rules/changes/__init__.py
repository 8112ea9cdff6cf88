"""Changes: which amounts are growth or comparison, of which metric, against what, and which way."""

from itertools import groupby

from shushuo_extract.engine.types import Amount, Bound, Document

from .sentence import Telling


def bind(doc: Document, amounts: list[Amount]) -> list[Bound]:
    """Each amount with its role, in the order of ``amounts``."""
    bounds: dict[int, Bound] = {}
    told, metrics = -1, list[int]()
    for sentence, group in groupby(range(len(amounts)), key=lambda i: amounts[i].sentence):
        order = list(group)
        read = Telling(doc, amounts, order, metrics if told == sentence - 1 else []).read()
        told, metrics = sentence, [i for i in order if read[i].role == "metric"]
        bounds.update(read)
    return [bounds[i] for i in range(len(amounts))]
