"""A sentence cut into places for figures: the words before and after each, and how it is joined to the one before.

Words between two figures of one clause serve both: as what follows the first and what leads to the second.
"""

import re
from itertools import pairwise

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
    untidy = _is_untidy(view[start:end])
    marks = iter(_marks(view, start, end, spans, titled=untidy))
    found: list[Slot] = []
    left, joint, since, opener = start, "", -1, ""  # ``since``: where the figure before ends
    ends, begins, mark = next(marks)
    for (a, b), (following, _) in pairwise([*spans, (end, end)]):
        lead: list[str] = []
        while ends < a:
            if left < ends and left != since:
                lead.append(view[left:ends][-_REACH:])
            left, joint = begins, mark
            ends, begins, mark = next(marks)
        while ends < b:
            ends, begins, mark = next(marks)
        inside, stop = left == since, ends if ends < following else following
        before, after, loose = view[left:a][-_REACH:], view[b:stop][:_REACH], False
        if untidy:
            loose = after[:1].isspace()
            before, after, lead = squeeze(before), _after(after), [squeeze(words) for words in lead[-_LEADS:]]
        asks = mark == "，" and stop < following and (view[a - 1] == "对" or (stop == b and a - left <= _ALONE))
        found.append(
            Slot(
                before,
                after,
                "" if inside else joint,
                tuple(lead[-_LEADS:]),
                loose,
                stop == following != end,
                opener if inside else "",
                _then(view, begins, end, following) if asks else "",
            )
        )
        left = since = b
        opener = before
    return found


def _after(words: str) -> str:
    """The words after a figure without a note in brackets, and without the next part of a headline."""
    words = _NEXT_PART.sub("", words) if " " in words else words
    return _NOTE.sub("", squeeze(words)) if "（" in words else squeeze(words)


def _then(view: str, begins: int, end: int, following: int) -> str:
    """The clause that a comma opens after a figure, "" where the next figure stands in it."""
    found = _BREAK_ANY.search(view, begins, min(end, begins + _REACH))
    stop = found.start() if found else min(end, begins + _REACH)
    return squeeze(view[begins:stop]) if stop <= following else ""


def _marks(view: str, start: int, end: int, spans: list[tuple[int, int]], *, titled: bool) -> list[_Mark]:
    """The clause marks outside quotes, up to the first behind the last figure or the end; some stand in figures."""
    title = _RUN_IN.match(view, start, spans[0][0]) if titled else None
    marks = [(title.end() - 1, title.end(), "：")] if title else []
    last, stops = spans[-1][1], {b for _, b in spans}
    for m in _BREAK.finditer(view, start, end):
        if m.lastindex is not None:
            continue
        at, until = m.span()
        if view[until - 1] != "|":
            marks.append((at, until, view[at]))
        elif at in stops:
            marks.append((at, until, "；"))
        else:
            continue  # a table's cell ends there, not a figure
        if at >= last:
            break
    marks.append((end, end, ""))
    return marks


def _is_untidy(sentence: str) -> bool:
    """Whether words of a sentence may have to be squeezed; of most sentences all words are as they should be."""
    return " " in sentence or "（" in sentence or "审、" in sentence or "依次" in sentence or "连续" in sentence


def squeeze(words: str) -> str:
    """Words of a view without blanks; 审（执）结 is read 审执结, and 依次 as 分别; streaks are gone."""
    words = "".join(words.split())
    words = words.replace("依次", "分别") if "依次" in words else words
    words = _STREAK.sub("", words) if "连续" in words else words
    return _INSERT.sub(lambda m: m[1] or m[2] or "", words) if "（" in words or "审、" in words else words


def is_bare(slot: Slot) -> bool:
    """Whether nothing but 、 or 和 stands between a figure and the one before."""
    return not slot.joint and slot.before in {"", "、", "和", "及", "与", "以及"}
