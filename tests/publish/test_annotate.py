"""Marks in a text: nested, crossing, over line ends; every character shown once and in order."""

from hypothesis import given
from hypothesis import strategies as st

from shushuo_publish.web.annotate import Mark, Node, paragraphs


def drawn(nodes: list[Node]) -> str:
    """Marks as brackets; ``~`` says that the piece continues a mark."""
    return "".join(
        node.text if node.mark is None else f"[{node.mark.key}{'' if node.first else '~'}:{drawn(node.children)}]"
        for node in nodes
    )


def shown(text: str, *marks: Mark, headings: dict[int, int] | None = None) -> list[str]:
    return [drawn(paragraph.nodes) for paragraph in paragraphs(text, marks, headings or {})]


def mark(text: str, words: str, key: str, kind: str = "figure") -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), key, kind)


def test_a_figure_inside_a_highlight_nests() -> None:
    text = "执结率达91.37%，列全市第一。"
    highlight = mark(text, "执结率达91.37%，列全市第一", "h", "highlight")
    assert shown(text, mark(text, "91.37%", "f"), mark(text, "列全市第一", "k"), highlight) == [
        "[h:执结率达[f:91.37%]，[k:列全市第一]]。"
    ]


def test_marks_that_cross_are_cut_and_addressed_once() -> None:
    text = "甲乙丙丁戊"
    assert shown(text, mark(text, "甲乙丙", "a"), mark(text, "丙丁", "b")) == ["[a:甲乙[b:丙]][b~:丁]戊"]


def test_a_mark_goes_on_over_the_end_of_a_line() -> None:
    text = "获评全市\n优秀法庭。"
    assert shown(text, mark(text, "全市\n优秀法庭", "h")) == ["获评[h:全市]", "[h~:优秀法庭]。"]


def test_two_marks_on_the_same_words_both_stand() -> None:
    assert shown("全市第一", Mark(0, 4, "a", "rank"), Mark(0, 4, "b", "highlight")) == ["[a:[b:全市第一]]"]


def test_signs_of_markdown_are_not_shown() -> None:
    text = "## 一、开头\n**要点。**新收5件\n\n| --- |\n"
    assert shown(text, mark(text, "5件", "f"), headings={0: 2})[:2] == ["一、开头", "要点。新收[f:5件]"]


TEXTS = st.text(alphabet="甲乙丙12件\n #*", max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=8))
def test_no_character_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(s, min(s + n, len(text)), f"m{i}", "figure") for i, (s, n) in enumerate(spans) if s < len(text)]
    found = paragraphs(text, marks, {})
    lines = [line.rstrip() for line in text.splitlines() if line.strip(" *#")]
    assert [plain(paragraph.nodes).replace("*", "") for paragraph in found] == [li.replace("*", "") for li in lines]
    firsts = [key for paragraph in found for key in addresses(paragraph.nodes)]
    assert len(firsts) == len(set(firsts))


def plain(nodes: list[Node]) -> str:
    return "".join(node.text if node.mark is None else plain(node.children) for node in nodes)


def addresses(nodes: list[Node]) -> list[str]:
    own = [node.mark.key for node in nodes if node.mark and node.first]
    return own + [key for node in nodes for key in addresses(node.children)]
