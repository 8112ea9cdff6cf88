"""What holds for every text: quotes are proved, numbers come from their quotes, nothing crashes, all is repeatable."""

import random
import re
import tomllib
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shushuo_extract import read_text
from shushuo_extract.rules.amounts import numerals
from shushuo_shared.report import ExtractedReport

PIECES = st.sampled_from([
    "案件", "12", "3.5", "万", "亿", "件", "人", "%", "，", "。", "**", "（", "）", "同比", "分别", "上升",
    "和", "第", "年", "余", "近", "百分之", "三", "十", "分之", "/", "、", "“", "”", "《", "》", "#",
    "全省第一", "2022", "1,234", "月", "至", "０", "％", "临江县人民法院", "\n", " ",
])  # fmt: skip
GENRE = st.lists(PIECES, max_size=60).map("".join)
TIMES = (
    "去年同期", "上年同期的", "2023年", "今年1至9月", "前10个月", "截至9月底", "自2019年以来", "五年来", "较2022年",
    "去年", "2月4日", "2022年8月", "上半年", "“十三五”期间", "2018年至2022年", "近三年", "去年底", "2003年初", "全年",
)  # fmt: skip
AMOUNTS = (
    "3件",
    "1.2万件",
    "58.4%",
    "21.3个百分点",
    "3亿元",
    "80人",
    "三分之二",
    "1/2",
    "近千个",
    "2.3倍",
    "28件354人",
)
MARKS = tuple("，。；：、\n的至到（）“”")


def assert_sound(report: ExtractedReport) -> None:
    """Every quote is at its span; every figure's value can be read from its own quote."""
    text = report.text
    starts = {figure.start for figure in report.figures}
    assert report.misquotes() == []
    for figure in report.figures:
        assert re.search(r"\d|[零〇一二两三四五六七八九十百千万亿]", figure.text)
        assert Decimal(figure.value) >= 0
        assert figure.of is None or (figure.role == "change" and figure.of in starts)
        assert 0 <= figure.sentence[0] <= figure.start < figure.end <= figure.sentence[1] <= len(text)
    spans = [(figure.start, figure.end) for figure in report.figures]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_arbitrary_unicode_never_crashes(text: str) -> None:
    """Any string is read, and what is read is sound."""
    assert_sound(read_text(text))


@given(st.text(st.characters(categories=["Cs", "Cc", "Cf", "Nd", "No", "Lo", "Zs"]), max_size=200))
@settings(max_examples=100, deadline=None)
def test_odd_code_points_never_crash(text: str) -> None:
    """Lone surrogates, controls and digits of other scripts are read without harm."""
    assert_sound(read_text(text))


@pytest.mark.parametrize("told", ["1个1.9个百分点", "1.2个百分点1.9个百分点"])
def test_changes_with_no_word_between_never_crash(told: str) -> None:
    """Two changes that directly follow each other, as scrambled tables have them, are read without harm."""
    assert_sound(read_text(f"民事案件高于全市平均水平{told}。"))


@given(GENRE)
@settings(max_examples=300, deadline=None)
def test_scrambled_reports_stay_sound(text: str) -> None:
    """The words of the genre in any order break no invariant."""
    assert_sound(read_text(text))


def example_clauses() -> list[str]:
    """The clauses of every rule's examples."""
    rules = files("shushuo_extract.rules")
    corpora = [f for family in rules.iterdir() if (f := family.joinpath("corpus.toml")).is_file()]
    read = [tomllib.loads(corpus.read_text(encoding="utf-8")) for corpus in sorted(corpora, key=str)]
    entries = (entry for corpus in read for entry in (*corpus.get("example", ()), *corpus.get("negative", ())))
    return [clause for entry in entries for clause in re.findall("[^，。；：、\n]{1,40}[，。；：、\n]?", entry["text"])]


def test_examples_cut_up_and_spliced_stay_sound() -> None:
    """What each rule expects, met by what another one left: the clauses of all examples in any order."""
    chance = random.Random("splices")
    kinds = (example_clauses(), TIMES, AMOUNTS, MARKS)
    for _ in range(4_000):
        pieces = (chance.choice(kind) for kind in chance.choices(kinds, (10, 3, 3, 3), k=chance.randint(2, 14)))
        assert_sound(read_text("".join(pieces)))


@given(GENRE)
@settings(max_examples=40, deadline=None)
def test_same_text_gives_the_same_bytes(text: str) -> None:
    """Reading is a function of the text."""
    assert read_text(text).model_dump_json() == read_text(text).model_dump_json()


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("5.19亿", "519000000"),
        ("三万", "30000"),
        ("1亿2000万", "120000000"),
        ("十五", "15"),
        ("二百零三", "203"),
        ("3.2万亿", "3200000000000"),
    ],
)
def test_numerals_are_exact(numeral: str, value: str) -> None:
    """A numeral becomes the decimal that it says, never a float."""
    assert numerals.plain(numerals.value(numeral) or Decimal(-1)) == value


def test_none_of_ten_thousand_is_none() -> None:
    """0万 is nothing, though 万 alone is ten thousand."""
    assert [numerals.value(numeral) for numeral in ("0万", "0.0亿", "万")] == [0, 0, 10_000]


def test_hundred_per_cent_keeps_its_zeros() -> None:
    """Idle zeros go only behind a decimal point."""
    assert [numerals.plain(Decimal(n)) for n in ("100", "0.50", "0", "1E+3")] == ["100", "0.5", "0", "1000"]
