"""The shape of a report: what runs on, what is a heading, what is no report of results."""

import pytest

from shushuo_extract import document, read_text
from shushuo_extract.structure.fold import fold


def _figures(text: str) -> list[tuple[str, str]]:
    return [(figure.value, figure.unit) for figure in read_text(text).figures]


def test_view_keeps_every_offset() -> None:
    """Folding changes how a character is written, never how many there are."""
    text = '审结１２件，“达”９８.5％;(见"注")\u3000**重点** 1,234件'

    assert fold(text) == "审结12件，“达”98.5%；（见“注”）   重点   1,234件"


def test_marks_that_chinese_writes_wide_are_folded_one_by_one() -> None:
    """Whatever else stands in a text; all others stay as they are."""
    assert "".join(fold(char) for char in "!(),:;?") == "！（），：；？"
    assert "".join(fold(char) for char in "#$%&'+-./<=>@[]^`{|}~《》—…‘’·") == "#$%&'+-./<=>@[]^`{|}~《》—…‘’·"


def test_column_is_read_as_one_sentence() -> None:
    """A newspaper column breaks words and numbers; the sentence and the amounts run on."""
    text = (
        "一年来，临江县人民法院坚持公正司\n法，全年共受理各类案件一万余件，\n"
        "审结各类案件9856件，执行到位3.\n2亿元，结案率达到98.5%，一审服判\n息诉率达到92%。"
    )

    doc = document.parse(text)

    assert len(doc.sentences) == 1
    assert _figures(text) == [("10000", "件"), ("9856", "件"), ("320000000", "元"), ("98.5", "%"), ("92", "%")]


def test_quote_of_a_broken_number_is_the_published_text() -> None:
    """The quote holds the line break that the page has."""
    figure = read_text("全年共审结各类刑事案件、民事案件98\n56件，同比有所上升。").figures[0]

    assert (figure.text, figure.value) == ("98\n56件", "9856")


def test_poster_lines_stay_apart() -> None:
    """On a poster every line is an item of its own."""
    doc = document.parse("数说2023\n批准逮捕325件486人\n提起公诉1025件\n结案率97.2%\n")

    assert [doc.view[s.start : s.end] for s in doc.sentences] == [
        "数说2023",
        "批准逮捕325件486人",
        "提起公诉1025件",
        "结案率97.2%",
    ]


def test_lines_of_a_list_are_no_column() -> None:
    """Lines of like width with hardly a mark among them are items, each of its own; so is a part's number."""
    items = [
        "审结首例“元宇宙”虚拟财产继承纠纷并写入教材",
        "“码上办”数字调解平台入选全市十佳改革事例",
        "4篇论文获全省法院学术讨论会奖项，一等奖1篇",
        "《涉网消费维权审判白皮书》面向全社会发布",
    ]

    doc = document.parse("裁判引领\n" + "\n".join(items) + "\n\n05\n人民满意")

    assert [doc.view[s.start : s.end] for s in doc.sentences] == ["裁判引领", *items, "05", "人民满意"]


def test_headings_nest_by_their_marks() -> None:
    """一、 opens a part, （一） a part of it, and a part ends where the next of its kind begins."""
    text = "一、服务大局\n（一）惩治犯罪。审结案件3件。\n（二）化解纠纷。调解案件5件。\n二、从严治院\n开展培训6次。"

    sections = read_text(text).sections

    assert [(s.level, s.title) for s in sections] == [
        (1, "一、服务大局"),
        (2, "（一）惩治犯罪"),
        (2, "（二）化解纠纷"),
        (1, "二、从严治院"),
    ]
    assert sections[0].end == text.index("二、")


def test_bold_run_in_heading_is_a_section() -> None:
    """**…。** at the head of a paragraph names the paragraph."""
    report = read_text("**惩治犯罪。**审结刑事案件685件。\n\n**化解纠纷。**调解案件583件。")

    assert [s.title for s in report.sections] == ["惩治犯罪", "化解纠纷"]
    assert [f.section for f in report.figures] == ["s1", "s2"]


@pytest.mark.parametrize(
    "text",
    [
        "一、2023年工作回顾\n审结案件300件。\n二、2024年工作安排\n一是新建法庭2个。\n二是结案率达到95%以上。",
        "审结案件300件。\n在看到成绩的同时，我们也清醒认识到，还有5个法庭用房紧张。",
        "审结案件300件。\n下一步，该院将继续深化改革，新建调解室20个。",
        "审结案件300件。\n责任编辑：王五 阅读：1200次",
    ],
)
def test_only_results_are_counted(text: str) -> None:
    """Plans, self-criticism and page furniture hold no figures."""
    assert _figures(text) == [("300", "件")]


@pytest.mark.parametrize(
    "text",
    [
        "各位代表，过去一年工作中还存在一些问题：二审改判案件尚有21件。",
        "今后五年，全市法院工作的总体思路是：实现结案率稳定在98%以上，新建人民法庭12个。",
        "▍2026，我们这样干\n建好2个平台，办好10件实事",
        "2020年，该院将争取跨域案件占比达到80%。",
        "2025年，我院将办案400件以上，计划招录书记员6名。",
        "计划培训干警300人次。",
        "回顾一年的工作，还存在不少差距：有8个院没有立案，查处违纪9人。",
    ],
)
def test_shortcomings_and_aims_are_not_counted(text: str) -> None:
    """What is lacking and what is aimed at is no result, in a sentence or under a slogan."""
    assert _figures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2023年，云溪市人民检察院将服务大局作为首要任务，办理案件412件。",
        "2023年，该院将办理的412件案件上传至平台。",
        "审结计划生育行政案件412件。",
    ],
)
def test_object_marker_is_no_plan(text: str) -> None:
    """将…作为… tells how the work was done, not what shall be done."""
    assert _figures(text) == [("412", "件")]


def test_glossary_counts_only_results() -> None:
    """An explanation counts nothing; a result told inside it does."""
    text = "名词解释\n1.云端审判：指一名法官与两名陪审员在线审理。\n2.共享法庭：设在村社。2022年全市共建成87个。"

    assert _figures(text) == [("87", "个")]


def test_a_flush_line_goes_on_with_the_indented_paragraph_before_it() -> None:
    """A paragraph set with an indent is broken by hand where the next line stands out, however short the line was."""
    text = (
        "    上半年，该院上线“沙洲智治”平台，已归集数据32万条，为1.2万艘渔船赋码并\n"
        "共享，船员欠薪纠纷数量较上线前下降42.6%，获云溪市数字法\n"
        "院建设优秀成果奖。\n\n    下一段另起。\n"
    )

    assert "数字法院建设优秀成果奖。" in document.parse(text).text


def test_an_indented_title_stays_apart_from_the_flush_text_below() -> None:
    """A title that is set off by blanks is no first line of a paragraph."""
    text = "        云溪市人民法院工作情况通报\n2023年，全院受理案件8123件。\n"

    assert "通报\n2023年" in document.parse(text).text
