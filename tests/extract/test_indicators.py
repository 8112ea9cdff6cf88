"""What each figure measures."""

import time

import pytest

from shushuo_extract import document, read_text
from shushuo_extract.rules import amounts, changes, indicators


def _named(text: str) -> dict[str, str]:
    return {figure.text: figure.indicator for figure in read_text(text).figures}


def test_namings_are_aligned_with_bounds() -> None:
    """There is one naming for each bound, in the same order."""
    doc = document.parse("新收刑事案件412件，结案405件，同比分别上升3.1%和2.6%。")
    bounds = changes.bind(doc, amounts.find(doc))

    namings = indicators.name(doc, bounds)

    assert [n.indicator for n in namings] == ["新收刑事案件", "刑事案件结案", "新收刑事案件", "刑事案件结案"]


def test_change_is_named_and_coded_as_its_metric() -> None:
    """A growth carries the indicator and the code of the figure it belongs to."""
    figures = read_text("临江县人民法院受理各类案件9820件，同比上升6.2%。").figures

    assert [(f.indicator, f.code) for f in figures] == [("受理各类案件", "cases.accepted")] * 2


@pytest.mark.parametrize("verb", ["审结", "起诉", "批准逮捕", "依法惩处"])
@pytest.mark.parametrize("kind", ["电信网络诈骗犯罪", "非法捕捞水产品犯罪"])
def test_persons_of_a_pair_are_named_as_their_cases(verb: str, kind: str) -> None:
    """Of 18件32人 both keep the indicator, the persons with 人数 added."""
    named = _named(f"{verb}{kind}案件18件32人。")

    assert named["32人"] == named["18件"] + "人数"


def test_organ_period_and_number_are_left_out_of_the_name() -> None:
    """An indicator can be read alone: no organ, period, rank or number is in it."""
    named = _named("2023年1至9月，云溪市检察机关共起诉走私犯罪26人；五年来，全市两级法院审结走私案件310件。")

    assert named == {"26人": "起诉走私犯罪人数", "310件": "审结走私案件"}


def test_naming_is_linear_in_the_length_of_a_sentence() -> None:
    """Four times as long a sentence without a full stop takes about four times as long, not sixteen."""

    def seconds(clauses: int) -> float:
        doc = document.parse("审结合同纠纷案件12件15人，" * clauses)
        bounds = changes.bind(doc, amounts.find(doc))
        began = time.process_time()
        indicators.name(doc, bounds)
        return time.process_time() - began

    seconds(200)
    long, short = (min(seconds(clauses) for _ in range(4)) for clauses in (4000, 1000))
    assert long < 10 * max(short, 0.005)
