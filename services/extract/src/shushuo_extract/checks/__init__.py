"""Checks: what a proof-reader would query in the figures of one report; a finding never changes a figure.

Each kind is a module with ``find(story) -> Iterator[Finding]`` and abstains when unsure.
"""

from collections.abc import Sequence

from shushuo_extract.engine.types import Document, Found
from shushuo_shared.report import Check

from . import change, parts, rate, total, values
from .story import Finding, story_of

KINDS = (values, parts, rate, total, change)

__all__ = ["KINDS", "Finding", "run"]


def run(doc: Document, figures: Sequence[Found]) -> list[Check]:
    """The findings of all kinds, in the order of the figures that they name."""
    story = story_of(doc, figures)
    found = [finding for kind in KINDS for finding in kind.find(story)]
    order = {figure.id: n for n, figure in enumerate(figures)}
    found.sort(key=lambda finding: ([order[key] for key in finding.figures], finding.kind))
    return [
        Check(kind=finding.kind, message=finding.message, figures=list(finding.figures), severity=finding.severity)
        for finding in found
    ]
