"""How far a highlight goes on: a deed or case with the clauses that tell what came of it."""

import re
from itertools import takewhile

from shushuo_extract.engine.records import Draft

from .clauses import Clause, Passage
from .cues import Cue
from .tales import TALE
from .vocabulary import words

_CASE_ALONE = re.compile(r"(?:办理|审理|审结|办结|判决|执行|起诉|调解|化解)的[^，]*(?:案|纠纷)件?[中时]?$")
_CASE_ENDS = re.compile("(?:案|纠纷)件?”?时?(?:(?:依法|公开|[一二终]审)*(?:开庭|宣判))?$")
_PARTY = (
    "(?:[0-9一二三四五六七八九十两数多]+[名家])?"
    "(?:被告|主犯|首犯|涉案|双方|当事人|侵权|肇事|施暴|[两三]人|其(?!中)|该[案厂公企]|法[院官庭])"
)
_OUTCOME = re.compile(
    "(?:依法|最终|一审|二审|终审|成功|当庭|全额|为[^，]{2,16})*(?:改判|判[令决处赔]|裁定|认定|促成|追[回缴]|[挽讨]回|保住|执行到位)"
    f"|(?:推动|督促|促使)[^，]*(?:[0-9]|拆除|整改|修复|安装|清理|出台)|{_PARTY}|[0-9]+[余多]?[名户家位][^，]*(?:入住|[拿领收]到|获得?|保住|重返)"
)
_SERVES = re.compile(
    "[^，]*?(?:就能|就可|便能|[即便]可|足不出户|一键|[可能](?<=[户众人者民].)(?:以|通过|在|凭|直接|随时|够))"
    rf"|(?:并|还|同步|配套)+{words('initiative', 'strong_verbs')}[^，]*{words('initiative', 'schemes', 'systems')}$"
)  # whom a thing lets do what, or what else was set up with it
_ANYTHING = re.compile("")
_SUGGESTS = re.compile("(?:发出|制发|发送|提出|送达)[^，]{0,24}建议”?$")
_CAME_OF_IT = re.compile("(?:推动|督促|促使|促成|促进|助推|推进)")
_THING_ALONE = re.compile(
    "(?:搭建|打造|设立|成立|研发|推出|创建|建立|创设|上线|开通|启用)的[^，]{0,10}“[^”]{2,20}”[^，0-9]{0,8}$"
)
TELLS_ON = frozenset({
    "in one <case>", "while handling <case>", "with the help of <organ>", "<lower organ> by <action> achieves <result>",
    "“<name>” case is told", "<organ> acts on <somebody>", "within <days>", "takes up <case> itself", "sues for <due>",
    "both sides make peace", "<somebody> gets <due> in the end", "steps in at once and spares <somebody>",
    "in the end <somebody> is well served", "spares one <firm>", "<lower organ> sets <problem> right",
    "<court> rules against <somebody>", "<court> sentences <somebody>", "<somebody> is sentenced or pays",
    "<organ> brings <case> to <ending>", "one <case> ends", "goes far and brings home <due>", TALE,
})  # fmt: skip


class Group(Draft):
    """A highlight in the making: passage offsets, the last clause it covers, and its cues in order.

    ``own_subject`` when its own subject opens it; a deed until somebody has recognised it.
    """

    start: int
    end: int
    last: int
    cues: list[Cue]
    own_subject: bool
    is_deed: bool

    @property
    def tells_on(self) -> bool:
        """Whether it is a story that its clause only opens."""
        return not TELLS_ON.isdisjoint([cue.rule for cue in self.cues])

    def extend(self, clause: Clause, index: int, cues: list[Cue], *, is_deed: bool) -> None:
        """Take in a further clause."""
        self.end, self.last = max(self.end, clause.end), index
        self.cues += cues
        self.is_deed &= is_deed


def tell_out(passage: Passage, group: Group, limit: int) -> None:
    """A story goes on to the end of the sentence or the next highlight; of a case only named, to a semicolon."""
    opens = group.is_deed and passage.text.startswith("：", group.end) and ends_in_case(passage.text, group)
    if group.tells_on or opens or group.end > limit:
        group.end = max([c.end for c in passage.clauses if c.start < limit])
    elif group.is_deed and _only_opens(passage, group):
        rest = takewhile(lambda c: not c.strong and c.start < limit, passage.clauses[group.last + 1 :])
        group.end = max((c.end for c in rest), default=group.end)
    elif group.is_deed and _SUGGESTS.search(passage.text, group.start, group.end):
        group.end = _followed(passage, group, limit, _CAME_OF_IT)
    elif group.is_deed and group.cues[-1].types[-1] == "initiative":
        relied_on = passage.text.startswith("依托", group.start)
        group.end = _followed(passage, group, limit, _ANYTHING if relied_on else _SERVES)


def _followed(passage: Passage, group: Group, limit: int, by: re.Pattern[str]) -> int:
    """Where the clause right after a deed ends that goes on with it in such a way; else the deed's own end."""
    after = group.last + 1
    if after < len(passage.clauses):
        clause = passage.clauses[after]
        if clause.start < limit and not clause.strong and by.match(passage.text, clause.start, clause.end):
            return clause.end
    return group.end


def _only_opens(passage: Passage, group: Group) -> bool:
    """Whether a deed's clause only names the case or the thing of which the next clauses tell what came."""
    text = passage.text
    if text.find("的", group.start, group.end) >= 0 and (
        _CASE_ALONE.search(text, group.start, group.end) or _THING_ALONE.search(text, group.start, group.end)
    ):
        return True
    if not ends_in_case(text, group):
        return False
    following = passage.clauses[group.last + 1 : group.last + 2]
    return text.endswith("时", 0, group.end) or any(not c.strong and _OUTCOME.match(text, c.start) for c in following)


def ends_in_case(text: str, group: Group) -> bool:
    """Whether a highlight is a story whose clause so far ends with its case."""
    return group.cues[-1].types[-1] == "case_story" and _CASE_ENDS.search(text, group.start, group.end) is not None
