"""Sentences composed from parts are taken apart into the same parts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from shushuo_extract import read_text

COUNT = st.integers(min_value=2, max_value=999_999)
RATE = st.decimals(min_value="0.01", max_value="99.99", places=2).map(lambda d: format(d, "f").rstrip("0").rstrip("."))
UNIT = st.sampled_from(["件", "人", "人次", "件次", "场次", "亩", "平方米", "份", "篇", "户", "家", "次", "天"])
SCALE = st.sampled_from([("", 1), ("万", 10_000), ("亿", 100_000_000)])
MORE = st.sampled_from([("", "exact"), ("余", "over"), ("多", "over")])
BEFORE = st.sampled_from([("", "exact"), ("近", "under"), ("约", "about"), ("超", "over"), ("逾", "over")])


@given(COUNT, SCALE, MORE, UNIT)
@settings(max_examples=150, deadline=None)
def test_amount_round_trips(count: int, scale: tuple[str, int], more: tuple[str, str], unit: str) -> None:
    """Number, multiplier, qualifier and unit come back as they went in."""
    quote = f"{count}{scale[0]}{more[0]}{unit}"
    report = read_text(f"临江县人民法院去年共完成各项工作{quote}，受到群众欢迎。")

    assert [(f.text, f.value, f.unit, f.approx) for f in report.figures] == [
        (quote, str(count * scale[1]), unit, more[1])
    ]


@given(BEFORE, COUNT, UNIT)
@settings(max_examples=100, deadline=None)
def test_qualifier_before_belongs_to_the_quote(before: tuple[str, str], count: int, unit: str) -> None:
    """近, 约, 超 and 逾 stand inside the span and make the amount inexact."""
    report = read_text(f"云溪市人民检察院办理相关事项{before[0]}{count}{unit}。")

    assert [(f.text, f.approx) for f in report.figures] == [(f"{before[0]}{count}{unit}", before[1])]


@given(COUNT, COUNT)
@settings(max_examples=60, deadline=None)
def test_pair_is_two_figures(cases: int, persons: int) -> None:
    """28件354人 are two figures."""
    report = read_text(f"全年判处诈骗犯罪案件{cases}件{persons}人。")

    assert [(f.value, f.unit) for f in report.figures] == [(str(cases), "件"), (str(persons), "人")]


@given(st.lists(st.tuples(COUNT, RATE), min_size=2, max_size=4), st.sampled_from(["上升", "下降", "增长"]))
@settings(max_examples=100, deadline=None)
def test_rates_are_distributed_in_order(parts: list[tuple[int, str]], verb: str) -> None:
    """分别 gives the first rate to the first amount, the second to the second."""
    things = ["新收案件", "审结案件", "执结案件", "调解案件"]
    counted = "，".join(f"{thing}{count}件" for thing, (count, _) in zip(things, parts, strict=False))
    rates = "、".join(f"{rate}%" for _, rate in parts)
    report = read_text(f"{counted}，同比分别{verb}{rates}。")
    metrics = [f for f in report.figures if f.role == "metric"]
    changes = [f for f in report.figures if f.role == "change"]

    assert [f.of for f in changes] == [f.start for f in metrics]
    assert {(f.basis, f.direction) for f in changes} == {("yoy", "down" if verb == "下降" else "up")}


@given(COUNT, st.sampled_from(["\n", " ", "**", "\n\n"]))
@settings(max_examples=40, deadline=None)
def test_marks_around_a_number_change_nothing(count: int, mark: str) -> None:
    """Markdown marks and blanks around an amount leave it as it is."""
    closing = mark.strip("\n") or " "
    report = read_text(f"执结各类案件{closing}{count}件{closing}，执行到位金额{closing}3亿元{closing}。")

    assert [(f.text, f.value) for f in report.figures] == [(f"{count}件", str(count)), ("3亿元", "300000000")]
