"""Abbreviations and roles become full official names, or stay open."""

import pytest

from shushuo_extract import document
from shushuo_extract.rules.organs import home_of, resolve, scopes
from shushuo_extract.rules.organs.mentions import mentions


def _resolved(text: str, organs: tuple[str, ...] = (), region: str | None = None) -> list[str | None]:
    home = home_of(organs, region)
    found = (resolve(mention, home) for mention in mentions(document.parse(text).view))
    return [organ.name if organ else None for organ in found]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("平湖法院", "平湖市人民法院"),
        ("嘉兴中院", "嘉兴市中级人民法院"),
        ("湖州法院", "湖州市中级人民法院"),
        ("浙江法院", "浙江省高级人民法院"),
        ("浙江省高院", "浙江省高级人民法院"),
        ("江苏检察机关", "江苏省人民检察院"),
        ("宁波鄞州区检察院", "宁波市鄞州区人民检察院"),
        ("上海全市法院", "上海市高级人民法院"),
        ("北京四中院", "北京市第四中级人民法院"),
        ("重庆市第一中级人民法院", "重庆市第一中级人民法院"),
        ("东莞市第三人民法院", "东莞市第三人民法院"),
        ("延边州中级人民法院", "延边朝鲜族自治州中级人民法院"),
        ("上海市人民检察院第一分院", "上海市人民检察院第一分院"),
        ("广州知识产权法院", "广州知识产权法院"),
        ("杭州互联网法院", "杭州互联网法院"),
        ("北京金融法院", "北京金融法院"),
        ("武汉海事法院", "武汉海事法院"),
        ("上海铁路运输法院", "上海铁路运输法院"),
        ("最高法", "最高人民法院"),
        ("最高检", "最高人民检察院"),
        ("全国各级法院", "全国法院"),
        ("京津冀三地法院", "京津冀三地法院"),
        ("全国公安机关", "全国公安机关"),
    ],
)
def test_an_organ_is_named_in_full(words: str, name: str) -> None:
    """What names its own place needs no context."""
    assert _resolved(words) == [name]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("市法院", "平湖市人民法院"),
        ("市检察院", "平湖市人民检察院"),
        ("市中院", "嘉兴市中级人民法院"),
        ("全市法院", "嘉兴市中级人民法院"),
        ("省高院", "浙江省高级人民法院"),
        ("全省检察机关", "浙江省人民检察院"),
        ("省院", "浙江省人民检察院"),
    ],
)
def test_a_role_is_seen_from_the_text_s_own_place(words: str, name: str) -> None:
    """市 and 省 mean the city and province of the report."""
    assert _resolved(words, ("平湖市人民法院", "平湖市人民检察院"), "浙江省/嘉兴市/平湖市") == [name]


def test_an_unlisted_place_is_known_by_the_report_itself() -> None:
    """临江法院 is the court whose report it is, though no table has 临江县."""
    assert _resolved("临江法院、县法院", ("临江县人民法院",)) == ["临江县人民法院", "临江县人民法院"]


@pytest.mark.parametrize("words", ["人民法院报", "法院会同公安", "国际法院", "移动微法院", "朝阳区法院"])
def test_what_is_no_organ_or_no_certain_one_stays_open(words: str) -> None:
    """Newspapers, apps, verbs and ambiguous places name nobody."""
    assert [name for name in _resolved(words) if name] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("临江县人民法院工作报告", "临江县人民法院"),
        ("现在，我代表玉澜市中级人民法院报告工作。", "玉澜市中级人民法院"),
        ("东禾省玉澜市白鹭区人民检察院工作报告", "玉澜市白鹭区人民检察院"),
        ("——白鹭县人民检察院工作扫描", "白鹭县人民检察院"),
        ("玉沙铁路运输法院简报", "玉沙铁路运输法院"),
        ("三亚市城郊人民法院工作总结", "三亚市城郊人民法院"),
        ("苏州工业园区人民法院工作情况", "苏州工业园区人民法院"),
        ("云溪市人民法院工作报告", "云溪市人民法院"),
    ],
)
def test_a_name_no_table_knows_is_taken_as_it_stands(text: str, name: str) -> None:
    """An invented, renamed or new place's organ keeps its own name and never becomes another place's."""
    assert _resolved(text) == [name]


@pytest.mark.parametrize(
    "text", ["我代表市中级人民法院报告工作。", "联合县人民检察院办理。", "辖区人民法院、各县人民法院", "某市人民法院"]
)
def test_a_role_is_no_name(text: str) -> None:
    """What only says which rung an organ has names none."""
    assert [name for name in _resolved(text) if name] == []


@pytest.mark.parametrize(
    ("words", "scope", "grade"),
    [
        ("惠及全市两级", "全市", "两级"),
        ("建议市县两级", "", "市县两级"),
        ("推动县各级", "县", "各级"),
        ("来自省市", "", ""),
        ("案件", "", ""),
    ],
)
def test_what_widens_an_organ_is_read_before_it(words: str, scope: str, grade: str) -> None:
    assert scopes.before(words, len(words))[1:] == (scope, grade)
