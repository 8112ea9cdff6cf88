"""The branch of law that a heading sets for the bare verbs under it (一、刑事审判 … 新收560件: 刑事案件)."""

import re
from bisect import bisect_right

from shushuo_extract.engine.types import Document

_TITLE = re.compile(
    r"^[^一-龥]*(?:[一二三四五六七八九十]{1,2}[、）])?(?P<step>审查逮捕|审查起诉)(?:工作|情况)?$|(?P<young>未成年人|未)检(?:察|工作)|(?P<field>公益诉讼)(?:检察)?|(?P<supervised>民事|行政)检察|(?P<branch>刑事|民商事|民事|商事|行政|执行|环境资源|知识产权)(?:案件)?(?:审判|审执|工作)"
)
_SIGN = re.compile("审|检|公益诉讼|工作")  # in all of those
_DRIVE = re.compile(r"“[^“”]{2,12}”(?=[^，。“”]{0,8}(?:行动|战役|攻坚|会战))")
_LONGEST, _DEEPEST, _LINE = 20, 6, 80


class Branches:
    """Which cases the headings over a place, or a run-in title just before it, speak of.

    ``drive``: the named drive (“…”) that the title says the whole text is on, or "".
    """

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        drive = _DRIVE.search(doc.view[:_LINE].lstrip().partition("\n")[0])
        self.drive = drive.group() if drive else ""
        self._starts = [heading.start for heading in doc.headings]
        self._branches = [
            _branch(heading.title) if len(heading.title) <= _LONGEST else None for heading in doc.headings
        ]

    def over(self, number: int) -> str:
        """The cases (刑事案件 …) that sentence ``number`` is about by its heading, "" where none says."""
        sentence = self._doc.sentences[number]
        before = self._doc.sentences[number - 1] if number else None
        if before is not None and before.end - before.start <= _LONGEST:
            run_in = _branch(self._doc.view[before.start : before.end])
            if run_in:
                return run_in
        last = bisect_right(self._starts, sentence.start) - 1
        for at in range(last, max(-1, last - _DEEPEST), -1):
            branch = self._branches[at]
            if branch is not None and self._doc.headings[at].until > sentence.start:
                return branch
        return ""


def _branch(title: str) -> str:
    found = _TITLE.search(title) if _SIGN.search(title) else None
    if not found:
        return ""
    if found["supervised"]:
        return found["supervised"] + "检察案件"
    if found["young"]:
        return "未成年人案件"
    return found["field"] or (found["step"] or found["branch"]) + "案件"
