"""The same report in another guise is a copy; another year, another court or a corrected figure never is."""

import re
import time
from collections.abc import Callable

import pytest

from shushuo_ingest import copies
from shushuo_ingest.copies import MOST_NUMBERS, same_report, sketch, without_noise

TITLE = "临江县人民法院2024年工作报告\n"
BODY = """\
各位代表：现在，我代表临江县人民法院向大会报告工作，请予审议。
2024年，本院受理各类案件3216件，审结3098件，同比分别上升13.7%和8.4%，结案率96.33%，位列全市法院第一。
审结刑事案件412件，判处罪犯538人，其中五年以上有期徒刑61人；审结危险驾驶案件127件，同比下降21.5%。
审结民商事案件1904件，标的额5.19亿元，调解撤诉率58.6%；妥善化解涉企纠纷346件，为企业挽回损失2380万元。
受理执行案件782件，执结745件，执行到位金额1.27亿元，同比增长9.6%；司法拘留34人，纳入失信名单203人次。
建成诉前调解工作站14个，诉前化解纠纷1105件，平均办理期限由46天缩短至31天，当事人自动履行率提高6.2个百分点。
回顾一年的工作，我们也清醒地认识到，审判质效仍有短板，队伍能力还需加强，将采取有力措施切实改进。
以上报告，请予审议。
"""
REPORT = TITLE + BODY


def wrapped(text: str) -> str:
    """Lines of 24 characters, as a newspaper sets them."""
    return "\n".join(re.sub(r"(.{24})", r"\1\n", line) for line in text.splitlines())


def full_width(text: str) -> str:
    return text.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})


def paged(text: str) -> str:
    """With a page number after every second line."""
    lines = text.splitlines()
    return "\n".join(f"{line}\n- {n // 2 + 1} -" if n % 2 else line for n, line in enumerate(lines))


COPIES: dict[str, Callable[[str], str]] = {
    "the same bytes": lambda t: t,
    "Windows line ends": lambda t: t.replace("\n", "\r\n"),
    "hard-wrapped": wrapped,
    "one long line": lambda t: t.replace("\n", ""),
    "full-width digits": full_width,
    "half-width marks": lambda t: t.translate(str.maketrans("，；：", ",;:")),
    "indented with ideographic spaces": lambda t: "".join(f"　　{line}\n" for line in t.splitlines()),
    "no-break spaces": lambda t: t.replace("，", "，\u00a0"),
    "thousands separators": lambda t: re.sub(r"(?<!\d)(\d)(\d{3})(?=件)", r"\1,\2", t),
    "spaced digits": lambda t: re.sub(r"(?<!\d)(\d)(\d{3})(?=件)", r"\1 \2", t),
    "a byte order mark": lambda t: "\ufeff" + t,
    "page numbers": paged,
    "without the title": lambda t: t.removeprefix(TITLE),
    "the title twice": lambda t: TITLE.replace("2024", "") + t,
    "a date line above": lambda t: f"发布时间：2025-01-20 09:30 来源：县法院\n{t}",
    "a bare date above": lambda t: f"2025年1月20日 09:30\n{t}",
    "an editor below": lambda t: f"{t}责任编辑：王某 浏览次数：1024\n",
    "a date line above and an editor below": lambda t: f"时间：2025-02-01\n{t}编辑：李某某\n",
    "neighbours below": lambda t: f"{t}上一篇：关于2023年工作的通报\n下一篇：2025年工作安排\n",
    "a headline per section": lambda t: t.replace("审结刑事案件", "一、依法惩治犯罪\n审结刑事案件", 1),
    "straight quotes and Markdown": lambda t: "# " + t.replace("请予审议", "**请予审议**"),
    "a word put right": lambda t: t.replace("切实改进", "着力改进"),
    "a foreword without figures": lambda t: f"本报记者从县人代会获悉，县法院负责人作了工作报告。全文如下。\n{t}",
    "an annex with few figures": lambda t: f"{t}附件：名词解释3条，典型案例6个。\n",
}

OTHERS: dict[str, Callable[[str], str]] = {
    "next year": lambda t: re.sub(r"\d+", lambda m: str(int(m[0]) + 1), t),
    "the year alone": lambda t: t.replace("2024", "2023"),
    "the year in the title alone": lambda t: t.replace("2024", "2023", 1),
    "another court, the same figures": lambda t: t.replace("临江县", "清河区"),
    "the procuratorate, the same figures": lambda t: t.replace("人民法院", "人民检察院"),
    "another court, other figures": lambda t: re.sub(r"\d+", lambda m: m[0][::-1] + "7", t.replace("临江", "云溪")),
    "one figure corrected": lambda t: t.replace("3098", "3089"),
    "the first figure corrected": lambda t: t.replace("3216", "3261"),
    "the last figure corrected": lambda t: t.replace("6.2个", "6.3个"),
    "a decimal corrected": lambda t: t.replace("8.4%", "8.5%"),
    "a per cent that became points": lambda t: t.replace("9.6%", "9.6个百分点"),
    "a unit corrected": lambda t: t.replace("5.19亿", "5.19万"),
    "two figures exchanged": lambda t: t.replace("13.7%和8.4%", "8.4%和13.7%"),
    "a fall that was a rise": lambda t: t.replace("同比下降", "同比上升"),
    "another placing": lambda t: t.replace("第一", "第二"),
    "a figure added": lambda t: t.replace("标的额", "上诉217件，标的额"),
    "a figure left out": lambda t: t.replace("，结案率96.33%", ""),
    "the first half": lambda t: t[: len(t) // 2],
    "the second half": lambda t: t[len(t) // 2 :],
    "a summary": lambda t: "".join(t.splitlines(keepends=True)[1:4]),
    "sections in another order": lambda t: "".join(reversed(t.splitlines(keepends=True))),
    "a supplement of many figures": lambda t: t + "".join(f"第{n}庭审结{n * 37}件。" for n in range(3, 12)),
    "the half-year": lambda t: t.replace("2024年，", "2024年上半年，").replace("3216", "1604").replace("3098", "1411"),
}


@pytest.mark.parametrize("change", COPIES.values(), ids=COPIES)
def test_copy_is_known(change: Callable[[str], str]) -> None:
    one, other = sketch(REPORT), sketch(change(REPORT))

    assert same_report(one, other)
    assert one.key == other.key or set(one.anchors()) & set(other.anchors())


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_another_report_is_no_copy(change: Callable[[str], str]) -> None:
    assert not same_report(sketch(REPORT), sketch(change(REPORT)))


def test_a_few_words_are_never_a_copy() -> None:
    assert not same_report(sketch("详见附件。"), sketch("详见附件。"))


BRIEF = "2024年，临江县人民法院审结案件3098件，结案率96.33%。"


def test_a_brief_repeated_to_the_letter_is_a_copy() -> None:
    assert same_report(sketch(BRIEF), sketch(f"发布时间：2025-01-20 09:30\n　　{BRIEF}\n"))


@pytest.mark.parametrize(
    "words",
    [
        BRIEF.replace("96.33", "96.34"),
        BRIEF.replace("2024", "2023"),
        BRIEF.replace("临江县", "清河区"),
        BRIEF.replace("审结", "共审结"),
        f"{BRIEF}详见附件。",
    ],
)
def test_a_brief_with_other_words_is_no_copy(words: str) -> None:
    assert not same_report(sketch(BRIEF), sketch(words))


@pytest.mark.parametrize(
    "words", ["我院2024年审结案件3098件，结案率96.33%。", "临江县人民法院审结案件3098件，结案率96.33%。"]
)
def test_a_brief_that_does_not_say_whose_and_of_when_is_never_a_copy(words: str) -> None:
    assert not same_report(sketch(words), sketch(words))


def test_the_pairs_are_as_many_as_promised() -> None:
    assert len(COPIES) >= 20
    assert len(OTHERS) >= 20


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2025-01-20 09:30 来源：县法院",
        "责任编辑：王某 浏览次数：1024",
        "浏览1024次",
        "2025年1月20日",
        "2025-01-20 09:30:15",
        "— 3 —",
        "上一篇：云溪县法院公告",
        "字号：大 中 小",
    ],
)
def test_line_that_a_site_writes_around_a_text_is_noise(line: str) -> None:
    assert without_noise(f"第一段。\n{line}\n第二段。") == "第一段。\n第二段。"


@pytest.mark.parametrize(
    "line", ["访问困难当事人3216人", "3216 3098 881", "阅读案卷 407 件", "来源地治理312件", "2025"]
)
def test_line_with_a_figure_of_the_report_is_none(line: str) -> None:
    assert line in without_noise(f"第一段。\n{line}\n第二段。")


@pytest.mark.parametrize("blank", ["\n", "\n\u3000", " \n\t"])
def test_a_text_of_blank_lines_is_sketched_at_once(blank: str) -> None:
    started = time.perf_counter()

    sketch(f"临江县人民法院{blank * 100_000}审结案件3098件。")

    assert time.perf_counter() - started < 10


def test_a_large_text_is_sketched_by_the_same_hashes_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sketch(REPORT)
    monkeypatch.setattr(copies, "_AT_ONCE", 50)

    assert sketch(REPORT) == whole


def test_texts_with_more_figures_than_can_be_compared_are_copies_only_to_the_letter() -> None:
    first, second = ("，".join(f"{year}年{n % 7}件" for n in range(MOST_NUMBERS)) for year in (2024, 2025))
    started = time.perf_counter()

    assert not same_report(sketch(first), sketch(first + "，8件"))
    assert not same_report(sketch(first), sketch(second))
    assert same_report(sketch(first), sketch(first + "\n"))
    assert time.perf_counter() - started < 10


def test_figure_below_a_line_of_noise_is_kept() -> None:
    assert without_noise("第一段。\n来源\n3216\n第二段。") == "第一段。\n3216\n第二段。"
