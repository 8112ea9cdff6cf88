"""Cost grows with the length of a text, not with its square, however odd the text."""

import gc
import time
from collections.abc import Iterator
from math import inf

import pytest

from shushuo_extract import checks, document, read_text
from shushuo_extract.engine.types import Found

UNIT = "临江县人民法院受理案件1234件，审结1200件，同比分别上升3.5%和4.1%，结案率位居全市第一，入选全省典型案例"
SHAPES = {
    "a report": f"{UNIT}。\n",
    "a line without end": UNIT,
    "brackets": "（（））",
    "quotes": "“12",
    "digits": "1234567890",
    "han numerals": "三十二万",
    "blanks": " \n",
    "headings": "一、依法履职\n",
    "headings of plans": "下一步工作打算\n\n",
    "figures of one sentence": "结案5件、",
    "parts of totals": "甲案5件，其中乙案3件、丙案1件、",
    "honours": "获评全国优秀法院，",
    "named programmes": "打造“清风”品牌、",
    "figures after the supreme court": "审结3件；",
    "money after a court": "赔偿3万元，",
    "shares of sums": "人均3元，",
    "the latter of two": "后者6件，",
    "figures after an honour": "审结3件，",
    "figures of two courts": "分别为3件、4件，",
    "digits after a time": "3",
}
HEADS = {
    "figures after the supreme court": "最高人民法院",
    "money after a court": "法院",
    "shares of sums": "据公安部统计，",
    "the latter of two": "受理案件30件，办结20件，",
    "figures after an honour": "临江市中级人民法院工作报告\n南溪县法院获评全国优秀法院，",
    "figures of two courts": "杭州、宁波两地法院",
    "digits after a time": "截至9月底，",
}


@pytest.fixture(autouse=True)
def _collector_at_rest() -> Iterator[None]:
    """What a collection costs depends on all that the test run holds, so none may fall into the longer of two texts."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _seconds(text: str) -> float:
    begun = time.process_time()
    read_text(text)
    return time.process_time() - begun


def _seconds_of_checks(pieces: int) -> float:
    """Only the checks, over a sentence in which every piece tells one figure."""
    text = "其中甲类案件5件、" * pieces
    doc = document.parse(text)
    figures = [
        Found(
            id=f"f{at}", start=at + 6, end=at + 8, text="5件", value="5", unit="件", approx="exact", role="metric",
            indicator="甲类案件", sentence=(0, len(text)), rule="",
        )
        for at in range(0, len(text), 9)
    ]  # fmt: skip
    begun = time.process_time()
    checks.run(doc, figures)
    return time.process_time() - begun


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_length_costs_about_twice(shape: str) -> None:
    """Doubling a text must not nearly quadruple the time."""
    head, piece = HEADS.get(shape, ""), SHAPES[shape]
    small = head + piece * (60_000 // len(piece))
    large = small + small[len(head) :]
    read_text(small)

    once = twice = inf
    for _ in range(6):  # the machine is shared: the best of a few tries, and no more of them than needed
        once, twice = min(once, _seconds(small)), min(twice, _seconds(large))
        if twice < 3 * once + 0.05:
            return

    pytest.fail(f"{twice:.2f} s for twice the text, {once:.2f} s for the text")


def test_twice_the_figures_of_a_sentence_cost_the_checks_about_twice() -> None:
    """No check looks at every other figure of a long sentence."""
    once = min(_seconds_of_checks(20_000) for _ in range(3))
    twice = min(_seconds_of_checks(40_000) for _ in range(3))

    assert twice < 3 * once
