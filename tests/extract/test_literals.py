"""Many words as one pattern."""

import re

from shushuo_extract.engine.literals import Ends, any_of, any_seldom


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


def test_words_that_few_texts_hold_are_found_as_any_are() -> None:
    words = [
        "案",
        *(f"{a}{b}" for a in "甲乙丙丁戊己庚辛壬癸" for b in "子丑寅卯辰"),
        *"一二三四五六七八九十百千万亿兆京垓秭穰沟涧",
    ]

    told = "甲甲子丑案件案3，乙一，癸辰辰，庚午"

    assert re.findall(any_seldom(words, {"案": "件"}), told) == ["甲子", "案", "一", "癸辰"]
    assert re.findall(any_seldom(["甲子", "甲子年"]), "甲子年，甲子，甲") == ["甲子年", "甲子"]


def test_words_are_found_by_how_they_end_and_the_longest_wins() -> None:
    words = Ends(["最高法", "最高法院", "法院", "海关", "海关总署", "税务总局", "国家税务总局"])

    assert list(words.find("最高法院、法院和最高法；海关总署、海关，国家税务总局")) == [
        (0, "最高法院"),
        (5, "法院"),
        (8, "最高法"),
        (12, "海关总署"),
        (17, "海关"),
        (20, "国家税务总局"),
    ]


def test_a_word_that_a_longer_one_has_inside_is_left_to_it() -> None:
    assert list(Ends(["乙丁", "甲乙丁丙"]).find("甲乙丁丙，乙丁丙")) == [(0, "甲乙丁丙"), (5, "乙丁")]
