"""Computed growth beside stated growth, compared to the digits that were stated, within the rounding of all three."""

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
    found = compare((before, f"{before}件"), (now, f"{now}件"), "件", said, exact=True)
    assert found is not None
    assert (found.computed, found.unit, found.agrees) == (computed, "%", agrees)


@pytest.mark.parametrize(("said", "agrees"), [("3.9", True), ("6.3", True), ("6.5", False), ("3.6", False)])
def test_rounded_values_contradict_only_what_none_of_the_numbers_behind_them_gives(said: str, agrees: bool) -> None:
    found = compare(("79000", "7.9万件"), ("83000", "8.3万件"), "件", stated(said), exact=True)
    assert found is not None
    assert (found.computed, found.agrees) == ("5.06", agrees)


@pytest.mark.parametrize(("said", "agrees"), [("0.8", True), ("0.9", True), ("1.1", False)])
def test_rates_move_by_points(said: str, agrees: bool) -> None:
    found = compare(("91.2", "91.2%"), ("92.0", "92.0%"), "%", stated(said, unit="百分点"), exact=True)
    assert found is not None
    assert (found.computed, found.unit, found.agrees) == ("0.80", "百分点", agrees)


def test_approximate_values_prove_nothing() -> None:
    found = compare(("1000", "1000余件"), ("1100", "1100件"), "件", stated("12"), exact=False)
    assert found is not None
    assert found.agrees is None


def test_a_number_written_in_characters_may_be_rounded_and_proves_nothing() -> None:
    found = compare(("300", "三百件"), ("330", "330件"), "件", stated("12"), exact=True)
    assert found is not None
    assert (found.computed, found.agrees) == ("10.00", None)


@pytest.mark.parametrize(("before", "now"), [("0", "5"), ("", "5"), ("5", "many")])
def test_where_growth_has_no_meaning_there_is_none(before: str, now: str) -> None:
    assert compare((before, before), (now, now), "件", None, exact=True) is None
