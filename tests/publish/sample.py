"""One long invented report for pages and browsers, with everything a page shows."""

from typing import Any

from shushuo_shared.report import ExtractedReport
from tests.publish.builder import read_report

TEXT = """临江县人民法院工作报告
——2026年1月16日在临江县第十七届人民代表大会第五次会议上
临江县人民法院院长 沈望川

# 2025年工作回顾

全院干警守正笃行，全年共受理各类案件12,486件，审执结11,902件，同比分别上升6.8%和7.3%，法官人均结案312.6件，位居全市第二。“三和”解纷工作室入选全省法院诉源治理典型案例，获省高院主要领导批示肯定。

## 一、守护平安，筑牢安全防线

**依法惩治犯罪。**新收刑事案件685件，判处罪犯843人。审结电信网络诈骗案件128件197人，挽回损失2360余万元。全县首例跨境传销案当庭宣判，旁听群众近千人。

**护航少年成长。**联合教育局设立“临江青苗”法治工作站6个，发出家庭教育令41份，未成年人重新犯罪率降至1.2%，同比下降0.8个百分点。

## 二、服务大局，优化营商环境

审结商事案件3,215件，标的额18.74亿元。“破产府院联动十条”被省优化营商环境办公室作为典型经验向全省推广。执行到位金额5.19亿元，同比上升12.4%；执行案件执结率为91.37%，列全市第一。

## 三、存在的不足

个别案件审理周期偏长，青年法官群众工作能力有待加强。

名词解释：
诉前化解率：诉前成功化解的纠纷数占进入诉前程序纠纷总数的比例。
"""


def _figure(text: str, indicator: str, section: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "indicator": indicator, "section": section, **more}


def _growth(text: str, of: str, indicator: str, section: str, direction: str = "up", **more: Any) -> dict[str, Any]:
    return _figure(text, indicator, section, of=of, direction=direction, **more)


FIGURES = [
    _figure("12,486件", "受理各类案件", "s1", code="cases.accepted", value="12486", key=True),
    _figure("11,902件", "审执结各类案件", "s1", code="cases.concluded", value="11902", key=True),
    _growth("6.8%", "12,486件", "受理各类案件", "s1"),
    _growth("7.3%", "11,902件", "审执结各类案件", "s1"),
    _figure("312.6件", "法官人均结案", "s1", code="judges.average_concluded", key=True),
    _figure("685件", "新收刑事案件", "s2", code="criminal.accepted", key=True),
    _figure("843人", "判处罪犯人数", "s2", code="criminal.sentenced"),
    _figure("128件", "电信网络诈骗案件审结", "s2"),
    _figure("197人", "电信网络诈骗案件审结人数", "s2"),
    _figure("2360余万元", "挽回损失", "s2", value="23600000", unit="元", approx="over"),
    _figure("近千人", "旁听群众", "s2", value="1000", unit="人", approx="under"),
    _figure("6个", "“临江青苗”法治工作站", "s2"),
    _figure("41份", "家庭教育令", "s2"),
    _figure("1.2%", "未成年人重新犯罪率", "s2"),
    _growth("0.8个百分点", "1.2%", "未成年人重新犯罪率", "s2", "down", value="0.8", unit="百分点"),
    _figure("3,215件", "商事案件审结", "s3", value="3215"),
    _figure("18.74亿元", "商事案件标的额", "s3"),
    _figure("5.19亿元", "执行到位金额", "s3", code="enforcement.recovered_amount", key=True),
    _growth("12.4%", "5.19亿元", "执行到位金额", "s3"),
    _figure("91.37%", "执行案件执结率", "s3", key=True),
]
RANKS = [
    {"text": "位居全市第二", "indicator": "法官人均结案", "position": 2},
    {"text": "列全市第一", "indicator": "执行案件执结率", "position": 1},
]
HIGHLIGHTS = [
    {
        "text": "“三和”解纷工作室入选全省法院诉源治理典型案例，获省高院主要领导批示肯定",
        "title": "“三和”解纷工作室入选全省典型案例",
        "types": ["typical_case", "endorsement"],
        "level": "provincial",
        "issuer": "省高院",
    },
    {"text": "全县首例跨境传销案当庭宣判", "types": ["first", "case_story"]},
    {"text": "联合教育局设立“临江青苗”法治工作站6个", "title": "设立“临江青苗”法治工作站", "types": ["initiative"]},
    {"text": "执行案件执结率为91.37%，列全市第一", "types": ["ranking"], "level": "municipal"},
]
SECTIONS = ["2025年工作回顾", "一、守护平安，筑牢安全防线", "二、服务大局，优化营商环境", "三、存在的不足"]


def sample(version: str = "v1", **changed: str) -> ExtractedReport:
    """The report; ``changed`` replaces figures in its text, e.g. ``f685="658件"`` the 685件."""
    text, figures = TEXT, [dict(figure) for figure in FIGURES]
    for name, now in changed.items():
        [figure] = [f for f in figures if f["text"].startswith(name[1:])]
        text, figure["text"] = text.replace(figure["text"], now), now
    return read_report(
        "sample",
        text,
        version=version,
        figures=figures,
        ranks=RANKS,
        highlights=HIGHLIGHTS,
        sections=SECTIONS,
        headline="受理各类案件12,486件，执行到位5.19亿元，执结率列全市第一",
        terms=[("诉前化解率", "诉前成功化解的纠纷数占进入诉前程序纠纷总数的比例")],
        checks=[
            {"kind": "whole", "message": "结案数与结案率不能同时成立。", "figures": ["f2"], "severity": "warning"},
            {"kind": "digits", "message": "两处金额的位数不同。", "figures": ["f17", "f18"], "severity": "notice"},
        ],
        presenter="沈望川",
        published="2026-01-16",
    )
