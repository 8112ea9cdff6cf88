"""Computed growth beside stated growth, compared to the digits that were stated."""

import pytest

from shushuo_publish.growth import Stated, compare


def stated(value: str, direction: str = "up", unit: str = "%", approx: str = "exact") -> Stated:
    return Stated(text=value + unit, value=value, unit=unit, approx=approx, direction=direction)


@pytest.mark.parametrize(
    ("before", "now", "said", "computed", "agrees"),
    [
        ("685", "719", stated("4.9"), "4.96", False),
        ("685", "719", stated("5.0"), "4.96", True),
        ("685", "719", stated("5"), "4.96", True),
        ("1000", "950", stated("5", "down"), "-5.00", True),
        ("1000", "950", stated("5", "up"), "-5.00", False),
        ("1000", "950", None, "-5.00", None),
        ("1000", "1300", stated("30", approx="over"), "30.00", None),
    ],
)
def test_growth_agrees_to_the_digits_stated(
    before: str, now: str, said: Stated | None, computed: str, agrees: bool | None
) -> None:
    found = compare(before, now, "件", said, exact=True)
    assert found is not None
    assert (found.computed, found.unit, found.agrees) == (computed, "%", agrees)


def test_rates_move_by_points() -> None:
    found = compare("91.2", "92.0", "%", stated("0.8", unit="百分点"), exact=True)
    assert found is not None
    assert (found.computed, found.unit, found.agrees) == ("0.80", "百分点", True)


def test_approximate_values_prove_nothing() -> None:
    found = compare("1000", "1100", "件", stated("12"), exact=False)
    assert found is not None
    assert found.agrees is None


@pytest.mark.parametrize(("before", "now"), [("0", "5"), ("", "5"), ("5", "many")])
def test_where_growth_has_no_meaning_there_is_none(before: str, now: str) -> None:
    assert compare(before, now, "件", None, exact=True) is None
