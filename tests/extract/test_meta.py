"""Meta says what the text settles, and nothing more."""

from shushuo_extract import read_text
from shushuo_extract.rules.meta.when import published
from shushuo_extract.rules.periods import parse


def test_a_text_that_settles_nothing_has_no_meta() -> None:
    """No organ, year or name is made up."""
    meta = read_text("天气晴朗，秋高气爽。").meta

    assert meta.organs == []
    assert (meta.kind, meta.level, meta.region, meta.period, meta.published, meta.presenter) == (None,) * 6


def test_a_day_without_a_year_is_the_first_after_the_period() -> None:
    """1月14日 in a text on 2019 is in 2020; 10月23日 in one that ends in September is in the same year."""
    assert published("", (None, 1, 14), parse("2019"), 2020) == "2020-01-14"
    assert published("", (None, 10, 23), parse("2017-07/2019-09"), None) == "2019-10-23"
    assert published("", (None, 12, 20), parse("2017/2021"), None) == "2021-12-20"


def test_a_day_without_a_year_and_a_period_stays_open() -> None:
    """Nothing is guessed from the calendar of the reader."""
    assert published("", (None, 5, 11), None, None) is None


def test_who_opines_in_the_press_is_no_presenter() -> None:
    """Only who gives the report, or speaks at its press conference, presents it."""
    text = "2019年，全国检察机关办案120万件。最高人民检察院检察长王明向社会承诺，件件有回复。"

    assert read_text(text).meta.presenter is None


def test_recognising_organs_are_not_reported_on() -> None:
    """A higher court that praises is no organ of the report."""
    text = "临江县人民法院工作情况\n2022年，县法院结案5100件，经验被省高院推广，获最高法院肯定。"

    assert read_text(text).meta.organs == ["临江县人民法院"]
