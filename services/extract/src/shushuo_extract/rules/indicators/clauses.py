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
    marks = iter(_marks(view, start, end, spans))
    mark = next(marks, None)
    tidy = _tidier(view[start:end])
    found: list[Slot] = []
    left, joint, since = start, "", -1  # ``since``: where the figure before ends
    for number, (a, b) in enumerate(spans, 1):
        lead: list[str] = []
        while mark is not None and mark[0] < a:
            if left < mark[0] and left != since:
                lead.append(view[max(left, mark[0] - _REACH) : mark[0]])
            _, left, joint = mark
            mark = next(marks, None)
        inside = left == since
        following = spans[number][0] if number < len(spans) else end
        stop = following if mark is None or mark[0] > following else mark[0]
        tail = view[b : min(stop, b + _REACH)]
        tail = _NEXT_PART.sub("", tail) if " " in tail else tail
        found.append(
            Slot(
                tidy(view[max(left, a - _REACH) : a]),
                _NOTE.sub("", squeeze(tail)) if "（" in tail else tidy(tail),
                "" if inside else joint,
                tuple([tidy(words) for words in lead[-_LEADS:]]) if lead else (),
                tail[:1].isspace(),
                number < len(spans) and stop == following,
                found[-1].before if inside else "",
                _then(view, mark, end, following)
                if view[a - 1] == "对" or (a - left <= _ALONE and view[b : b + 1] == "，")
                else "",
            )
        )
        left = since = b
    return found


def _then(view: str, mark: tuple[int, int, str] | None, end: int, following: int) -> str:
    """The clause that a comma opens after a figure, "" where the next figure stands in it."""
    if mark is None or mark[2] != "，":
        return ""
    found = _BREAK_ANY.search(view, mark[1], min(end, mark[1] + _REACH))
    stop = found.start() if found else min(end, mark[1] + _REACH)
    return squeeze(view[mark[1] : stop]) if stop <= following else ""


def _marks(view: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Clause marks outside quotes and outside the figures themselves."""
    first = spans[0][0]
    title = _RUN_IN.match(view, start, first) if view.find(" ", start, first) >= 0 else None
    marks = [(title.end() - 1, title.end(), "：")] if title else []
    figures = iter([*spans, (end, end + 1)])
    ended, (a, b) = -1, next(figures)
    for m in _BREAK.finditer(view, start, end):
        if m.lastindex is not None:
            continue
        at, until = m.span()
        while b <= at:
            ended, (a, b) = b, next(figures)
        if a <= at:
            continue
        if view[until - 1] != "|":
            marks.append((at, until, view[at]))
        elif ended == at:  # else a table's cell, not a figure, ends there
            marks.append((at, until, "；"))
    return marks


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
