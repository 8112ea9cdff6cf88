"""What holds for every highlight, title, headline and term, whatever the text."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shushuo_extract import document, read_text
from shushuo_extract.engine import corpus
from shushuo_extract.engine.types import Lifted
from shushuo_extract.rules import highlights, terms
from shushuo_extract.rules.highlights.clauses import passage
from shushuo_shared.report import Meta

FAMILY = "shushuo_extract.rules.highlights"
SHIPPED = [example.text for example in corpus.load(FAMILY)[0]]
WHO = Meta(organs=["临江县人民法院"], region="东州省/云溪市/临江县")

ACHIEVEMENTS = ["打造“渔光联调”平台", "获评全国优秀法院", "相关做法被省高院推广", "系全市首例", "得到市委书记批示肯定"]
GLUE = [
    "，",
    "；",
    "。",
    "、",
    "\n",
    " ",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "其中",
    "在一起继承案中",
    "居全省第一",
    "审结案件820件",
]
PARTS = st.sampled_from([*ACHIEVEMENTS, *GLUE])
STORIES = st.lists(PARTS, max_size=40).map("".join)


def found(text: str, meta: Meta = WHO) -> list[Lifted]:
    return highlights.find(document.parse(text), meta, [])


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)


@given(STORIES)
@settings(max_examples=300, deadline=None)
def test_highlights_are_ordered_and_apart(text: str) -> None:
    """Highlights come in the order of the text and share no character."""
    spans = [(h.start, h.end) for h in found(text)]

    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(STORIES)
@settings(max_examples=300, deadline=None)
def test_a_highlight_stays_in_its_sentence(text: str) -> None:
    """A highlight is never more than one sentence and ends without its final mark."""
    for h in found(text):
        assert h.sentence[0] <= h.start < h.end <= h.sentence[1]
        assert h.text[-1] not in "，。；"


@given(STORIES)
@example("打造“渔光联调”平台" * 3 + "在一起继承案中" * 2 + "；（")
@settings(max_examples=300, deadline=None)
def test_titles_are_the_highlights_own_words(text: str) -> None:
    """A title has at most thirty characters, all of the highlight and in its order."""
    for h in found(text):
        assert 0 < len(h.title) <= 30
        folded = document.parse(text).view[h.start : h.end]
        assert is_subsequence(h.title, folded)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str) -> None:
    """No text stops the reading of highlights and terms."""
    found(text)
    terms.find(document.parse(text))


def test_shipped_examples_have_titles_that_fit() -> None:
    """Every shipped example's highlights have a headline of a publicity office's length."""
    titles = [h.title for text in SHIPPED for h in found(text)]

    assert min(map(len, titles)) >= 6
    assert max(map(len, titles)) <= 30


def test_long_achievement_is_told_by_its_name() -> None:
    """A title keeps the named thing and drops how it came about and who spread it."""
    text = (
        "积极探索并全面构建起“法官+渔老大+调解员”近海纠纷联合化解新模式，"
        "化解纠纷1200件，相关经验被省委改革办《参考》刊发。"
    )

    assert [h.title for h in found(text)] == ["“法官+渔老大+调解员”近海纠纷联合化解新模式被刊发"]


def test_region_decides_what_a_place_name_means() -> None:
    """A county's own name is county level, its city's municipal, its province's provincial."""
    text = "获评临江平安单位。获评云溪文明单位。获评东州先进集体。"

    assert [h.level for h in found(text)] == ["county", "municipal", "provincial"]


def test_all_the_city_is_provincial_in_a_municipality_of_the_state() -> None:
    """全市 of Shanghai is a province's level."""
    shanghai = Meta(organs=["上海海事法院"], region="上海市")

    assert [h.level for h in found("获评全市先进集体。", shanghai)] == ["provincial"]


def test_both_organs_of_a_page_lead_it() -> None:
    """Where a court and a procuratorate share a page, the key figures are of both."""
    text = (
        "平湖市人民法院\n2023年，市法院新收案件8200件，审结8105件，执行到位金额3.2亿元，审结刑事案件420件。\n"
        "平湖市人民检察院\n2023年，市检察院批准逮捕210人，提起公诉560人，办理公益诉讼案件62件。\n"
    )
    report = read_text(text)
    organs = {f.organ for f in report.figures if f.id in report.key_figures}

    assert organs == {"平湖市人民法院", "平湖市人民检察院"}
    assert 3 <= len(report.key_figures) <= 6


def test_headline_is_one_line() -> None:
    """A headline names whose report it is, in one line."""
    report = read_text("平湖市人民法院\n2023年，市法院新收案件8200件，审结8105件。获评全国优秀法院。\n")

    assert report.headline == "平湖市人民法院2023年：新收案件8200件，获评全国优秀法院，案件审结8105件"


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("一、建成平台，获评先进；再获表彰。", ["建成平台", "获评先进", "再获表彰"]),
        ("打造“快立，快审”机制，结案率第一", ["打造“快立，快审”机制", "结案率第一"]),
        ("发布《指引（一，二）》：反响良好", ["发布《指引（一，二）》", "反响良好"]),
        ("他说“未合上的引文" + "甲" * 60 + "，后来", ["他说“未合上的引文" + "甲" * 60, "后来"]),
    ],
)
def test_a_mark_inside_a_quotation_cuts_no_clause(sentence: str, parts: list[str]) -> None:
    whole = passage(sentence, 0, sentence)
    assert [whole.text[clause.start : clause.end] for clause in whole.clauses] == parts
