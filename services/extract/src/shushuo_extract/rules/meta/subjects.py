"""Whose work a text reports: the organs it is about, the first of them its own."""

import re
from collections import Counter

from shushuo_extract.engine.types import Document
from shushuo_extract.rules import regions
from shushuo_extract.rules.meta import account, places, twins
from shushuo_extract.rules.meta.head import Head
from shushuo_extract.rules.meta.passages import zone_of
from shushuo_extract.rules.meta.senses import Senses, absolute
from shushuo_extract.rules.organs import names
from shushuo_extract.rules.organs.acting import subjects, tellers
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.mentions import mentions
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.resolve import Home, members, resolve
from shushuo_extract.structure.markers import BULLETS

_BEHALF_ENDS = ("代表", "报告")
_BEHALF = re.compile(rf"我(?:受[^，。]{{2,20}}委托，)?(?:{'|'.join(_BEHALF_ENDS)})\Z")
_SITED = re.compile(r"(?:参访|探访|设在|落户|落地)\Z")
_FROM_ABOVE = ("获", "被", "受到", "得到", "入选")  # who praises, not whose work is told
_EVERYWHERE = ("各级", "地方各级", "四级")  # 各级法院 of no place named are the country's
_TITLE_LINE = 46
_TITLED, _ACTS = 8, 3
_BOTH = re.compile("两院(?!院士)")
_OF_BOTH = ("basic", "intermediate", "high")
_OPENING = 300
_LINE_OPENERS = frozenset("\n" + BULLETS)
_SEEN_FROM_HOME = frozenset(("relative", "own", "that", "body"))  # mean nobody before it is known whose text it is
_RUNG_OF_SCOPE: dict[str, regions.Rung] = {
    "省": "province", "市": "prefecture", "州": "prefecture", "县": "county", "区": "county",
}  # fmt: skip


def home(doc: Document, head: Head) -> Home:
    """The text's own organs: those that its title, its opening and its sentences are about."""
    acting = {one.start for one in subjects(doc.view)}
    scores = _scores(doc, _titles(head), acting)
    _favour_scope(scores, places.seen_from_home(doc.view, mentions(doc.view), subjects(doc.view)))
    _favour_congress(scores, head, doc.view)
    if publisher := account.publisher(head.dated):
        scores[publisher] = scores.get(publisher, 0.0) + _TITLED
    if not scores:
        return _unscored(doc.view, acting)
    best = max(scores, key=lambda organ: (scores[organ], organ.level == "supreme"))
    if not _fits(doc.view, best, scores[best], subjects(doc.view)):
        meant = twins.implied(doc.view, subjects(doc.view))
        return Home(meant, meant[0].seat if meant else None)
    if best.level != "supreme" and scores[best] < _TITLED and _widens(doc, best.kind, acting):
        best = names.supreme(best.kind)
    if best.level == "supreme":
        return Home((best, *_other_supreme(doc, best, acting)), None, nationwide=True)
    return Home((best, *_twin(doc, best, scores, acting)), best.seat)


def _widens(doc: Document, kind: names.OrganKind, acting: set[int]) -> bool:
    """Whether a text that no local organ's name heads comes from a story to the nation's figures, told from above."""
    found = [one for one in mentions(doc.view) if one.kind == kind and one.start in acting]
    told = any(one.shape == "supreme" for one in found)
    return told and any(one.shape == "national" and _tells_figures(doc, one) for one in found)


def _unscored(view: str, acting: set[int]) -> Home:
    """Whose the text is where no organ's name settles it: that of the place it is of, or all the country's."""
    if organs := twins.implied(view, subjects(view)):
        return Home(organs, organs[0].seat)
    if everywhere := next((one for one in subjects(view) if one.place in _EVERYWHERE), None):
        return Home((names.supreme(everywhere.kind),), None, nationwide=True)
    return Home(nationwide=any(one.shape == "body" and not one.found and one.start in acting for one in mentions(view)))


def _scores(doc: Document, titles: list[tuple[int, int]], acting: set[int]) -> dict[Organ, float]:
    """How much a text speaks of each organ that its words mean whosever text it is."""
    scores: dict[Organ, float] = {}
    meant = Senses(doc.view, lambda mention: absolute(mention, doc.view))
    found = mentions(doc.view)
    local = any(one.shape == "relative" for one in found)
    for mention in found:
        foreign = mention.shape in _SEEN_FROM_HOME and mention.scope != places.REGION
        if foreign or (local and mention.start not in acting and twins.is_partner(doc.view, mention)):
            continue
        if mention.shape == "generic":
            organ = None if mention.place or mention.field else names.supreme(mention.kind)
        else:
            organ = meant.by(mention)
        if organ:
            scores[organ] = scores.get(organ, 0.0) + _weight(doc, mention, acting, titles)
    return scores


def _fits(view: str, best: Organ, score: float, acting: tuple[Mention, ...]) -> bool:
    """Whether a text whose organ calls itself 市法院 or 我院 can be that of the organ named most."""
    relative = places.seen_from_home(view, acting, acting)
    local = len(relative) + sum(one.shape == "own" for one in acting)
    if best.level == "supreme":
        national = sum(one.shape in ("supreme", "national", "group") for one in acting)
        return local <= national or not local
    if score >= _TITLED or len(relative) < 3 or any(_may_mean(one, best) for one in relative):
        return True
    return score >= _ACTS and twins.beside(view, best, acting) is not None


def _may_mean(mention: Mention, organ: Organ) -> bool:
    if mention.kind != organ.kind:
        return False
    if mention.scope.startswith("全") and mention.scope[-1] == "市" and organ.level == "basic":
        return False  # a county has one court: 全市法院 are the prefecture's
    place = organ.seat.name if organ.seat else names.place_of(organ)
    inside = organ.seat is not None and organ.seat.rung == _RUNG_OF_SCOPE.get(mention.scope[-1])
    return inside or place.endswith(mention.scope[-1])


def _titles(head: Head) -> list[tuple[int, int]]:
    """Where the head's short lines begin and end."""
    short: list[tuple[int, int]] = []
    for at, line in head.lines[:12]:
        if len(line) > _TITLE_LINE or line.endswith(("。", "，", "；")):
            break
        short.append((at, at + len(line)))
    return short


def _weight(doc: Document, mention: Mention, acting: set[int], titles: list[tuple[int, int]]) -> float:
    if mention.shape == "generic" and not mention.place:
        return 0.5 if mention.start in acting and mention.tail != "法院" else 0.1
    if doc.view.endswith(_FROM_ABOVE, 0, mention.start):
        return 0.1
    weight = float(_ACTS) if mention.start in acting else 1.0
    if doc.view.endswith(_BEHALF_ENDS, 0, mention.start):
        weight += 20 if _BEHALF.search(doc.view, max(0, mention.start - 30), mention.start) else 0
    if titles and mention.start < titles[-1][1]:
        title = next((start for start, end in titles if start <= mention.start < end), None)
        if title is not None:
            weight += 8 if mention.start - title <= 2 + len(mention.place) and mention.shape != "supreme" else 2
    return weight


def _favour_scope(scores: dict[Organ, float], relative: list[Mention]) -> None:
    """全市法院, 县检察院 … tell of which rung the text's own place is, and that it is no national text."""
    if not relative:
        return
    if len(relative) > 1 or relative[0].plural:
        for organ in scores:
            if organ.level == "supreme":
                scores[organ] *= 0.2
    scope = Counter([one.scope[-1] for one in relative]).most_common(1)[0][0]
    rung = _RUNG_OF_SCOPE.get(scope)
    for organ in scores:
        if organ.seat and organ.seat.rung == rung:
            scores[organ] += 3


def _favour_congress(scores: dict[Organ, float], head: Head, view: str) -> None:
    """市法院 in a report to the congress of 昆山市 is that city's; of two, the lesser as a heading or if heard."""
    heading = [one for one in subjects(view) if one.shape == "relative" and not one.plural]
    kinds = Counter(one.kind for one in heading)
    both = twins.both_heard(view)
    for kind, times in kinds.items():
        mine = [one for one in heading if one.kind == kind]
        organ = places.seated(head.meeting, kind, mine[0].grade)
        if organ is None or not any(_may_mean(one, organ) for one in mine):
            continue
        if both or times == max(kinds.values()) or any(twins.heads(view, one) for one in mine):
            scores[organ] = scores.get(organ, 0.0) + _TITLED + times


def _stands_alone(view: str, mention: Mention) -> bool:
    """Whether a line, or the lead of a list, is only the organ's name."""
    return (mention.start == 0 or view[mention.start - 1] in "\n ") and view[mention.end : mention.end + 1] in (
        "",
        "\n",
    )


def _other_supreme(doc: Document, best: Organ, acting: set[int]) -> tuple[Organ, ...]:
    """The other supreme organ, where the text reports work of both."""
    kind: names.OrganKind = "court" if best.kind == "procuratorate" else "procuratorate"
    bare = 0
    for mention in mentions(doc.view):
        if mention.kind == kind and mention.start in acting:
            bare += _opens_report(doc, mention)
            if bare >= _OFTEN or _reports(doc, mention):
                return (names.supreme(kind),)
    return ()


def _opens_report(doc: Document, mention: Mention) -> bool:
    """Whether 法院 or 检察院 alone opens a sentence with figures of its own."""
    if mention.shape != "generic" or mention.place or mention.plural:
        return False
    return _OPENS_SENTENCE.search(doc.view, max(0, mention.start - 8), mention.start) is not None and _tells_figures(
        doc, mention
    )


def _surveys(doc: Document) -> bool:
    """Whether the text goes through the bodies of justice one by one."""
    return any(
        one.shape == "body" and not one.spelled and one.tail.startswith(("公安", "政法")) for one in subjects(doc.view)
    )


_OPENS_SENTENCE = re.compile(r"(?:[。\n]|\A)(?:(?:20[0-9]{2}|[今去全])年，?)?\Z")
_OFTEN = 2  # sentences that 法院 opens in a text that is then not the procuratorates' alone
_CLAUSES = re.compile(r"[^。；\n]{0,120}")
_FIGURE = re.compile(r"[0-9][^，。；]{0,3}[件人元起家份次名个万亿%]")


def _reports(doc: Document, mention: Mention) -> bool:
    """Whether a national mention acts, with a figure or by name."""
    if mention.shape == "supreme":
        return True
    bare = doc.view[mention.start : mention.end] in (
        "法院",
        "检察院",
    )  # 法院审结其中5件 is still the prosecutors' report
    if mention.shape not in ("national", "generic") or mention.place or bare:
        return False
    if mention.plural and _surveys(doc):
        return True
    return _tells_figures(doc, mention)


def _tells_figures(doc: Document, mention: Mention) -> bool:
    """Whether a figure follows in the clauses that a mention opens, in what the report tells."""
    clauses = _CLAUSES.match(doc.view, mention.end)
    return bool(clauses and _FIGURE.search(clauses.group())) and zone_of(doc, mention.start) == "body"


def _twin(doc: Document, best: Organ, scores: dict[Organ, float], acting: set[int]) -> tuple[Organ, ...]:
    """The other organ of the same place, where the page is of both."""
    kind: names.OrganKind = "court" if best.kind == "procuratorate" else "procuratorate"
    strong = (organ for organ, score in scores.items() if organ.kind == kind and score >= _TITLED)
    named = tuple(organ for organ in strong if _share_place(organ, best))[:1]
    if not named and best.seat and best.level in _OF_BOTH and _BOTH.search(doc.view, 0, _OPENING):
        return (names.local(best.seat, kind),)
    beside = None if named or best.level not in _OF_BOTH else twins.beside(doc.view, best, subjects(doc.view))
    return (beside,) if beside else named


def _share_place(organ: Organ, other: Organ) -> bool:
    if organ.level != other.level or organ.seat != other.seat:
        return False
    return organ.seat is not None or names.place_of(organ) == names.place_of(other)


def reported(doc: Document, own: Home) -> tuple[Organ, ...]:
    """All organs whose work the text reports: its own, and those below it (in a national text, any) that act in it."""
    organs = dict.fromkeys(own.organs)
    acting = {one.start for one in tellers(doc.view)}
    meant = Senses(doc.view, lambda mention: resolve(mention, own))
    before: Organ | None = None
    for mention in mentions(doc.view):
        if mention.shape == "group" and mention.start in acting and _tells_figures(doc, mention):
            organs |= dict.fromkeys(one for one in members(mention, own) if _counts(one, own))
        organ = before if mention.shape == "that" else meant.by(mention) if mention.shape == "named" else None
        before = organ or before
        if organ is None or organ in organs:
            continue
        acts = mention.start in acting or _SITED.search(doc.view, max(0, mention.start - 4), mention.start)
        counts = _counts(organ, own) or _stands_alone(doc.view, mention) or _beside(doc.view, mention, organ, own)
        if acts and counts and zone_of(doc, mention.start) == "body":
            organs[organ] = None
    return tuple(organs)


def _beside(view: str, mention: Mention, organ: Organ, own: Home) -> bool:
    """Whether a line is another organ's on a page of several of one rank (海州法院：…, then 赣榆法院：…)."""
    opens = mention.start == 0 or view[mention.start - 1] in _LINE_OPENERS
    first, other = own.organs[0].seat if own.organs else None, organ.seat
    if not first or not other or not opens or not view.startswith("：", mention.end):
        return False
    return organ.level == own.organs[0].level and regions.parent(other) == regions.parent(first)


def _counts(organ: Organ, own: Home) -> bool:
    if own.nationwide:
        return True
    if own.seat is None and organ.seat is None:
        above = names.place_of(own.organs[0]) if own.organs else ""
        return organ.level == "basic" and not above.endswith(("县", "区", "旗")) and names.place_of(organ) != above
    if "垦区" in organ.name and own.organs and "兵团" in own.organs[0].name:
        return True
    if own.organs and "铁路运输" in own.organs[0].name and "铁路运输" in organ.name:
        return True
    named = {one.name for one in own.organs}
    return bool(organ.seat and own.seat and organ.seat.within(own.code) and organ.name not in named)
