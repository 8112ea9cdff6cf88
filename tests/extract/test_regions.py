"""Places are looked up, never guessed."""

import pytest

from shushuo_extract.rules import regions


def _named(words: str, near: str = "") -> str | None:
    found = regions.chain_all(words, 0, len(words))
    division = regions.choose(found[1], near) if found else None
    return regions.path(division) if division else None


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("平湖", "浙江省/嘉兴市/平湖市"),
        ("浙江省嘉兴市南湖区", "浙江省/嘉兴市/南湖区"),
        ("上海金山区", "上海市/金山区"),
        ("恩施州", "湖北省/恩施土家族苗族自治州"),
        ("仙桃市", "湖北省/仙桃市"),
        ("吉林", "吉林省"),
        ("阿克苏", "新疆维吾尔自治区/阿克苏地区"),
        ("宣武区", "北京市/宣武区"),
    ],
)
def test_a_name_leads_to_its_path(words: str, path: str) -> None:
    """Full, short, chained and lapsed names give the whole path."""
    assert _named(words) == path


def test_an_ambiguous_name_stays_open() -> None:
    """朝阳 is four places; only a text about one of them decides."""
    assert _named("朝阳区") is None
    assert _named("朝阳区", near="110000") == "北京市/朝阳区"
    assert _named("朝阳区", near="220100") == "吉林省/长春市/朝阳区"


def test_an_unknown_place_is_not_matched_in_part() -> None:
    """临江县 is no division, though 临江 is."""
    assert regions.chain_all("临江县", 0, 3) is None


def test_every_division_in_force_has_its_parents() -> None:
    """The table is closed: each path begins with one of 34 provinces."""
    names = {"北京市", "浙江省", "新疆维吾尔自治区", "香港特别行政区"}
    divisions = [one for one in regions.all_divisions() if not one.until]
    tops = {regions.path(one).split("/")[0] for one in divisions}

    assert len(tops) == 34
    assert names <= tops
    assert len(divisions) > 3000


def test_a_path_leads_back_to_its_division() -> None:
    """``at_path`` undoes ``path``."""
    division = regions.at_path("浙江省/嘉兴市/平湖市")

    assert division is not None
    assert division.code == "330482"
