"""A stated growth rate is held against its two figures, within the rounding of all three."""

from decimal import Decimal

import pytest

from shushuo_shared.growth import Stated, contradicts, growth, share, step_of


def stated(surface: str, value: str) -> Stated:
    return Stated.read(value, surface)


@pytest.mark.parametrize(
    ("surface", "step"),
    [
        ("685件", "0"),
        ("8.3万件", "1000"),
        ("5.19亿元", "1000000"),
        ("96.43%", "0.01"),
        ("85%", "1"),
        ("１２．５％", "0.1"),
    ],
)
def test_step_is_the_weight_of_the_last_digit(surface: str, step: str) -> None:
    assert step_of(surface) == Decimal(step)


@pytest.mark.parametrize("surface", ["近千个", "三分之二", ""])
def test_step_of_words_is_unknown(surface: str) -> None:
    assert step_of(surface) is None


def test_rounded_growth_agrees() -> None:
    now, before = stated("6250件", "6250"), stated("5500件", "5500")

    assert contradicts(stated("13.6%", "13.6"), "up", now, before) is None


def test_cut_off_growth_agrees() -> None:
    now, before = stated("6250件", "6250"), stated("5500件", "5500")

    assert contradicts(stated("13.7%", "13.7"), "up", now, before) is None


def test_wrong_growth_is_told_with_what_the_figures_give() -> None:
    now, before = stated("6250件", "6250"), stated("5500件", "5500")

    computed = contradicts(stated("31.6%", "31.6"), "up", now, before)

    assert computed is not None
    assert round(computed.low, 1) == Decimal("13.6")


def test_wrong_direction_contradicts() -> None:
    now, before = stated("6250件", "6250"), stated("5500件", "5500")

    assert contradicts(stated("13.6%", "13.6"), "down", now, before) is not None


def test_coarse_figures_leave_room() -> None:
    now, before = stated("2.3万件", "23000"), stated("2.1万件", "21000")

    assert contradicts(stated("12.4%", "12.4"), "up", now, before) is None
    assert contradicts(stated("16.4%", "16.4"), "up", now, before) is not None


def test_points_are_a_difference() -> None:
    now, before = stated("96.4%", "96.4"), stated("85.1%", "85.1")

    assert contradicts(stated("11.3个百分点", "11.3"), "up", now, before, "百分点") is None
    assert contradicts(stated("13.1个百分点", "13.1"), "up", now, before, "百分点") is not None


def test_growth_from_nothing_is_not_judged() -> None:
    assert growth(stated("12件", "12"), stated("0件", "0")) is None
    assert contradicts(stated("20%", "20"), "up", stated("12件", "12"), stated("0件", "0")) is None


def test_words_for_numbers_are_not_judged() -> None:
    assert contradicts(stated("20%", "20"), "up", stated("近千个", "1000"), stated("500个", "500")) is None


def test_share_of_exact_counts_is_exact() -> None:
    found = share(stated("450件", "450"), stated("1000件", "1000"))

    assert found is not None
    assert found.low == found.high == Decimal(45)
