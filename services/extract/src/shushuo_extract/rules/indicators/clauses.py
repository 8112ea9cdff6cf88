"""A sentence cut into places for figures: the words before and after each, and how it is joined to the one before.

Words between two figures of one clause serve both: as what follows the first and what leads to the second.
"""

import re
from collections.abc import Callable

from shushuo_extract.engine.records import Record

_MARKS = "，；。：！？（）…—"
_BREAK = re.compile(
    r"“[^“”0-9]{1,30}(?<![。！？])(”)|《[^《》]{1,40}(》)|（[^（）0-9]{1,20}(）)|"
    + "|".join(f"{mark}[{_MARKS}]*" for mark in _MARKS)
    + r"| (?:(?<=[第首前]. )|(?<![| \n] )[ ]*\|)|\|(?<![| \n]\|)"
)  # every branch begins with a letter of its own, which lets the search skip; only what encloses words has a group
_BREAK_ANY = re.compile(r"[，；。：！？]")
_RUN_IN = re.compile(
    r"(?:[ ]*[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]+[ ]*[一-龥]{2,10}"
    r"|[^，。；：“\n]{0,14}?(?:[0-9]日电|新华社电|[报网]讯)(?:（[^）]{2,24}）)?)[ ]+(?=[一-龥])"
)
_INSERT = re.compile(r"（([执审办])）(?=[结理])|(?<=审)、(执)(?=结)|（(?:不?含|包括)[^（）]*）")
_NOTE = re.compile(r"^（[^（）]*）")
_NEXT_PART = re.compile(r"(?<=[一-龥”》]{8}) (?=[一-龥“《]).*")  # of a headline
_STREAK = re.compile(
    r"(?<=[一-龥])(?:已|均|也|仍)*连续[一二两三四五六七八九十0-9]{1,3}(?:年|个?月|个?季度)(?:均|都)?(?:保持|稳定|维持)?在?"
    r"(?=$|超|高于|低于|达)"
)
_REACH = 90
_LEADS = 3
_ALONE = 2
_Mark = tuple[int, int, str]  # where a mark ends a clause, where the next begins, and which it is


class Slot(Record, frozen=True):
    """One figure's place; ``before`` and ``after`` have no blanks.

    ``joint``: the mark that opens its clause, "" inside one. ``lead``: the clauses without figures just before, nearest
    last. ``loose``: a blank parts the figure from ``after``. ``shared``: ``after`` leads to the next figure.
    ``opener``: what stood before the figure before, in the same clause. ``then``: after 对 or a figure
    that opens its clause, the next clause, if no figure is in it.
    """

    before: str
    after: str
    joint: str
    lead: tuple[str, ...]
    loose: bool
    shared: bool
    opener: str
    then: str


def slots(view: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[Slot]:
    """The places of ``spans`` (ordered, inside ``start``..``end``) in that sentence."""
    marks = _marks(view, start, end, spans)
    tidy = _tidier(view[start:end])
    found: list[Slot] = []
    left, joint, since, opener = start, "", -1, ""  # ``since``: where the figure before ends
    for at, (a, b) in enumerate(spans):
        lead: list[str] = []
        for ends, begins, mark in marks[at]:
            if left < ends and left != since:
                lead.append(view[max(left, ends - _REACH) : ends])
            left, joint = begins, mark
        inside = left == since
        ahead = marks[at + 1]
        following = spans[at + 1][0] if at + 1 < len(spans) else end
        stop = ahead[0][0] if ahead else following
        tail = view[b : min(stop, b + _REACH)]
        tail = _NEXT_PART.sub("", tail) if " " in tail else tail
        before = tidy(view[max(left, a - _REACH) : a])
        asks = view[a - 1] == "对" or (a - left <= _ALONE and view[b : b + 1] == "，")
        found.append(
            Slot(
                before,
                _NOTE.sub("", squeeze(tail)) if "（" in tail else tidy(tail),
                "" if inside else joint,
                tuple([tidy(words) for words in lead[-_LEADS:]]) if lead else (),
                tail[:1].isspace(),
                stop == following != end,
                opener if inside else "",
                _then(view, ahead[0], end, following) if ahead and asks else "",
            )
        )
        left = since = b
        opener = before
    return found


def _then(view: str, mark: _Mark, end: int, following: int) -> str:
    """The clause that a comma opens after a figure, "" where the next figure stands in it."""
    _, begins, kind = mark
    if kind != "，":
        return ""
    found = _BREAK_ANY.search(view, begins, min(end, begins + _REACH))
    stop = found.start() if found else min(end, begins + _REACH)
    return squeeze(view[begins:stop]) if stop <= following else ""


def _marks(view: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[list[_Mark]]:
    """The clause marks before each figure and after the last, outside quotes and the figures themselves."""
    first = spans[0][0]
    title = _RUN_IN.match(view, start, first) if view.find(" ", start, first) >= 0 else None
    here = [(title.end() - 1, title.end(), "：")] if title else []
    marks = [here]
    figures = iter([*spans, (end, end + 1)])
    ended, (a, b) = -1, next(figures)
    for m in _BREAK.finditer(view, start, end):
        if m.lastindex is not None:
            continue
        at, until = m.span()
        while b <= at:
            ended, (a, b) = b, next(figures)
            here = []
            marks.append(here)
        if a <= at:
            continue
        if view[until - 1] != "|":
            here.append((at, until, view[at]))
        elif ended == at:  # else a table's cell, not a figure, ends there
            here.append((at, until, "；"))
    return marks + [[] for _ in range(len(spans) + 1 - len(marks))]


def _tidier(sentence: str) -> Callable[[str], str]:
    """What squeezes words of a sentence; of most sentences all words are as they should be."""
    untidy = "（" in sentence or "审、" in sentence or "依次" in sentence or "连续" in sentence
    return squeeze if untidy or len(sentence.split(None, 1)) > 1 else str


def squeeze(words: str) -> str:
    """Words of a view without blanks; 审（执）结 is read 审执结, and 依次 as 分别; streaks are gone."""
    words = "".join(words.split())
    words = words.replace("依次", "分别") if "依次" in words else words
    words = _STREAK.sub("", words) if "连续" in words else words
    return _INSERT.sub(lambda m: m[1] or m[2] or "", words) if "（" in words or "审、" in words else words


def is_bare(slot: Slot) -> bool:
    """Whether nothing but 、 or 和 stands between a figure and the one before."""
    return not slot.joint and slot.before in {"", "、", "和", "及", "与", "以及"}
