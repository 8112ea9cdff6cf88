"""Tables: a number is a figure where the table tells its unit, of what, of when and whose its header and labels say."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shushuo_extract import document, read_text
from tests.extract.tabled import TITLE, figures_of, told_of


def test_years_in_the_header_are_the_periods() -> None:
    """The row says what is measured, the column of when."""
    table = "| 指标 | 2023年 | 2024年 |\n|---|---|---|\n| 平均办案用时 | 87天 | 71天 |\n| 收案（件） | 1200 | 1,300 |\n"

    assert told_of(TITLE + table, "text", "value", "unit", "indicator", "period") == [
        ("87天", "87", "天", "平均办案用时", "2023"),
        ("71天", "71", "天", "平均办案用时", "2024"),
        ("1200", "1200", "件", "收案", "2023"),
        ("1,300", "1300", "件", "收案", "2024"),
    ]


def test_units_in_the_header_count_bare_numbers_of_each_court() -> None:
    """A row that names a court is that court's, the total the report's own; blanks between tabs stand for thousands."""
    table = (
        "序号\t法院\t收案（件）\t结案率\n"
        "1\t临江县人民法院\t1 200\t91.7%\n"
        "2\t平原县人民法院\t800\t-\n"
        "\t合计\t2,000\t90%\n"
    )

    assert told_of("云溪市中级人民法院2024年司法统计\n\n" + table, "text", "value", "code", "organ") == [
        ("1 200", "1200", "cases.accepted", "临江县人民法院"),
        ("91.7%", "91.7", "quality.conclusion_rate", "临江县人民法院"),
        ("800", "800", "cases.accepted", "平原县人民法院"),
        ("2,000", "2000", "cases.accepted", "云溪市中级人民法院"),
        ("90%", "90", "quality.conclusion_rate", "云溪市中级人民法院"),
    ]


def test_a_unit_above_the_table_counts_what_it_suits() -> None:
    """单位：件 counts cases, but neither a rate nor money."""
    table = "单位：件\n类型　　收案　　结案　　结案率　　标的额\n刑事　　120　　110　　91.7　　35\n"

    assert told_of(TITLE + table, "text", "unit", "indicator", "code") == [
        ("120", "件", "刑事收案", "criminal.accepted"),
        ("110", "件", "刑事结案", "criminal.concluded"),
    ]


def test_a_column_of_units_counts_its_row() -> None:
    """万元 in the column 单位 is the unit of the numbers beside it."""
    table = "指标\t单位\t2023年\t2024年\n执行到位金额\t万元\t5200.5\t6100\n结案率\t%\t95.1\t96.2\n"

    assert told_of(TITLE + table, "value", "unit", "indicator") == [
        ("52005000", "元", "执行到位金额"),
        ("61000000", "元", "执行到位金额"),
        ("95.1", "%", "结案率"),
        ("96.2", "%", "结案率"),
    ]


def test_a_column_of_changes_belongs_to_the_column_before() -> None:
    """A minus and an arrow down tell of a fall; after two years the growth is of the later one."""
    table = (
        "指标\t2023年\t2024年\t增减（%）\n"
        "收案（件）\t1200\t1100\t-8.3\n"
        "结案率\t90%\t92%\t2个百分点\n"
        "用时\t8天\t7天\t↓12.5\n"
    )
    figures = figures_of(TITLE + table)
    starts = {figure.start: figure.text for figure in figures}
    changes = [figure for figure in figures if figure.role == "change"]

    assert [(c.text, c.unit, starts[c.of or 0], c.basis, c.direction, c.period) for c in changes] == [
        ("8.3", "%", "1100", "yoy", "down", "2024"),
        ("2个百分点", "百分点", "92%", "yoy", "up", "2024"),
        ("12.5", "%", "7天", "yoy", "down", "2024"),
    ]


def test_a_column_of_last_year_is_not_what_grew() -> None:
    """The growth is of this year's number, though last year's stands between."""
    figures = figures_of(TITLE + "指标\t本年\t上年同期\t同比\n收案（件）\t1300\t1200\t8.3%\n")

    assert [(figure.text, figure.period) for figure in figures] == [
        ("1300", "2024"),
        ("1200", "2023"),
        ("8.3%", "2024"),
    ]
    assert figures[2].of == figures[0].start


def test_shares_are_metrics_of_their_own() -> None:
    """占比 is measured, ranks and numbers of rows are not."""
    table = "序号\t案由\t收案（件）\t占比（%）\t排名\n1\t离婚纠纷\t120\t30.5\t1\n2\t借款纠纷\t90\t22\t2\n"

    assert told_of(TITLE + table, "text", "indicator", "role") == [
        ("120", "离婚纠纷收案", "metric"),
        ("30.5", "离婚纠纷占比", "metric"),
        ("90", "借款纠纷收案", "metric"),
        ("22", "借款纠纷占比", "metric"),
    ]


def test_labels_of_years_date_their_rows_and_the_total_is_of_all() -> None:
    """A bare year under 年份 is a year, the same digits under 收案 are cases."""
    table = "| 年份 | 收案（件） |\n|---|---|\n| 2022 | 2001 |\n| 2023 | 1999 |\n| 合计 | 4000 |\n"

    assert told_of(TITLE + table, "text", "period") == [("2001", "2022"), ("1999", "2023"), ("4000", "2022/2023")]


def test_columns_of_courts_are_theirs() -> None:
    """A header that names a court says whose its numbers are."""
    table = "项目\t临江县人民法院\t云溪市中级人民法院\n结案率\t91%\t92%\n"

    assert told_of(TITLE + table, "text", "indicator", "organ") == [
        ("91%", "结案率", "临江县人民法院"),
        ("92%", "结案率", "云溪市中级人民法院"),
    ]


def test_a_header_may_leave_out_the_corner_over_the_labels() -> None:
    """Two years over rows of three cells are those of the last two."""
    assert told_of(TITLE + "2023年\t2024年\n收案（件）\t120\t130\n", "text", "period") == [
        ("120", "2023"),
        ("130", "2024"),
    ]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("指标\t2023年\t2024年\n收案\t1200\t1300\n", "no unit is told"),
        ("部门\t电话\t房间\n立案庭\t87651234\t301\n", "telephone numbers and rooms count nothing"),
        ("单位：件\n序号\t编号\n1\t20\n", "ordinals and numbers of files count nothing"),
        (
            "法院\t收案（件）\t结案（件）\n临江县人民法院\t1200\t1100\t1000\n",
            "of four cells nobody knows which is which",
        ),
        ("法院\t收案（件）\t结案（件）\n临江县人民法院\t\t—\n", "an empty cell and a dash are nothing"),
        ("类型\t收案（件）\n小计\t120\n", "a subtotal does not say of what"),
        ("类别\t案由\t收案（件）\n \t离婚纠纷\t12\n", "what a merged cell says of the row is not known"),
        ("指标\t收案（件）\n结余\t-12\n", "a number below zero is no count"),
        ("指标\t目标值\n结案率\t95%\n", "what is wanted is not reached"),
        ("法院\t2023年\t2024年\n临江县人民法院\t120件\t130件\n", "nothing says what is counted"),
    ],
)
def test_what_a_table_does_not_tell_is_left_alone(table: str, why: str) -> None:
    """No number is read whose unit or meaning would be a guess."""
    assert figures_of(TITLE + table) == [], why


def test_sentences_in_cells_and_lines_around_stay_prose() -> None:
    """A row that tells in sentences is read as such, and so is the paragraph after the table."""
    text = "| 事项 | 成效 |\n|---|---|\n| 审判 | 全年审结刑事案件300件，结案率98%。 |\n\n全年执结案件500件。\n"

    assert told_of(TITLE + text, "text") == [("300件",), ("98%",), ("500件",)]


def test_rows_are_no_headings_and_are_not_joined() -> None:
    """A table's lines keep their blanks and open no section."""
    doc = document.parse(TITLE + "指标\t2023年\t2024年\n收案（件）\t1200\t1300\n结案（件）\t1100\t1250\n")

    assert [heading.title for heading in doc.headings] == ["临江县人民法院2024年工作报告"]
    assert len(doc.tables) == 1
    assert [doc.view[cell.start : cell.end] for cell in doc.tables[0].rows[1].cells] == ["结案（件）", "1100", "1250"]


def test_the_headline_tells_the_unit_of_the_column() -> None:
    """Away from its table a number keeps its unit."""
    text = TITLE + "指标\t2023年\t2024年\n收案（件）\t1200\t1300\n执行到位金额（万元）\t5200\t6100\n"

    assert read_text(text).headline == "临江县人民法院2024年：收案1300件，执行到位金额6100万元"


CELLS = st.sampled_from([
    "", "-", "指标", "法院", "收案（件）", "结案率", "同比（%）", "单位", "万元", "件", "2023年", "2024", "本年",
    "合计", "小计", "序号", "1200", "1 200", "1,200", "-3.2", "↓5", "91.7%", "近30件", "0", "临江县人民法院",
    "刑事。", "**8**", "年份", "占比", "12368热线",
])  # fmt: skip
GAPS = st.sampled_from(["|", " | ", "\t", "  ", "\u3000"])
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=8)


def test_a_column_without_a_name_numbers_the_rows() -> None:
    """The court beside the number is whose row it is."""
    table = "|  | 法院 | 收案（件） |\n|---|---|---|\n| 1 | 平原县人民法院 | 800 |\n"

    assert told_of(TITLE + table, "text", "indicator", "organ") == [("800", "收案", "平原县人民法院")]


def test_a_total_may_take_the_place_of_number_and_name() -> None:
    """合计 over two columns is the label of its row."""
    table = "序号\t法院\t收案（件）\t结案（件）\n1\t平原县人民法院\t800\t790\n合计\t2000\t1900\n"

    assert told_of(TITLE + table, "text", "indicator")[2:] == [("2000", "收案"), ("1900", "结案")]


def test_labels_with_units_need_no_header() -> None:
    """A number beside a label that tells its unit is counted in it, even where it looks like a year."""
    table = "收案（件）\t2015\n执行到位金额（万元）\t1,980.5\n"

    assert told_of(TITLE + table, "text", "value", "unit", "code") == [
        ("2015", "2015", "件", "cases.accepted"),
        ("1,980.5", "19805000", "元", "enforcement.recovered_amount"),
    ]


def test_a_wide_blank_within_a_word_parts_no_columns() -> None:
    """合　计 is one label where the columns stand wider apart."""
    table = "类型　　收案（件）　　结案（件）\n刑　事　　120　　110\n合　计　　1320　　1210\n"

    assert told_of(TITLE + table, "text", "indicator") == [
        ("120", "刑事收案"),
        ("110", "刑事结案"),
        ("1320", "收案"),
        ("1210", "结案"),
    ]


def test_the_same_months_a_year_before() -> None:
    """2023年同期 beside 2024年1-6月 is not the whole year 2023."""
    table = (
        "| 项目 | 2024年1-6月 | 2023年同期 | 增幅 |\n"
        "| :--- | :---: | ---: | --- |\n"
        "| 收案（件） | 123 | 110 | +11.8% |\n"
    )

    assert told_of(TITLE + table, "text", "period", "of") == [
        ("123", "2024-01/2024-06", None),
        ("110", "2023-01/2023-06", None),
        ("11.8%", "2024-01/2024-06", (TITLE + table).index("123")),
    ]


def test_each_column_may_have_its_growth() -> None:
    """Of two columns 同比 each belongs to the one before it."""
    table = "类型\t收案（件）\t同比\t结案（件）\t同比\n刑事\t120\t5.2%\t110\t-3%\n"
    figures = figures_of(TITLE + table)
    starts = {figure.start: figure.text for figure in figures}

    assert [(f.text, starts.get(f.of or -1), f.direction) for f in figures] == [
        ("120", None, None),
        ("5.2%", "120", "up"),
        ("110", None, None),
        ("3%", "110", "down"),
    ]


def test_an_average_of_courts_is_no_courts_own() -> None:
    """全市平均 among courts is told as an average, of no one organ, and leads no headline."""
    report = read_text(TITLE + "法院\t结案率\n临江县人民法院\t98.2%\n全市平均\t95.1%\n")

    assert [(f.indicator, f.organ) for f in report.figures] == [
        ("结案率", "临江县人民法院"),
        ("全市平均结案率", None),
    ]
    assert "平均" not in report.headline


@given(ROWS, GAPS, st.sampled_from(["", "单位：件\n", "全年审结案件300件。\n"]))
@settings(max_examples=300, deadline=None)
def test_arbitrary_cells_are_read_without_harm(rows: list[list[str]], gap: str, above: str) -> None:
    """Whatever stands in the cells, every quote is at its span, in order, and no value is below zero."""
    figures = figures_of(above + "\n".join(gap.join(row) for row in rows))

    assert all(Decimal(figure.value) >= 0 for figure in figures)
    assert all(one.end <= other.start for one, other in pairwise(figures))
    assert all(figure.sentence[0] <= figure.start < figure.end <= figure.sentence[1] for figure in figures)
