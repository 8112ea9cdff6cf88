"""The plain regex that speed is measured against does its work: a rival that reads wrong would be no measure."""

from decimal import Decimal

import pytest

from tests.bench.plain import plain_figures


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024年，新收案件1,726件", [("1726", "件", "exact")]),
        ("追回欠薪470余万元，惠及近3000名工人", [("4700000", "元", "over"), ("3000", "人", "under")]),
        ("审结一件涉及三百余户的案件", [("300", "户", "over")]),
        ("上升3.5个百分点，为第12届", [("3.5", "百分点", "exact")]),
    ],
)
def test_amounts_with_value_unit_and_qualifier(text: str, read: list[tuple[str, str, str]]) -> None:
    assert [(found["value"], found["unit"], found["approx"]) for found in plain_figures(text)] == read


def test_quotes_stand_in_the_text() -> None:
    text = "执行到位5.19亿元，同比增长１２％"
    assert all(text[int(str(f["start"])) : int(str(f["end"]))] == f["text"] for f in plain_figures(text))
    assert [Decimal(str(f["value"])) for f in plain_figures(text)] == [519_000_000, 12]
