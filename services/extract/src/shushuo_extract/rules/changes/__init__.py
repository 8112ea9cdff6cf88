"""Changes: which amounts are growth or comparison, of which metric, against what, and which way."""

from shushuo_extract.engine.types import Amount, Bound, Document


def bind(doc: Document, amounts: list[Amount]) -> list[Bound]:
    """Each amount with its role."""
    return [Bound(a, "change" if a.unit == "百分点" else "metric") for a in amounts]
