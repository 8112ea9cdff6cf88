"""Recognitions: prizes, typical cases, approval, experience passed on, the lead among peers.

A rule's pattern runs inside one clause; its production says what the clause is worth, or refuses.
"""

import re

from shushuo_shared.report import HighlightType

from ...engine.types import Rule
from .cues import About, Cue
from .vocabulary import words

_CASE = re.compile(words("object", "case"))
_PRIZE = re.compile(words("object", "prize", "title"))
_SCHEME = re.compile(words("object", "scheme"))
_THING = re.compile(words("object", "thing"))
_AUTHORITY = re.compile(words("issuer", "authority"))
_MEDIUM = re.compile(words("issuer", "medium"))
_ORGAN_TITLE = re.compile(r"(?:单位|集体|法院|检察院|机关|组织|支部|荣誉|称号|[一二三]等功|优秀等次|集体|“双优秀”|基地|窗口|法庭|先进)[”）]*$")
_COUNT = re.compile(r"[0-9]+(?:余|多)?[次篇条]")


def _bounds(match: re.Match[str], group: str) -> tuple[int, int] | None:
    """The span of a named group that says something, trimmed of a leading count or a trailing 的."""
    if match.groupdict().get(group) is None:
        return None
    start, end = match.span(group)
    text = match.string
    while start < end and text[end - 1] in "的、":
        end -= 1
    return (start, end) if end - start >= 2 and _AUTHORITY.search(text, start, end) else None


def _about(target: str) -> About:
    if _ORGAN_TITLE.search(target):
        return "organ"
    return "thing" if _THING.search(target) else "organ"


def _awarded(match: re.Match[str], rule: str, *, needs_prize: bool) -> Cue | None:
    """A prize, a typical case or a place in a scheme, by what was awarded."""
    target = match["object"]
    issuer = _bounds(match, "issuer")
    start, end = match.span()
    if _CASE.search(target):
        return Cue(("typical_case",), start, end, rule, issuer=issuer)
    if _SCHEME.search(target) and not _ORGAN_TITLE.search(target):
        return Cue(("initiative",), start, end, rule, issuer=issuer)
    if needs_prize and not _PRIZE.search(target):
        return None
    return Cue(("honor",), start, end, rule, about=_about(target), issuer=issuer)


def _win(match: re.Match[str]) -> Cue | None:
    return _awarded(match, "<someone> wins <title>", needs_prize=False)


def _named(match: re.Match[str]) -> Cue | None:
    return _awarded(match, "is named <title> by <issuer>", needs_prize=True)


def _entered(match: re.Match[str]) -> Cue | None:
    return _awarded(match, "is selected into <list>", needs_prize=True)


def _obtained(match: re.Match[str]) -> Cue | None:
    return _awarded(match, "obtains <prize>", needs_prize=True)


def _merit(match: re.Match[str]) -> Cue:
    return Cue(("honor",), *match.span(), "earns a merit", about="organ")


def _approved(match: re.Match[str]) -> Cue | None:
    issuer = match["issuer"]
    if not _AUTHORITY.search(issuer) and not match["word"].startswith(("批示", "重要批示")):
        return None
    types: tuple[HighlightType, ...] = ("endorsement",)
    if "推广" in match["tail"]:
        types = ("endorsement", "dissemination")
    return Cue(types, *match.span(), "<achievement> is approved by <leader>", issuer=_bounds(match, "issuer"))


def _remarked(match: re.Match[str]) -> Cue:
    return Cue(("endorsement",), *match.span(), "<leader> writes approval", issuer=_bounds(match, "issuer"))


def _passed_on(match: re.Match[str]) -> Cue | None:
    issuer, word = match["issuer"], match["word"]
    if word in ("报道", "宣传", "采用", "采纳", "收录") and (_COUNT.search(match["tail"]) or not _MEDIUM.search(issuer)):
        return None
    if not _AUTHORITY.search(issuer) and "全" not in issuer:
        return None
    return Cue(("dissemination",), *match.span(), "<experience> is passed on by <issuer>", issuer=_bounds(match, "issuer"))


def _spoken(match: re.Match[str]) -> Cue:
    return Cue(("dissemination",), *match.span(), "<experience> is told at <meeting>")


def _written(match: re.Match[str]) -> Cue | None:
    if not _AUTHORITY.search(match["issuer"]):
        return None
    return Cue(("dissemination",), *match.span(), "is written into <document>", issuer=_bounds(match, "issuer"))


def _spread(match: re.Match[str]) -> Cue:
    return Cue(("dissemination",), *match.span(), "is spread across <area>")


def _leads(match: re.Match[str]) -> Cue:
    return Cue(("ranking",), *match.span(), "leads its peers", about="measure")


_AREA = words("first", "scope")
_MEETING = "(?:会议?|论坛|研讨|培训班|现场会|座谈会|讲座)"
_PATTERNS = (
    (_win.__doc__, None),
)

RULES: tuple[tuple[str, Rule[Cue]], ...] = ()
