"""Tables with a header of two lines: names above that several columns share."""

import pytest

from tests.extract.tabled import TITLE, figures_of, told_of


def test_groups_of_columns_share_their_names() -> None:
    """Merged cells of a page arrive as one each; names that come round tell how many columns every group has."""
    table = (
        "法院\t收案（件）\t结案（件）\n2022年\t2023年\t2022年\t2023年\n"
        "临江县人民法院\t1200\t1300\t1100\t1250\n平原县人民法院\t800\t900\t700\t850\n"
    )

    told = told_of("云溪市中级人民法院2023年司法统计\n\n" + table, "text", "indicator", "period", "organ")

    assert told[:4] == [
        ("1200", "收案", "2022", "临江县人民法院"),
        ("1300", "收案", "2023", "临江县人民法院"),
        ("1100", "结案", "2022", "临江县人民法院"),
        ("1250", "结案", "2023", "临江县人民法院"),
    ]
    assert len(told) == 8


def test_groups_of_years_and_of_courts_say_when_and_whose() -> None:
    """What stands above may be the time or the court, what stands below what is measured."""
    years = "类型\t2022年\t2023年\n收案（件）\t结案（件）\t收案（件）\t结案（件）\n刑事\t12\t13\t11\t14\n"
    courts = (
        "类型\t临江县人民法院\t云溪市中级人民法院\n收案（件）\t结案率\t收案（件）\t结案率\n刑事\t12\t93%\t11\t94%\n"
    )

    assert told_of(TITLE + years, "text", "indicator", "period") == [
        ("12", "刑事收案", "2022"),
        ("13", "刑事结案", "2022"),
        ("11", "刑事收案", "2023"),
        ("14", "刑事结案", "2023"),
    ]
    assert told_of(TITLE + courts, "text", "indicator", "organ") == [
        ("12", "刑事收案", "临江县人民法院"),
        ("93%", "刑事结案率", "临江县人民法院"),
        ("11", "刑事收案", "云溪市中级人民法院"),
        ("94%", "刑事结案率", "云溪市中级人民法院"),
    ]


def test_growth_in_a_group_is_of_its_own_count() -> None:
    """数量 and 同比 under 收案 are the count of cases accepted and its growth."""
    table = "类型\t收案\t结案\n数量（件）\t同比\t数量（件）\t同比\n刑事\t1200\t5.1%\t1100\t-3%\n"

    figures = figures_of(TITLE + table)

    assert [(one.text, one.indicator, one.direction) for one in figures] == [
        ("1200", "刑事收案", None),
        ("5.1%", "刑事收案", "up"),
        ("1100", "刑事结案", None),
        ("3%", "刑事结案", "down"),
    ]
    assert [one.of for one in figures] == [None, figures[0].start, None, figures[2].start]


@pytest.mark.parametrize(
    "table",
    [
        "| 类型 | 收案（件） | | 结案（件） | |\n|---|---|---|---|---|\n"
        "| | 2022年 | 2023年 | 2022年 | 2023年 |\n| 刑事 | 12 | 13 | 11 | 14 |\n",
        "类型\t收案（件）\t结案（件）\n\t2022年\t2023年\t2022年\t2023年\n刑事\t12\t13\t11\t14\n",
    ],
)
def test_empty_cells_show_how_far_a_group_reaches(table: str) -> None:
    """Markdown and Word leave the merged cells empty."""
    assert told_of(TITLE + table, "text", "indicator", "period") == [
        ("12", "刑事收案", "2022"),
        ("13", "刑事收案", "2023"),
        ("11", "刑事结案", "2022"),
        ("14", "刑事结案", "2023"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "类型\t收案（件）\t结案（件）\t存案\n2022年\t2023年\t2022年\t2023年\n",  # which group has one column only?
        "类型\t收案（件）\t结案\n2022年\t2023年\t数量（件）\t同比\t占比\n",  # two and three, or three and two?
        "类型\t存案\t收案（件）\n2022年\t2023年\t2024年\t2025年\n",
    ],
)
def test_groups_of_doubtful_width_are_left_alone(header: str) -> None:
    """Where nobody can tell which group a column is of, its bare numbers are none."""
    rows = "刑事\t12\t13\t11\t14\t15\n民事\t22\t23\t21\t24\t25\n"

    assert told_of(TITLE + header + rows, "text") == []
