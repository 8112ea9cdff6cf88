"""The one filter: what it accepts, what it refuses and how it says so."""

import pytest

from shushuo_publish.facets import conditions
from shushuo_publish.filters import BadQuery, Facts, Filters, read, regions_of, years_of
from shushuo_publish.labels import FILTERS
from shushuo_publish.reading.lists import Listing


def names(error: BadQuery) -> set[str]:
    return {problem["name"] for problem in error.problems}


def test_conditions_combine_and_are_typed() -> None:
    filters, window = read([("region", "云省"), ("year", "2025"), ("q", "青苗 工作站"), ("limit", "5")])
    assert filters.given() == {"region": "云省", "year": "2025", "q": "青苗 工作站"}
    assert (filters.year, window.limit, filters.words()) == (2025, 5, ["青苗", "工作站"])


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(BadQuery) as caught:
        read([("kind", "police"), ("year", "202"), ("limit", "501"), ("organs", "x"), ("indicator", "件数")])
    assert names(caught.value) == {"kind", "year", "limit", "organs", "indicator"}
    assert "“police”" in str(caught.value)
    assert "court、procuratorate、mixed" in str(caught.value)


@pytest.mark.parametrize("value", ["a\x00b", "甲\ud800", "乙\uffff", "x\ny"])
def test_text_that_no_store_can_hold_is_refused(value: str) -> None:
    with pytest.raises(BadQuery, match="控制字符"):
        read([("q", value)])


def test_a_parameter_given_twice_is_refused() -> None:
    with pytest.raises(BadQuery, match="只能给一次"):
        read([("kind", "court"), ("kind", "mixed")])


@pytest.mark.parametrize("cursor", ["9" * 19, "1.9999999999", "-1", "1.", "a"])
def test_a_cursor_that_no_page_gave_is_refused(cursor: str) -> None:
    with pytest.raises(BadQuery, match="cursor"):
        read([("cursor", cursor)])


def test_blank_means_absent_as_forms_send_it() -> None:
    filters, window = read([("kind", ""), ("q", "  "), ("year", ""), ("page", "")])
    assert filters == Filters()
    assert window.page == 1


def test_equal_filters_have_one_query_string() -> None:
    one = read([("year", "2025"), ("organ", "临江县人民法院")])[0]
    other = read([("organ", " 临江县人民法院 "), ("year", "2025")])[0]
    assert (
        one.query()
        == other.query()
        == "organ=%E4%B8%B4%E6%B1%9F%E5%8E%BF%E4%BA%BA%E6%B0%91%E6%B3%95%E9%99%A2&year=2025"
    )


def test_a_region_is_found_by_name_and_by_path() -> None:
    assert regions_of("云省/云溪市") == {"云省", "云溪市", "云省/云溪市"}
    assert regions_of(None) == frozenset()


@pytest.mark.parametrize(
    ("period", "years"),
    [("2025", {2025}), ("2023/2025", {2023, 2024, 2025}), ("2022-01/2022-06", {2022}), (None, set()), ("?", set())],
)
def test_a_period_is_found_under_every_year_it_touches(period: str | None, years: set[int]) -> None:
    assert years_of(period) == years


def test_every_filter_is_named_fulfilled_and_walked_by() -> None:
    known = set(Filters.model_fields)
    assert set(FILTERS) == known
    assert {*conditions(Facts()), "q"} == known
    asked = Filters(
        organ="甲", kind="court", level="basic", region="乙", year=2025, type="honor", indicator="a.b", q="丙"
    )
    listing = Listing(stream="reports", filters=asked, sqlite=True)
    assert {*dict(listing.facets()), "q"} == set(asked.given()) == known
