"""Wordings so bare (审结案件, 结案率) that only what was said before them tells whether all cases are meant."""

import re

from .clauses import Slot
from .desks import done_by_desk, is_average_of_some
from .fields import is_of_field
from .frame import Frame

_COUNTS = {
    words
    for deed in ("受理", "新收", "收到", "立案", "审结", "审执结", "办结", "收案", "结案")
    for words in (f"{deed}案件", f"案件{deed}", deed, f"{deed}各类案件", f"各类案件{deed}")
} | {"判处罪犯", "判处被告人", "惩处罪犯", "判决罪犯", "惩处犯罪分子", "诉前化解纠纷", "诉前调解成功"}
_RATES = {
    instance + rate
    for instance in ("", "一审", "上诉后", "诉前")
    for rate in (
        *("服判率", "服判息诉率", "息诉服判率", "自动履行率", "结案率", "审结率", "审执结率"),
        *("调解撤诉率", "调撤率", "调解率", "撤诉率", "调解成功率"),
        *("改判发回重审率", "改判、发回重审率", "发回重审改判率", "改判发回率", "发改率"),
    )
}
_AVERAGES = {
    f"{year}人均{deed}" for year in ("", "年") for deed in ("结案", "办结", "审结", "办案", "审结案件", "办结案件")
}
_PAPERS = {
    f"{deed}{kind}文书"
    for deed in ("公布", "公开", "上网", "发布", "上网公布")
    for kind in ("裁判", "生效裁判", "法律")
}
BARE = frozenset(_COUNTS | _RATES | _AVERAGES | _PAPERS)
_DRIVEN = re.compile("(?:集中|专项)?清理[^，]{0,10}案件$")
_RATE_OF_SOME = re.compile(  # 劳动争议案件平均审理周期; not 民事案件…, 一审案件…
    r"(?!(?:全部|各类|所有|民商?事|刑事|行政|首次|首执|执行|诉讼|[一二]审|审判|案件|生效|上诉|新收|受理|审结)+(?:案件|纠纷))"
    r"[一-龥、]{2,14}?(?:案件|纠纷)[^，占]{0,8}(?:率|天数|周期|用时|时长)$"
)
_SITE_OF_FIELD = re.compile("(?:知识产权|商事|海事|破产|行政|执行)[^，]{0,8}网公")
_OF_ALL = re.compile("全年|全部|全院|总|各类")
_OWN_SUBJECT = re.compile("院|全[市县区省州]|其中|各[地级]")


def is_of_some(text: str, slot: Slot, frame: Frame) -> bool:
    """Whether a bare wording is told of one field, desk, site or kind of cases only."""
    if text in _PAPERS:
        return _SITE_OF_FIELD.search(slot.before) is not None
    if text in _AVERAGES and is_average_of_some((*frame.heard, *frame.told[-3:])):
        return True
    if slot.lead or (frame.title and not frame.told):
        lead = slot.lead[-1] if slot.lead else frame.title
        return text in _COUNTS and is_of_field(lead) and not _OF_ALL.search(slot.before + text)
    if _OWN_SUBJECT.search(slot.before):
        return False
    if text in _RATES and (any(map(_RATE_OF_SOME.match, frame.told[-1:])) or any(map(_DRIVEN.search, frame.heard))):
        return True
    return slot.joint in {"", "，"} and any(map(done_by_desk, frame.told[-3:]))
