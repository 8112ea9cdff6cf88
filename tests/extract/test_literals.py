"""Many words as one pattern."""

import re

from shushuo_extract.engine.literals import any_of


def test_the_longest_word_at_a_place_is_found() -> None:
    assert re.findall(any_of(["获", "获评", "获评为", "入选"]), "获评为先进，入选名单，获评优秀，获奖") == [
        "获评为",
        "入选",
        "获评",
        "获",
    ]


def test_a_word_is_taken_literally() -> None:
    assert re.findall(any_of(["a.b", "（一）"]), "axb a.b （一）") == ["a.b", "（一）"]


def test_a_word_is_left_out_where_what_it_may_not_have_follows() -> None:
    assert re.findall(any_of(["家", "家次", "人"], unless={"家": "属|庭"}), "3家，家属2人，家次，家庭") == [
        "家",
        "人",
        "家次",
    ]
