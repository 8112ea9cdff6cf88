"""What a table in a report tells, as the tests of tables ask it."""

from typing import Any

from shushuo_extract import read_text
from shushuo_shared.report import Figure

TITLE = "临江县人民法院2024年工作报告\n\n"


def figures_of(text: str) -> list[Figure]:
    """The figures of a text, each with its proof."""
    report = read_text(text)
    assert report.misquotes() == []
    return report.figures


def told_of(text: str, *fields: str) -> list[tuple[Any, ...]]:
    """Some fields of each figure of a text."""
    return [tuple(getattr(figure, field) for field in fields) for figure in figures_of(text)]
