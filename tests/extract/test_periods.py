"""Words of time become intervals of whole months or years, or stay open."""

import pytest

from shushuo_extract.rules.periods import Clock, parse, whens, years


def _intervals(text: str, clock: Clock) -> list[str | None]:
    return [span.iso() if (span := when.interval(clock)) else None for when in whens(text)]


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        ("2022年", "2022"),
        ("二〇二〇年", "2020"),
        ("2023年1至10月", "2023-01/2023-10"),
        ("2023年1月至11月", "2023-01/2023-11"),
        ("2023年1月1日至6月30日", "2023-01/2023-06"),
        ("2017-2021年", "2017/2021"),
        ("2014年至2019年6月", "2014-01/2019-06"),
        ("2024年前三季度", "2024-01/2024-09"),
        ("2024年前11个月", "2024-01/2024-11"),
        ("2022年4月启动为期半年", "2022-04/2022-09"),
        ("去年", "2022"),
        ("今年1至5月", "2023-01/2023-05"),
        ("上半年", "2022-01/2022-06"),
        ("首季", "2022-01/2022-03"),
        ("自2019年起", "2019/2022"),
        ("2020年3月以来", "2020-03/2022-12"),
        ("截至2021年底", "2018/2021"),
        ("五年来", "2018/2022"),
        ("近三年", "2020/2022"),
        ("“十三五”期间", "2016/2020"),
    ],
)
def test_words_of_time_become_an_interval(words: str, interval: str) -> None:
    """Seen from a report told in 2023 on the five years before."""
    assert _intervals(words, Clock(2023, years(2018, 2022))) == [interval]


@pytest.mark.parametrize("words", ["去年", "1至9月", "五年来", "自2019年起"])
def test_relative_words_without_a_report_stay_open(words: str) -> None:
    """Nothing is guessed."""
    assert _intervals(words, Clock()) == [None]


@pytest.mark.parametrize("words", ["13月", "2023年13至15月", "1948件", "青少年", "2030件", "三年级"])
def test_other_numbers_are_no_time(words: str) -> None:
    """Counts and impossible months are not read as time."""
    assert [one for one in _intervals(words, Clock(2023)) if one and "-" in one] == []


@pytest.mark.parametrize("iso", ["2022", "2017/2021", "2022-01/2022-06", "2021-03"])
def test_an_interval_is_read_back_as_it_was_written(iso: str) -> None:
    """``parse`` undoes ``iso``."""
    span = parse(iso)

    assert span is not None
    assert span.iso() == iso
