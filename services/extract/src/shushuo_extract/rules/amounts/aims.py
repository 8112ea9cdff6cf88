"""Amounts that only a plan tells of, told inside a sentence of results (全年审结3200件，明年力争结案率达到95%)."""

import re

from shushuo_extract.engine.types import Amount
from shushuo_extract.structure.zones import WILL

_SOON = r"(?:明年|来年|今年|下半年|四季度|年内|年底前?|下一步|今后|未来|接下来)"
_AIM = re.compile(
    r"力争(?!上游|朝夕|主动|到了|来|得|回)"
    rf"|争取(?=使|再(?!审)|实现|达|(?:在|于|到|用)?(?:{_SOON}|全年|[一二三四五2-5]年))"
    rf"|{_SOON}[^，。；]{{0,6}}?{WILL}|[还均都]{WILL}|{_SOON}(?:还|再)?要(?=再(?!审)|新(?!收)|力争|确保|实现|达)"
    rf"|(?:计划|拟)(?=再(?!审)|{_SOON}|(?:在|于|到|用)(?:{_SOON}|20[0-9]{{2}}年)|新[建设增开])"
    r"|(?P<goal>为了?(?:实现|完成|达到)|(?:确定|设定|下达|制定)的|[向朝]着|迈向|瞄准|锚定)(?=[^，。；]{2,30}(?:目标|任务))"
    rf"|(?<![即势必])将对(?![方外应象手接口面比照])"
    rf"|(?:法院|检察院|检察机关|部门|我院|该院|本院|我们){WILL}"
    rf"|预计(?=到?(?:{_SOON}|全年|今年|20[0-9]{{2}}年))"
)
_MAY_AIM = re.compile(  # in all aims; each begins with a letter of its own, which lets the search skip
    "力争|争取|将|要|计划|拟|预计|为了?[实完达]|确定的|设定的|下达的|制定的|向着|朝着|迈向|瞄准|锚定"
)
_UNTIL = re.compile(
    r"[；。！？”]|，(?=[^，。；]{0,4}(?:全年|共(?!享|建|治|同)|已|累计|去年|上年|同比|较|截至|目前|今年以来|最终|结果|实际|先后|成功))"
)
# 将出台解释，推动…落地 is one plan
_CLAUSE = re.compile("[；。！？”]|，(?!推动|推进|促进|确保|实现|带动|努力|进一步|不断)")


def without_aims(view: str, start: int, end: int, found: list[Amount]) -> list[Amount]:
    """The amounts ``found`` in the sentence ``start``..``end``, without those that a plan inside it tells of."""
    if not found or not _MAY_AIM.search(view, start, found[-1].start):
        return found
    aim = _AIM.search(view, start, end)
    while aim is not None:
        since, until = aim.end(), _covered(view, aim, end, found)
        found = [amount for amount in found if not since <= amount.start < until]
        aim = _AIM.search(view, until, end) if found else None
    return found


def _covered(view: str, aim: re.Match[str], end: int, found: list[Amount]) -> int:
    """How far a plan reaches: its own clause, and where that has an amount all clauses until results are told again.

    A goal that others set reaches no further than its clause.
    """
    since = aim.end()
    clause = _CLAUSE.search(view, since, end)
    near = clause.start() if clause else end
    if aim["goal"] or not any(since <= amount.start < near for amount in found):
        return near
    told = _UNTIL.search(view, near, end)
    return told.start() if told else end
