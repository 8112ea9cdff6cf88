"""What a placing ranks: the figure right before it, else the words of its clause."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.types import Bound, Document, Naming
from shushuo_extract.rules import regions
from shushuo_extract.rules.ranks.rules import TERMS, Place

_ADVERB = any_of(TERMS["adverbs"])
_STREAK = r"连续(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})个?(?:月|年|季度)"
_GAP = re.compile(rf"[，、；“”（）： ]*(?:{_STREAK}|{_ADVERB}|其中|，)*[，、 ]*\Z")
_FORMER = r"(?:由|从)[^，。]{0,6}第[0-9一二三四五六七八九十]{1,3}[名位]?"
_TAIL = re.compile(
    rf"(?:在?[0-9]{{4}}年度?|{_STREAK}|{_ADVERB}|{_FORMER}"
    r"|取得|获得|[从由](?:[0-9]{4}年|[去上前]年)?度?的?|有|[，、 ])+\Z"
)
_ONLY_TIME = re.compile(r"(?:[0-9]{4}年|[今去当]年|全年|更|又|还|并|则|取得|获得|获|[，、 ])*")
_CONTEST = re.compile(
    r"在(?P<contest>[^，。；]{2,40}?(?:考核|考评|测评|评价|评比|评估|排名|指标|满意度)[^，。；]{0,4}?)(?:中|上|里)(?:[^一-龥]|均|都|也)*\Z"
)
_ADJUNCT = re.compile(r"，?在[^，。；]{2,30}?(?:中|上|里|内|方面)\Z")
_VERB_PHRASE = re.compile(r"(?:均|全部|都)?(?:处于|位于|达到?|为|至|保持)[^，、]{2,}\Z")
_MOVED = re.compile(
    r"(?:位次|名次|排名|排位)?(?:[较比同][^，]{1,4}?)?(?:前移|上升|提升|跃升|前进)了?"
    r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})个?[位名]次?\Z"
    r"|(?:同比|环比|[比较](?:上年|去年|往年)(?:同期)?)(?:上升|下降|提升|提高|增长|降低|减少|增加|缩短)"
    r"了?(?:[0-9.]{1,9}(?:个百分点|%|件|天))?\Z"
)
_COUNT_TAIL = re.compile(r"(?:[，、中]|其中)?(?:均?有)?(?:[0-9]{1,3}|[一二三四五六七八九十两]{1,2})[项个]\Z")
_ORGAN = r"(?:[一-龥]{2,5}[、和]){0,4}[一-龥]{0,8}(?:法院|检察院|检察机关|[中高]院)(?:系统)?"
_LEAD = re.compile(
    rf"^(?:[0-9]{{4}}年|(?:过去|近)?[一二三四五]年来?|全年|去年|今年|其中|此外|同时|目前|我院|全院|全[国省市县区]|两级|{_ORGAN}"
    rf"|{_STREAK}|各项|使|推动|实现|[，、： ·])+(?=[^，、]{{3,}})"
)
_NOBODY = re.compile(
    rf"(?:综合)?(?:排名|位次|名次)|[一-龥]{{2,8}}法庭|该院|我院|本院|全院|{_ORGAN}|(?:其他|其余|其中)[0-9项]*"
)
_COMPARES = re.compile(r"(?:[优高低好快]于|[高低多少]出|比|较|同比|环比)")
_VALUE = re.compile(r"[0-9][0-9.]*(?:%|件|天|分|个百分点)?(?=、|等|\Z)|^(?:如|包括)")  # values told within a list
_BRACKET = re.compile(r"[项个]（([^（）]{2,50})）\Z")  # 两项（结案率、执结率）排名全区第一
_INDICATORS = re.compile(r"[0-9一-龥“”+]{2,24}指标")
_SURROUNDING_PLACE = re.compile(r"^([一-龥]{2,4}?)(?=“)")
_CLAUSE = re.compile(r"[，。；：！？\n]")
_ONLY_A_COUNT = re.compile(
    "(?:案件|纠纷)?(?P<deed>入选|获奖|获评|上榜|录用|刊发|案例|收案|受理|结案|审结|立案|办案)?(?:数量|总量|人数|件数|篇数|总数|金额|比例|占比|数|量)"
)
_DEEDS = {
    "收案": "[收受]",
    "受理": "[收受]",
    "结案": "结",
    "审结": "结",
    "立案": "立",
    "办案": "办",
}  # what names them, too
_ONLY_A_GROWTH = re.compile("[同环]?比?(?:[降增升涨跌]幅|增速|(?:下降|上升|增长)幅度)")
_SEVERAL = re.compile(r"(?:[这以上述]{1,2})?(?P<n>[两二三四2-4])项(?:核心|主要|关键|质效)?(?:指标|数据)?")
_SUM = re.compile("等?[两二三四五六2-6]项(?:核心|主要|关键|质效|业务)?(?:指标|数据|工作)?\\Z")
_IN_TURN = re.compile("分[别列居获]")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "2": 2, "3": 3, "4": 4}
_SHARE = re.compile(r"占(?P<whole>全[国省市州区县])[^，]*\Z")
_COUNTED = ("项", "个", "类")
_COUNT_LEAD = re.compile(  # 8项工作 are ranked as 工作
    r"^(?:有|共有?)?(?:[0-9]{1,3}|[两一二三四五六七八九十多]{1,2})[项个]"
    r"(?!(?:核心|主要|关键|质效)?(?:指标|数据)\Z)(?=[^，、]{2,})"
)
_NAMED_CONTEST = 5  # 清积活动考评, and not only 绩效考核
_REACH = 100


class Ranked(NamedTuple):
    """What is ranked, and the start of its metric figure if the text gives one."""

    indicator: str
    alt: tuple[str, ...] = ()
    of: int | None = None


def ranked(doc: Document, sentence: int, place: Place, bounds: Sequence[Bound], namings: Sequence[Naming]) -> Ranked:
    """What a placing ranks; ``bounds`` in the order of the text."""
    start = place.about
    at = bisect_right(bounds, start - 1, key=lambda bound: bound.amount.start) - 1
    if at >= 0 and bounds[at].amount.sentence == sentence and start - bounds[at].amount.end < 24:
        counted = bounds[at].amount.unit in _COUNTED  # 三项排名全省第一 ranks what the three are of
        if len(place.contest) >= _NAMED_CONTEST and bounds[at].amount.unit != "%":
            return Ranked(place.contest)
        if _GAP.fullmatch(doc.view, bounds[at].amount.end, start) and namings[at].indicator and not counted:
            metric = at if bounds[at].role == "metric" else bounds[at].of
            of = None if metric is None else bounds[metric].amount.start
            share = _SHARE.search(namings[at].indicator)
            if share and place.scope in share["whole"]:  # 占全国四分之一，居全国首位 ranks what the share is of
                return Ranked(namings[at].indicator[: share.start()])
            return Ranked(namings[at].indicator, namings[at].alt, of)
    named = words(doc.view, max(doc.sentences[sentence].start, start - _REACH), start, place.contest)
    before = at >= 0 and bounds[at].amount.sentence == sentence
    metric = (at if bounds[at].role == "metric" else bounds[at].of) if before else None
    if metric is not None and _counts(named, namings[metric].indicator):
        return Ranked(namings[metric].indicator, namings[metric].alt, bounds[metric].amount.start)
    if before and bounds[at].role == "change" and _ONLY_A_GROWTH.fullmatch(named):
        return Ranked(namings[at].indicator + named, (named,))
    return Ranked(named)


def _counts(words: str, indicator: str) -> bool:
    """Whether the words only say that a count, the one the indicator names, is ranked (数量, 收案数量)."""
    only = _ONLY_A_COUNT.fullmatch(words)
    return only is not None and re.search(_DEEDS.get(only["deed"] or "", ""), indicator) is not None


def dealt(
    view: str, places: Sequence[Place], about: Ranked, bounds: Sequence[Bound], namings: Sequence[Naming]
) -> list[Ranked]:
    """What each of the placings in a row ranks: all of them one thing, or as many things as they are in order.

    The things are the parts of the words before, or, after 两项指标 and 分别, the figures before; 核心指标 that these
    are not alone stay as they are called.
    """
    first, count = places[0], len(places)
    named = _SEVERAL.fullmatch(about.indicator)
    bare = all(view.startswith("第", place.start) for place in places[1:])
    in_turn = count > 1 and (bare or _IN_TURN.search(view, max(0, first.about - 6), first.end) is not None)
    if named or (in_turn and about.of is not None):
        told = _told_before(first, _COUNTS[named["n"]] if named else count, bounds, namings)
        if len(told) == count > 1:
            return [Ranked(namings[at].indicator, namings[at].alt, bounds[at].amount.start) for at in told]
        if told and named and len({bounds[at].amount.unit for at in told}) == 1:
            return [Ranked("、".join(namings[at].indicator for at in told))] * count
    parts = re.split("[、和及]", _SUM.sub("", about.indicator))
    return [Ranked(part) for part in parts] if in_turn and len(parts) == count else [about] * count


def _told_before(place: Place, count: int, bounds: Sequence[Bound], namings: Sequence[Naming]) -> list[int]:
    """The last ``count`` metric figures near before a placing; none where there are fewer or one has no name."""
    last = bisect_right(bounds, place.about - 1, key=lambda bound: bound.amount.start)
    near = [
        at
        for at in range(max(0, last - 2 * count - 1), last)
        if bounds[at].role == "metric"
        and place.about - bounds[at].amount.end < _REACH
        and bounds[at].amount.unit not in _COUNTED
    ]
    chosen = near[-count:]
    return chosen if len(chosen) == count and all(namings[at].indicator for at in chosen) else []


def words(view: str, lowest: int, start: int, contest: str = "") -> str:
    """The words before ``start`` that name what is ranked, without adverbs, adjuncts, time and relative clauses.

    Where the placing's own clause names nothing but the organ, the ``contest`` it was placed in is what is ranked.
    """
    bracket = _BRACKET.search(view, max(lowest, start - 60), start)
    if bracket:
        return bracket.group(1)
    stop = start
    while stop > lowest:
        cut = _last_cut(view, lowest, stop)
        clause = _trimmed(view[cut:stop])
        held = _CONTEST.search(view, cut, stop) if _ONLY_TIME.fullmatch(clause) else None
        if held:  # 今年在…“执行合同”指标评价中位居全省第一
            return held["contest"][max(0, held["contest"].find("“")) :]
        if len(clause) >= 2 and not _NOBODY.fullmatch(clause) and not _COMPARES.match(clause):
            return clause
        if contest:
            return contest
        if _COUNT_TAIL.search(view, cut, stop):  # 有24项位居前列: of the indicators named before
            named = _INDICATORS.findall(view, lowest, cut)
            return _trimmed(named[-1]) if named else ""
        stop = cut - 1
    return contest


def only_adverbs(between: str) -> bool:
    """Whether the words join two placings of one thing."""
    return not _TAIL.sub("", between.strip("和及且 "))


def _last_cut(view: str, lowest: int, stop: int) -> int:
    """Where the clause that ends at ``stop`` begins."""
    return max((match.end() for match in _CLAUSE.finditer(view, lowest, stop)), default=lowest)


def _trimmed(clause: str) -> str:
    before = None
    while before != clause:
        before = clause
        clause = _COUNT_TAIL.sub("", _ADJUNCT.sub("", _MOVED.sub("", _TAIL.sub("", clause))))
    clause = _COUNT_LEAD.sub("", _LEAD.sub("", _VALUE.sub("", _VERB_PHRASE.sub("", clause))))
    place = _SURROUNDING_PLACE.match(clause)
    if place and regions.candidates(place[1]):
        clause = clause[place.end() :]
    head, of, noun = clause.rpartition("的")
    if of and len(noun) >= 3 and "、" not in head:
        clause = _COUNT_LEAD.sub("", noun)
    return clause.strip("，、：； ·")
