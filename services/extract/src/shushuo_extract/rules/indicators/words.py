"""Words of the trade, compiled once: what may be left off an indicator, and what an indicator is made of."""

import re
from functools import lru_cache

from shushuo_extract.engine.literals import any_of

from .scenery import without_scene
from .vocabulary import ADVERBS, BODIES, ELLIPTIC, TERMS, VERBS

_NUMBER = r"[0-9一二三四五六七八九十〇两]"
_SPELL = rf"第?{_NUMBER}+(?:年|月份?|日|个月|季度)(?:度|间|份|内)?(?!以上|以下|以内|有期|不满|徒刑|未)"
_TIME = re.compile(
    rf"(?:[自从仅在于至到前近]|起(?![诉草底拍获用])|截[至止]|以来|过去|[去今当上全]年|本年度?|年内|目前|同期(?!结案)|期间|时期|{_NUMBER}+(?=至|到|-|—|~)"
    rf"|{_SPELL}|[上下]?半年|年?[底末初中]|来|“十[一二三四五]五”(?:规划)?|每年|—|-|~)+"
)
_TIME_KEY = re.compile(rf"{_NUMBER}(?:[年月日]|个月|季度)|[去今当上全本每]年|以来|目前|同期|期间|时期|半年|过去|年内")
_PLACE_NAME = rf"(?:(?!{VERBS})[一-龥]){{2,7}}?{any_of(TERMS['place_ends'])}"
_TOWN = rf"(?:(?!{VERBS})[一-龥]){{2,3}}"
_CORPS = "(?:新疆)?(?:生产建设)?兵团"
_PLACE = rf"(?:全[国省市县区州旗盟院]|{any_of(TERMS['places'])}|[本我]?[国省市县区州盟旗]|{_CORPS}|{_PLACE_NAME})"
BODY = re.compile(
    rf"(?:由|让)?(?:{_TOWN}、){{0,5}}(?:(?:{_PLACE}{{0,4}}|{_TOWN}(?:[两三]级)?)(?:最高|中级|高级)?(?:人民)?{BODIES}(?:系统|机关|自身|第[一二三四五六七八九十]+检察厅|(?:未成年人|刑事)检察部门)?(?![^，]?率|{any_of(TERMS['body_kept'])})"
    rf"|(?:[市省]检?|市检察院)?第?[一二三四五六七](?:中院|中级法院|(?:检察)?分院)(?:本级)?(?:[及和](?=辖区))?(?!{any_of(TERMS['body_kept'])})"
    rf"|{_TOWN}[两三四五六七八九](?:地|市|县|区|州|院)(?:两级|基层)?(?:中院|(?:中级)?(?:人民)?法院|检察院|检察机关)?(?={ADVERBS}|{VERBS}|合计))"
)
_SEATS = (f"{number}{seat}" for number in "两三四五六七八九" for seat in "地市县区州院")
MAY_BE_BODY = re.compile(any_of([*TERMS["bodies"], *_SEATS, "中院", "分院", "中级法院"]))  # in all of BODY
PLACE_ONLY = re.compile(
    rf"(?:在?全[国省市县区州旗盟院](?:范围内)?(?={ADVERBS}|{VERBS}|$|刑事|民事|行政|案件|法官|检察官|员额|一线|各(?!级))|(?:(?!{VERBS})[一-龥]){{2,3}}地区(?:所有|各类?)|我[国省市县区](?=.{{4}}|[有共]|$))"
)
ANY_BODY = re.compile(rf"(?:(?!{VERBS})[一-龥0-9]){{2,16}}?{BODIES}(?:系统)?(?=对|{ADVERBS}|{VERBS})")
_ADVERB = re.compile(rf"(?:(?!干警$){ADVERBS})+(?!率)")
_WHOLE_WORD = re.compile(any_of(TERMS["whole_words"]))
_TAIL = re.compile(rf"(?:{any_of(TERMS['tails'])}|[、：“，])$")
_LONGEST_TAIL = max(map(len, TERMS["tails"]))
_TAIL_ENDINGS = frozenset("、：“，").union(word[-1] for word in TERMS["tails"])
_WHOLE_TAIL = re.compile(rf"{any_of(TERMS['whole_tails'])}$")
_PICTURES = r"\u2190-\u2bff\U0001f000-\U0001faff\ufe0f"
SYMBOLS = re.compile(rf"^(?:[{_PICTURES}]+|【[^】]{{1,12}}】)")
_NUMBERING = re.compile(r"^[“■□◆◇●○◎★☆▲△·•-]*(?:[0-9]{1,2}[.．、]|[①-⑳])(?=[一-龥“])")
_SINCE = re.compile(
    rf"^[^，]{{0,24}}?(?:成立|挂牌|运行|施行|实施|上线|启动|推行)[^，]{{0,6}}?来(?={ADVERBS}|{VERBS}|$)"
)
_JOINTLY = re.compile(rf"^[^，]{{0,10}}?(?:与|会同|和)[^，]{{2,14}}?(?:联合|共同)(?={VERBS})")
_WITH = re.compile(
    rf"(?:会同|联合|携手|联手)(?!{VERBS}|国)[^，]{{1,30}}?(?:等(?:相关|有关|多个?)?(?:部门|单位|机关|机构|组织)?|部门|单位|机关|银行|[局委会院厅联部])(?:共同|联合|一起)?(?=(?:诉前)?{VERBS})"
)
_DESK = re.compile(rf"“[^“”]{{1,10}}”(?:(?!{VERBS})[一-龥]){{0,6}}(?:工作室|团队|法庭|审判庭|合议庭)(?={VERBS})")
_ADVERBIAL = frozenset(word[0] for word in TERMS["adverbs"])
_TIMELY = frozenset(
    "0123456789一二三四五六七八九十〇两第自从仅在于至到前近起截以过去今当上下全本年半底末初中来目同期时每“—~-"
)
_IN_COMPANY, _QUOTED, _OVERALL = frozenset("会联携"), frozenset("“"), frozenset("在全我")
LEFT_OFF = ((_TIME, _TIMELY), (_DESK, _QUOTED), (_WITH, _IN_COMPANY), (_ADVERB, _ADVERBIAL))  # and how each begins
_LEADING = _OVERALL.union(*(openings for _, openings in LEFT_OFF))
_FIRST_HAN, _AFTER_HAN = "一", "龦"
_AMONG = re.compile(
    r"(?<!掩饰(?=、隐瞒))(?<!判决(?=、裁定))(?<!组织(?=、领导))(?<!生产(?=、销售))(?<!出租(?=、出售))(?<!引诱(?=、容留))(?<!伪造(?=、变造))(?<!编造(?=、传播))[、和与及]"
)  # within the name of a charge the mark parts nothing
_HEAD = re.compile(rf"^{VERBS}的")
_BRANCH_OF_LAW = re.compile(r"(?:刑事|民商?事|行政|执行|[一二]审)(?=[^率])")
_BRANCH_ALONE = re.compile(rf"^(?:{VERBS})*(?:刑事|民商?事|行政|执行|[一二]审)$")
_SHORTENED = re.compile(r"(?P<deed>收)、(?=结)|(?P<instance>一)、(?=二审)")
_PLACED_FIRST = re.compile(
    r"^.{0,8}(?:(?:排名|位居|位列|居|[数总]?量|数|占比)前.{1,2}位?的?(?:案由|罪名|类型|案件|案件类型)?"
    r"|(?:[较最居更][多高大前]|靠前|突出|集中|高发|多发)的(?:案由|罪名))(?:主要)?(?:分别|依次)?(?:是|为|有)"
)
_COUNTED = frozenset({"案件", "纠纷", "犯罪"})
_KIND = re.compile(r"(?:案件数?|纠纷|犯罪|率|数|金额|天数|时间|周期)$")
_DEEDS_COUNTED = re.compile(rf"{VERBS}(?:案件|人|件)?数$")
_OPENERS = "|的“”‘’、，；：。■□◆◇●○◎★☆▲△·•-—>》）"
_TO_WHOM = re.compile(
    rf"^(?:向|对|给|与|针对|就|围绕)[^，]{{2,60}}?(?<!违法)(?<!不当)(?<!违法行为)(?<!违法情形)(?<!违法活动)(?<!违法问题)(?={any_of(TERMS['for_someone'])})(?!依法(?:决定)?(?:不|批|逮捕|起诉|提起)|(?<=案件)提出[^，]{{0,4}}抗诉)"
)
INNER = re.compile(
    rf"(?<=[一-龥]{{2}})全年(?=[一-龥])|(?:共计|累计|依法|及时|全部|成功(?!调解)|高质量|高效|已|(?<!公)共|(?<=[一-龥]{{2}})(?:仍然?|依然|依旧))(?={VERBS})|(?<=[一-龥])共(?=[审受办结执判收化调组开起批立发提追为有破])"
)
MAY_BE_IDLE = re.compile("全年|共|累计|依法|及时|全部|成功|高质量|高效|已|仍|依[然旧]")  # in all of INNER
_ALSO = re.compile(rf"(?<=[一-龥]{{4}})并(?:依法|及时|当庭)*(?={VERBS})")
_DATED = re.compile(r"^[0-9]{4}年[^，的]{0,16}的(?=[^，]{4})")
_MEANS = re.compile(
    rf"^(?:以|通过|采取|采用|运用|利用|借助|依托)[^，]{{1,24}}?(?:形式|方式|手段|途径|渠道|模式|机制|平台|系统)(?=(?:诉前|网上|成功)*{VERBS}(?!案件).)"
)
_COMBINED = re.compile(
    rf"^结合[^，]{{0,24}}?(?:工作|活动|行动|办案|履职|职能|实际)(?=(?:诉前|网上|成功)*{VERBS}(?!案件).)"
)
_GUIDED = re.compile(
    rf"^(?:监督[、和]?)?指导(?:[、和]?监督)?[^，]{{0,24}}(?:法院|检察院|检察机关)(?:系统)?(?={ADVERBS}|{VERBS})"
)
_WITHIN = re.compile("^用[^，]{1,10}(?<=[天日月周年时间])[就便即][将把让]?")
_AFTERWARDS = re.compile(
    r"(?<=[一-龥]{2})在?被[^，]{2,16}?(?:后|的当天|当天|当日)"
    r"(?:当即|立即|立刻|随即|当场|迅速|马上|便|就|才|终于|主动|很快)+(?=[一-龥]{2})"
)
_OWED = re.compile(
    r"(?<=拖欠)(?:长达|已?达|近|了)?[一二两三四五六七八九十半数多余0-9]+个?[年月天]多?(?:之久)?(?!工资|的薪)"
)
_BY, _TOWARDS = (
    frozenset("以通采运利借依"),
    frozenset("向对给与针就围"),
)  # how _MEANS and _BY_WAY, and how _TO_WHOM begin
_BY_WAY = re.compile(rf"^通过(?=诉前|网上|跨域|线上|在线|巡回|简易|速裁|(?:委托|委派|特邀|司法|人民)?调解{VERBS})")
_WHERE = re.compile(rf"^在(?!线|校|押|逃|案|岗|职|建|审)(?:(?!{VERBS})[^，]){{2,16}}(?={VERBS}(?:.{{2}}|$))")
_LISTED = re.compile(
    rf"^(?P<verb>(?:[一二再]审)?+{VERBS}*+)(?P<list>.*[、，].*|[^等]{{13,}})等(?:一批|一系列|多起|多项)?"
    r"(?P<kind>(?!领域|方面|环节|行业|部门|重点)[^等]{4,})$"
)
_PLAIN_KIND = re.compile(
    r"^(?:各类|一审|相关|传统|刑事|民事|行政|新类型|涉案)*(?:(?:纠纷|犯罪)?案件|纠纷|犯罪|(?:犯罪)?嫌疑人|被告人|罪犯|活动|工作|方式|措施|制度|规定)?$"
)
_VERBAL = frozenset(word[0] for word in TERMS["verbs"])
VERB = re.compile(rf"{VERBS}(?P<more>[、和并及与](?={VERBS}))?")
_SECOND = re.compile(r"(?:开展|举办|推进|发放|审结|办结|执结|处理|化解|调处|查处|结案|办理|审查|侦查)")
_NOMINAL = re.compile(r"类?(?:案|纠纷|金|费|率|款|令|书|员|人(?!民)|活动|工作|事项|标的|申请|机制|制度|信访|异议|$)")
ELLIPTIC_ONLY = re.compile(rf"(?:{ELLIPTIC}[、和及与并，]?)+(?:数|量|总数|人数)?$")


def _strip_lead(words: str, *, bodied: bool, stripped: str = "") -> str:
    """Words without what opens them and does not name what is measured.

    ``bodied`` where they may name a body; ``stripped`` is what has come out of this before.
    """
    words = _drop(_NUMBERING, words) if words < _FIRST_HAN else words
    words = _drop(_SINCE, words) if "来" in words else words
    words = _drop(_JOINTLY, words) if "共同" in words or "联合" in words else words
    if words == stripped:
        return words
    bodied = bodied and MAY_BE_BODY.search(words) is not None
    while words:
        body = words.lstrip(_OPENERS) if not words.startswith("“") or "”" not in words else words
        if not (bodied or may_lead(body)):
            return body
        body = _without_opening(body, bodied=bodied)
        if body == words:
            break
        words = body
    return words


def deeds_apart(words: str) -> tuple[str, str]:
    """The words up to a further deed and that deed (被告人判处刑罚并追缴违法所得), "" where there is one only."""
    also = _ALSO.search(words) if "并" in words else None
    return (words[: also.start()], words[also.end() :]) if also else (words, "")


def may_lead(words: str) -> bool:
    """Whether words may open with any of those that are left off, but for a body that shows itself otherwise."""
    return words[:1] in _LEADING or "地区" in words[:5] or _is_marked(words)


def _is_marked(words: str) -> bool:
    """Whether words open with a picture or a title in brackets."""
    return not _FIRST_HAN <= words < _AFTER_HAN and SYMBOLS.match(words) is not None


def _without_opening(words: str, *, bodied: bool) -> str:
    """Words without one of each that is left off, in the order in which they stand."""
    words = words if _FIRST_HAN <= words < _AFTER_HAN else _drop(SYMBOLS, words)
    time = _TIME.match(words) if words[:1] in _TIMELY else None
    words = words[time.end() :] if time and _TIME_KEY.search(time.group()) else words
    if bodied:
        words = _drop(BODY, words)
        words = _drop(ANY_BODY, words) if "院" in words[:20] or "机关" in words[:20] else words
    words = _drop(PLACE_ONLY, words) if words[:1] in _OVERALL or "地区" in words[:5] else words
    words = _drop(_DESK, words) if words[:1] in _QUOTED else words
    words = _drop(_WITH, words) if words[:1] in _IN_COMPANY else words
    adverb = _ADVERB.match(words) if words[:1] in _ADVERBIAL else None
    return words[adverb.end() :] if adverb and not _WHOLE_WORD.match(words) else words


def _drop(pattern: re.Pattern[str], words: str) -> str:
    found = pattern.match(words)
    return words[found.end() :] if found else words


def strip_tail(words: str) -> str:
    """Words without the copulas and marks that lead over to the amount."""
    while words[-1:] in _TAIL_ENDINGS:
        found = _TAIL.search(words, max(0, len(words) - _LONGEST_TAIL))
        if found is None or _WHOLE_TAIL.search(words):
            break
        words = words[: found.start()]
    return words


@lru_cache(maxsize=2048)
def clean(words: str) -> str:
    """What is left of a clause before a figure when time, body, adverbs, addressee and copula are gone."""
    bodied = MAY_BE_BODY.search(words) is not None
    led = _strip_lead(words, bodied=bodied)
    led = words = _strip_lead(_without_way(without_scene(strip_tail(led))), bodied=bodied, stripped=led)
    words = _drop(_GUIDED, words) if "指导" in words[:6] else words
    words = _OWED.sub("", words) if "拖欠" in words else words
    words = _AFTERWARDS.sub("", words, count=1) if "被" in words[1:] else words
    words = _drop(_PLACED_FIRST, words) if "前" in words[:16] or "罪名" in words or "案由" in words else words
    bare = _drop(_TO_WHOM, words) if words[:1] in _TOWARDS else words
    words = _strip_lead(bare, bodied=bodied, stripped=led) if len(bare) >= 4 else words
    return tidy(words)


def _without_way(words: str) -> str:
    """Words without the place, the means or the way that they open with."""
    words = _drop(_WHERE, words) if words[:1] == "在" else words
    if words.startswith("结合"):
        return _drop(_COMBINED, words)
    if words[:1] not in _BY:
        return _drop(_WITHIN, words) if words[:1] == "用" else words
    return _drop(_BY_WAY, _drop(_MEANS, words))


def tidy(words: str) -> str:
    """Words without adverbs before an inner verb, a long list named by its kind."""
    words = words.removeprefix("已")
    words = _drop(_DATED, words) if words[4:5] == "年" else words
    return shorten(INNER.sub("", words) if MAY_BE_IDLE.search(words) else words)


def has_company(words: str) -> bool:
    """Whether a clause says that others helped, or that one named desk did it (会同公安等部门…, “春芽”工作室…)."""
    helped = ("联" in words or "会同" in words or "携手" in words) and _WITH.search(words) is not None
    return helped or ("”" in words and _DESK.search(words) is not None)


def addressee(words: str) -> str:
    """To whom something is sent in a clause (向行政机关发送…), "" where nobody is named."""
    found = _TO_WHOM.match(_strip_lead(strip_tail(words), bodied=True))
    return found.group() if found else ""


def shorten(words: str) -> str:
    """A long list closed by 等 and its own kind (故意伤害、抢劫等严重暴力犯罪) is named by the kind."""
    found = _LISTED.match(words) if "等" in words else None
    if not found or len(found["list"]) < 12 or _PLAIN_KIND.match(found["kind"]):
        return words
    return found["verb"] + found["kind"]


def parts_of(what: str) -> list[str]:
    """The names that a list deals out, each with the head and the kind that they share (受理的甲、乙案件)."""
    parts = [part for part in _AMONG.split(_spelt(_PLACED_FIRST.sub("", what))) if part]
    if len(parts) < 2:
        return parts
    head, kind = _HEAD.match(parts[0]), _KIND.search(parts[-1])
    dealt = None if is_verbal(parts[0]) else _DEEDS_COUNTED.search(parts[-1], 2)
    last = dealt.group() if dealt else kind.group() if kind else ""
    branch = _BRANCH_OF_LAW.match(parts[-1])
    if branch and all(_BRANCH_ALONE.search(part) for part in parts[:-1]):
        return [*(part + parts[-1][branch.end() :] for part in parts[:-1]), verb_of(parts[0]) + parts[-1]]
    deed = verb_of(parts[0]) if last in _COUNTED and thing_of(parts[0]) and not is_verbal(parts[1]) else ""
    first = head.group() if head else deed
    tails = [part if _KIND.search(part) else part + last for part in parts]
    return [tails[0], *(first + part for part in tails[1:])]


def _spelt(what: str) -> str:
    """A list without its short forms: 收、结案数 is 收案、结案数, 一、二审 is 一审、二审."""
    return _SHORTENED.sub(lambda m: "收案、" if m["deed"] else "一审、", what)


def is_verbal(words: str) -> bool:
    """Whether the words open with a verb of the trade."""
    return words[:1] in _VERBAL and VERB.match(words) is not None


@lru_cache(maxsize=2048)
def deed_and_thing(words: str) -> tuple[str, str]:
    """The verbs that open the words, "" where there are none, and the rest; 执行 in 执行案件 is no verb."""
    at, more = 0, True
    while words[at : at + 1] in _VERBAL and (found := VERB.match(words, at)):
        if at and (_NOMINAL.match(words, found.end()) or not (more or _SECOND.match(words, at))):
            break
        at, more = found.end(), found["more"] is not None
    return words[:at], words[at:]


def verb_of(words: str) -> str:
    """The verbs that open the words."""
    return deed_and_thing(words)[0]


def thing_of(words: str) -> str:
    """The words without the verbs that open them."""
    return deed_and_thing(words)[1]
