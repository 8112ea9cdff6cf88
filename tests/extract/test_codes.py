"""A code where it fits exactly, and none where it does not."""

import pytest

from shushuo_extract.rules.codes import code_of


@pytest.mark.parametrize(
    ("indicator", "unit", "code"),
    [
        ("新收刑事案件", "件", "criminal.accepted"),
        ("一审民商事案件结案", "件", "civil.concluded"),
        ("执行到位金额", "元", "enforcement.recovered_amount"),
        ("为农民工追回欠薪", "元", "wages.recovered"),
        ("认罪认罚从宽制度适用率", "%", "quality.plea_leniency_rate"),
        ("起诉人数", "人", "procuratorate.prosecuted"),
        ("起诉", "名", "procuratorate.prosecuted"),
    ],
)
def test_code_fits_whatever_the_order_of_the_words(indicator: str, unit: str, code: str) -> None:
    """Verb before object or after it, 名 or 人: the indicator is the same."""
    assert code_of(indicator, unit, "court") == code


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("审结涉企案件", "件"),
        ("审结涉黑恶刑事案件", "件"),
        ("起诉毒品犯罪人数", "人"),
        ("法定审限内结案率", "%"),
        ("行政诉讼案件调撤率", "%"),
        ("支持起诉", "件"),
        ("审查起诉", "人"),
    ],
)
def test_part_of_a_coded_indicator_has_no_code(indicator: str, unit: str) -> None:
    """A subset, or another step, of a coded indicator is none."""
    assert code_of(indicator, unit, "court") is None


def test_unit_tells_cases_from_money() -> None:
    """An indicator counted in a unit that the code does not know has none."""
    assert code_of("执行到位金额", "件", "court") is None


def test_relief_is_coded_by_the_kind_of_organ() -> None:
    """The same relief is a court's or a procuratorate's."""
    kinds = [code_of("发放司法救助金", "元", kind) for kind in ("court", "procuratorate")]

    assert kinds == ["aid.judicial_relief", "procuratorate.relief"]
