"""Deeds that stand for themselves: named initiatives and firsts of their kind."""

import re

from shushuo_extract.engine.literals import any_of, any_seldom
from shushuo_extract.engine.types import Rule
from shushuo_shared.report import HighlightType

from .coinages import is_coined, others_act
from .cues import Cue, rule
from .vocabulary import entries, words

_KIND_OF_VERB = {verb: kind for kind in ("coins", "runs", "makes", "spurned") for verb in entries("initiative", kind)}
_VERBS = re.compile(any_seldom(_KIND_OF_VERB))
_KIND = re.compile(any_of(entries("initiative", "kinds")))
_HOLDS = ("组织", "举办", "开展")
_TOOL = re.compile("[^，]{0,8}(?:模型|系统|平台|小程序)|机制")  # named after a campaign, but an organ's own
_ORDERED = re.compile("[一二三四五六七八九十]+号(?:检察|司法)建议")  # by the supreme organ that numbers it
_NUMBERED = re.compile(any_of(entries("initiative", "numbered")))
_NATIONAL = re.compile(any_seldom(entries("initiative", "national_names")))
_NATIONAL_SHAPE = re.compile(words("initiative", "national_shapes"))
_NUMBER = r"[0-9][0-9.]*万?[余多]?"
_COUNTED = re.compile(rf"(?:主题|系列|专项|集中|执行|普法)*(?:活动|行动|讲座|宣讲)?{_NUMBER}[次场期件人篇个家所处]")
_PLACES_COUNTED = re.compile(rf"{_NUMBER}[个处]")
_COUNTED_IN_THOUSANDS = re.compile(r"(?:[0-9]{4}|[0-9.]+[余多]?万)[^，]{0,2}[个处家]")
_STATION = re.compile("[^，”]{0,14}(?:工作室|检察室|调解室|工作站|服务站|流动法庭|驿站)")
_STATIONS_OF_ITS_OWN = ("室", "站", "点")
_COUNTED_LIST = re.compile(rf"等[^，]{{0,6}}{_NUMBER}[次场期]+$")
_AS_MEANS = "[^，]{0,10}为(?:契机|抓手|目标|引领|主线|载体|重点|指引|遵循|牵引|主题|核心|导向)"
_COMMON = re.compile(f"{any_of(entries('initiative', 'plain_talk'))}|{_AS_MEANS}")
_CAMPAIGN = re.compile(r"(?:主题)?(?:实践|教育|学习)")
_AIM = re.compile(words("initiative", "aims"))
_WHILE = re.compile(r"[在当][^，]*(?:中|时|期间|过程中|以来|[之以]?下)$")
_SCOPE = re.compile(words("first", "scope"))
_FIRST_DEED = re.compile(words("first", "deed"))
_APPEARS = re.compile("(?:挂牌|揭牌|上线|落地|启用|宣判|诞生|发出|成立|开庭)(?![^，]{3})")
_TOGETHER = ("与", "和", "联合", "会同", "同", "将", "在")  # whom with or of what, before the deed
_NOT_PIONEER = re.compile(words("first", "not_pioneer"))
_STORY = re.compile(r"(?<![类办])案(?!例|件?[0-9])")
_DOCUMENTS_COUNTED = re.compile(rf"[^，《]{{0,8}}?{_NUMBER}[件份部个项]")
_SPURNED_DOCUMENT = re.compile(r"依据|根据|贯彻|落实|学习|报送|适用|执行|遵守|违反|按照|推动|报请")
_ITEM_COUNT = re.compile(rf"{_NUMBER}[个家处项条]")
_OWN = re.compile(words("context", "own"))
_CRIMINAL = re.compile("某某|某等|某[甲乙]|虚假(?:投资|平台|网站|交易|理财|贷款)|冒充")
_RUN_BY_SO_MANY = re.compile("(?<![0-9在])[0-9]+(?:余|多)?[个家][^，]{0,8}(?:法院|检察院|检察机关|单位)\\Z")
_FOR_YEARS = re.compile("[一二三四五六七八九十两0-9]+(?:余|多)?(?:周?年|个月)|以来")
_SINCE = re.compile(r"(?:以来|期间|过程中|[之以]后|时)\Z")
_NEAR, _LONGEST_RULE = 40, 100
_RULED = re.compile(r"(?:建立|确立|确定|明确|实行)(?!健全|完善)(?:[^；。]{6,60}制度|[^；。，]{4,60}原则)(?=[，；。]|$)")


def _last_verb(text: str, start: int, end: int) -> tuple[str, int, int]:
    """What kind of verb governs the words at ``end``, and its span."""
    verbs = _VERBS.findall(text, start, end)
    if not verbs:
        return "", start, start
    at = text.rfind(verbs[-1], start, end)
    return _KIND_OF_VERB[verbs[-1]], at, at + len(verbs[-1])


def _deed(match: re.Match[str], name: str, *types: HighlightType) -> Cue:
    return Cue(types, *match.span(), name, recognition=False)


def _named(match: re.Match[str], name: str) -> Cue | None:
    """A name in quotation marks, governed by a verb of setting up, or of running a thing of some kind."""
    label, post, text = match["name"], match["post"], match.string
    verb, at, after = _last_verb(text, match.pos, match.start())
    if at == match.pos and text.startswith("依托", at) and _STATION.match(f"{label}{post}"):
        return _deed(match, name, "initiative")
    kind = _KIND.search(post) or _KIND.search(label) if verb in ("makes", "runs") else None
    near = verb == "makes" and match.start() - after <= 20 and "、" not in text[after : match.start()]
    if (
        not (kind or near or (_may_coin(verb, text[at:after]) and is_coined(match, after)))
        or _is_common_talk(label, post)
        or _COUNTED_LIST.search(text, match.end("name"), match.endpos)
    ):
        return None
    if _CRIMINAL.search(text, match.pos, match.end()) or others_act(text, match.pos, at):
        return None
    if verb == "runs" and _RUN_BY_SO_MANY.search(text, match.pos, at):
        return None
    if _AIM.search(text, match.pos, at) or (text[match.pos] in "在当" and _WHILE.match(text, match.pos, match.endpos)):
        return None
    return _deed(match, name, "initiative")


def _may_coin(kind_of_verb: str, verb: str) -> bool:
    """Whether what a verb puts up or sends out may bear a name of its own; what is held may (开展“清风”执行行动)."""
    return kind_of_verb == "coins" or verb in _HOLDS


def _is_common_talk(label: str, post: str) -> bool:
    """Whether the quoted words are no programme of an organ's own: a slogan, a means, a round of events counted."""
    numbered = label.isdigit() and not _NUMBERED.search(post)  # a slogan, and no “12368” hotline
    national = _NATIONAL.search(label) and not _ORDERED.fullmatch(label) and not _TOOL.match(post)
    if national or _NATIONAL_SHAPE.fullmatch(label) or numbered or _COMMON.match(post):
        return True
    if _COUNTED.match(post):
        return not (label.endswith(_STATIONS_OF_ITS_OWN) and _PLACES_COUNTED.match(post))
    return "办实事" in label and _CAMPAIGN.match(post) is not None


def _presented(match: re.Match[str], name: str) -> Cue | None:
    """Something of an organ's own that is said to be there; its stations at places named, even where counted."""
    text = match.string
    others = others_act(text, match.pos, match.start()) or _COUNTED_IN_THOUSANDS.match(text, match.end())
    if _FOR_YEARS.match(text, match.end()):
        return None
    return None if others or _NATIONAL.search(match.group()) else _deed(match, name, "initiative")


def _document(match: re.Match[str], name: str) -> Cue | None:
    counted = _DOCUMENTS_COUNTED.match(match.string, match.end(), match.endpos)
    if counted or _SPURNED_DOCUMENT.search(match.string, match.pos, match.end("mid")):
        return None
    return _deed(match, name, "initiative")


def _set_up(match: re.Match[str], name: str) -> Cue | None:
    """A mechanism, platform or station named without quotation marks; what is only counted is a figure."""
    made = match.group()
    counted = _ITEM_COUNT.search(made) or _ITEM_COUNT.match(match.string, match.end(), match.endpos)
    criminal = _CRIMINAL.search(match.string, match.pos, match.end())
    others = criminal or others_act(match.string, match.pos, match.start())
    if match.string.endswith("以来", match.end(), match.endpos):
        return None
    return None if counted or others or _NATIONAL.search(made) else _deed(match, name, "initiative")


def _piloted(match: re.Match[str], name: str) -> Cue | None:
    """A pilot told for itself, not only to say since when or how many run it."""
    if _RUN_BY_SO_MANY.search(match.string, match.pos, match.start()):
        return None
    return None if _SINCE.search(match.string, match.end(), match.endpos) else _deed(match, name, "initiative")


def _laid_down(match: re.Match[str], name: str) -> Cue | None:
    """A principle or system that a supreme organ lays down, to the end of the clause that names it."""
    ruled = _RULED.search(match.string, match.end(), match.end() + _LONGEST_RULE)
    return Cue(("initiative",), match.start(), ruled.end(), name, recognition=False) if ruled else None


def _first(match: re.Match[str], name: str) -> Cue | None:
    text = match.string
    coined = match.group() == "首创"
    scoped = coined or _SCOPE.search(text, max(match.pos, match.start() - 14), match.start())
    done = _FIRST_DEED.search(text, match.pos, match.start()) or _APPEARS.search(text, match.end(), match.endpos)
    if not scoped and not done:
        return None
    story = _STORY.search(text, match.end(), match.endpos)
    return _deed(match, name, "first", "case_story") if story else _deed(match, name, "first")


def _pioneered(match: re.Match[str], name: str) -> Cue | None:
    text = match.string
    if _NOT_PIONEER.match(text, match.end(), match.endpos):
        return None
    scoped = _SCOPE.search(text, max(match.pos, match.start() - 14), min(match.end() + 6, match.endpos))
    end = match.end() + (_NEAR if text.startswith(_TOGETHER, match.end()) else 14)
    if not scoped and not _FIRST_DEED.search(text, match.end(), min(end, match.endpos)):
        return None
    made = _KIND.search(text, match.end(), match.endpos)
    return _deed(match, name, "first", "initiative") if made else _deed(match, name, "first")


def _first_time(match: re.Match[str], name: str) -> Cue | None:
    text = match.string
    before = max(match.pos, match.start() - 16)
    if not (_SCOPE.search(text, before, match.start()) or _OWN.search(text, before, match.start())):
        return None
    return _deed(match, name, "first")


_ISSUES = words("initiative", "issues")
_SETS_UP = words("initiative", "strong_verbs")
_SIGNS = "签署|签订|会签"
_AGREES = f"{_SIGNS}|建立(?!健全|完善)|构建|搭建|共建"
_IN_USE = "“[^”]{2,24}”[^，]{0,10}(?:模式|机制|平台|品牌|制度|系统|中心|工作室|热线|法庭|法院|APP)"
_OPENS = "“[^”]{2,20}(?:联盟|工作室|调解室|平台|法庭|驿站|中心|工作站|基地)”"
_STATIONS = "设立|设置|增设|成立|派驻"


NAMES: tuple[Rule[Cue], ...] = (
    rule(
        "sets up “<name>” <kind>",
        r"[“‘](?P<name>[^“”]{2,24})[”’](?:[、和与及]?“[^“”]{1,24}”)*(?P<post>[^，“]{0,14})",
        _named,
        besides=any_seldom([verb for kind in ("coins", "makes", "runs") for verb in entries("initiative", kind)])
        + "[^，“‘]{0,160}[“‘]",
    ),
    rule(
        "“<name>” <kind> is in use",
        _IN_USE + r"[”]?"
        r"(?:已经?|正式|全面|全部|顺利)*[^，]{0,8}?"
        r"(?:上线|推开|铺开|运行|启用|挂牌|揭牌|成立|落地|让|使|(?:广泛|全面|深度)应用)"
        rf"|{_OPENS}(?:正式|今[天日]|在[^，]{{2,10}})*(?:上线|启用|启动|挂牌|揭牌|成立)(?![^，]{{3}})",
        _presented,
        besides=f"{_IN_USE}|{_OPENS}",
    ),
)
DOCUMENTS: tuple[Rule[Cue], ...] = (
    rule("issues 《<document>》", rf"{_ISSUES}(?P<mid>[^，《]{{0,40}})《[^》]{{4,60}}", _document, besides=_ISSUES),
    rule(
        "《<white paper>》 appears",
        r"《[^》]{4,40}》(?P<mid>[^，]{0,20}?)(?:首发|发布|亮相|问世)",
        _document,
        besides="首发|发布|亮相|问世",
    ),
    rule("publishes a white paper", r"(?:发布|公布|推出|印发)(?P<mid>[^，]{0,24})[白蓝绿]皮书", _document),
)
SCHEMES: tuple[Rule[Cue], ...] = (
    rule(
        "issues <rule without a title>",
        rf"{_ISSUES}了?(?P<mid>[^，《“]{{4,30}}){words('initiative', 'documents')}",
        _document,
        besides=any_of(entries("besides", "issues <rule without a title>")),
    ),
    rule(
        "makes <agreement> with <partner>",
        rf"(?:(?:与|同|和|会同|联合|携手|推动|组织)[^，]{{2,40}}(?:{_AGREES})|(?:联合|共同|牵头)(?:{_SIGNS}))了?(?:“[^”]{{1,12}}”)?"
        rf"[^，《“]{{0,24}}{words('initiative', 'agreements')}",
        _piloted,
        besides=any_of(entries("besides", "makes <agreement> with <partner>")),
    ),
    rule(
        "sets up <place or system>",
        rf"{_SETS_UP}了?(?!的)[^，“]{{2,30}}{words('initiative', 'systems')}",
        _set_up,
        besides=any_of(entries("besides", "sets up <place or system>")),
    ),
    rule(
        "sets up <stations> at <places>",
        rf"在[^，“]{{2,30}}(?:{_STATIONS})了?[^，“]{{0,24}}{words('initiative', 'stations')}",
        _presented,
        besides=any_of(entries("besides", "sets up <stations> at <places>")),
    ),
    rule(
        "creates <mechanism>",
        rf"{_SETS_UP}了?[^，]{{5,36}}{words('initiative', 'schemes')}(?!保障|优势|体系|供给|基础|支撑|规则|文件|层面)",
        _set_up,
        besides=any_of(entries("besides", "creates <mechanism>")),
    ),
    rule(
        "spreads the use of <system>",
        r"(?:推进|推广|推动|深化)[^，“]{2,24}(?:系统|平台)(?:深度)?(?:应用|使用|上线)",
        _set_up,
        besides=any_of(entries("besides", "spreads the use of <system>")),
    ),
    rule(
        "<supreme organ> lays down <principle>",
        r"(?:最高人民(?:法院|检察院)|最高[法检]|高检院|两高)(?:提出|要求|部署|出台[^，]{0,6}措施)$",
        _laid_down,
        besides="提出|要求|部署|措施",
    ),
    rule(
        "runs a pilot",
        r"(?:开展|承担|承办|推进|推行|参与|列为|获批|成为|确定为|承接|启动)[^，]{3,30}试点(?!法院)",
        _piloted,
    ),
    rule(
        "<mechanism> is in use everywhere",
        r"(?:机制|平台|制度|系统|中心|案例库|小程序|热线)(?:已经?|正式|全面|全部|顺利)+[^，]{0,12}(?:上线|推开|铺开|运行|启用|挂牌|落地)"
        r"|(?:法院|检察院|法庭|检察室|中心|基地|工作站)(?:在[^，]{2,12})?(?:正式|今天|昨[日天])?[挂揭]牌(?!督办|以来|后|[一二三四五六七八九十两0-9]+周?年)",
        _presented,
        besides="机制|平台|制度|系统|中心|案例库|小程序|热线|法[院庭]|检察[院室]|基地|工作站",
    ),
)


def _broken(match: re.Match[str], name: str) -> Cue:
    return _deed(match, name, "first")


FIRSTS: tuple[Rule[Cue], ...] = (
    rule(
        "breaks new ground",
        r"(?:实现|取得|完成|迎来|达成)了?[^，]{0,24}“?零”?的?突破|填补了?(?:全[国省市县区州]|国内|我国|[省市]内|业内|本[省市])[^，]{0,16}空白|(?:开创|首开|开)了?[^，]{1,16}先河",
        _broken,
    ),
    rule("first <thing> of its kind", rf"{words('first', 'ordinal')}(?!精神)", _first),
    rule("does <deed> before all others", r"率先", _pioneered),
    rule(
        "<organ> does <deed> for the first time",
        rf"首次(?:(?:针对|通过|运用|借助|[以用在对将就从])[^，]{{1,20}}?)?{words('first', 'deed')}",
        _first_time,
    ),
)
