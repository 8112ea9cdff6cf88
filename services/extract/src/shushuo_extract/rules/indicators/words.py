"""Words of the trade, compiled once: what may be left off an indicator, and what an indicator is made of."""

import re
import tomllib
from importlib.resources import files
from typing import Any

_TERMS: dict[str, Any] = tomllib.loads((files(__package__) / "terms.toml").read_text(encoding="utf-8"))


def any_of(key: str) -> str:
    """The words under ``key`` as one alternation, longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, set(_TERMS[key])), key=lambda w: (-len(w), w))) + ")"


VERBS, ELLIPTIC, PEOPLE_WORDS, BODIES = any_of("verbs"), any_of("elliptic"), any_of("people"), any_of("bodies")
ADVERBS = any_of("adverbs")
WIDE = frozenset(_TERMS["wide"])
EXPANSIONS: dict[str, str] = _TERMS["expansions"]

_NUMBER = r"[0-9一二三四五六七八九十〇两]"
_TIME = re.compile(
    rf"(?:自|从|截至|截止|仅|在|于|至|到|以来|前|近|过去|去年|今年|当年|上年|全年|本年度?|年内|目前|同期|期间|时期|{_NUMBER}+(?=至|到|-|—|~)|第?{_NUMBER}+(?:年|月份?|日|个月|季度)(?:度|间|份|内)?(?!以上|以下|以内|有期|不满|徒刑)|第{_NUMBER}季度"
    r"|上半年|下半年|年?[底末初中]|以来|来|“十[一二三四五]五”(?:规划)?|一年来|每年|—|-|~|起)+"
)
_TIME_KEY = re.compile(rf"{_NUMBER}(?:年|月|日|个月|季度)|[去今当上全本]年|以来|目前|同期|期间|时期|上半年|下半年|过去|每年|年内|截[至止]")
_PLACE = r"(?:全[国省市县区州旗盟院]|各级|地方各级|两级|各地|基层|试点|本[省市县区]|我[国省市县区]|[省市县区]|(?!" + VERBS + r")[一-龥]{2,7}?(?:省|市|县|区|州|盟|旗|自治区|海事|铁路运输|互联网|知识产权|金融|中级|高级))"
_BODY = re.compile(rf"(?:由|让)?{_PLACE}{{0,4}}(?:最高|中级|高级)?(?:人民)?{BODIES}(?:系统)?(?![^，]{{0,1}}率|的|、|和|与|依托|讨论|学术|工作|调研|干警|负责人|法官|代表|领导|主要|、)")
_PLACE_ONLY = re.compile(r"(?:全[国省市县区州旗盟院](?:范围内)?(?=" + ADVERBS + "|" + VERBS + r"|$)|我[国省市县区](?=" + VERBS + r"))")
_ANY_BODY = re.compile(rf"(?:(?!{VERBS})[一-龥0-9]){{2,16}}?{BODIES}(?:系统)?(?=对|{ADVERBS}|{VERBS})")
_ADVERB = re.compile(rf"{ADVERBS}+")
_KEPT = re.compile(r"首次执行|新(?:收|增|建|设|型|开|产|立)|共(?:享|同富|建|治|犯|青|产|商)|经(?:济|营|查|贸|开|典|过)|有(?:效率|期)|如(?:实|期)|即(?:时)|成功率|公正司法|全面推|协同|联合(?:开|出|制|印|签|发)|集中(?:管|配)|并(?:购|案)|强制|与(?:企|民)|和(?:解|谐|睦)|及(?:格)|集中送|重点(?:人|领|工|项|青|案)|加强型|主动(?:履|公开|退|投)|自动|就(?:业|地|学|近)|而立|则|另案|也门|均(?:衡)|已(?:决)|严格证|积极(?:反馈)|定期(?:宣)|坚持(?:和)|干警(?:人|违)|先后顺")
_TAIL = re.compile(rf"(?:{any_of('tails')}|[、：“，])$")
_TAIL_KEPT = re.compile(r"(?:标的|送达|到达|直达|表达|传达|下达|发达|不等|平等|同等|对等|人均|年均|日均|初等|目的|行为|人为|作为|认为|共有|国有|所有|持有|私有|统计|审计|会计|设计|合约|节约|履约|违约|失约|签约|公约|预约|制约|集约|被占|侵占|强占|挪占)$")
_OPENERS = "“”‘’、，；：。■□◆◇●○◎★☆▲△·•-—>》）"
_TO_WHOM = re.compile(rf"^(?:向|对|给|与|针对|就|围绕)[^，]{{2,60}}?(?=(?:及时|依法|共|累计|制发|发出|发送|提出|移送|移交|发放|提供|送达|推送|通报|印发|出具|公开))")
_INNER = re.compile(rf"(?:共计|累计|依法|及时|成功|(?<![一-龥]公)共)(?={VERBS})|(?<=[一-龥])共(?=(?:审|受|办|结|执|判|收|化|调|组|开|起|批|立|发|提|追|为|有|破))")
_WHERE = re.compile(rf"^在(?!线|校|押|逃|案|岗|职|建|审)(?:(?!{VERBS})[^，]){{2,16}}(?={VERBS}.{{2}})")
_LISTED = re.compile(rf"^(?P<verb>{VERBS}*)(?P<list>.*[、，].*|[^等]{{13,}})等(?:一批|一系列|多起|多项)?(?P<kind>(?!领域|方面|环节|行业|部门|重点)[^等]{{4,}})$")
_PLAIN_KIND = re.compile(r"^(?:各类|一审|相关|传统|刑事|民事|行政|新类型|涉案)*(?:案件|纠纷|纠纷案件|犯罪|犯罪案件|活动|工作|方式|措施|制度|规定)?$")
_VERB = re.compile(rf"{VERBS}(?P<more>[、和并及与](?={VERBS}))?")
_SECOND = re.compile(r"(?:开展|举办|推进|发放|审结|办结|执结|处理|化解|调处|查处|结案)")
_NOMINAL = re.compile(r"类?(?:案|纠纷|金|费|率|款|令|书|员|人(?!民)|活动|工作|事项|标的|申请|机制|制度|信访|异议|$)")
ELLIPTIC_ONLY = re.compile(rf"(?:{ELLIPTIC}[、和及与并，]?)+(?:数|量|总数|人数)?$")


def _strip_lead(words: str) -> str:
    while words:
        body = words.lstrip(_OPENERS) if not words.startswith("“") or "”" not in words else words
        time = _TIME.match(body)
        if time and _TIME_KEY.search(time.group()):
            body = body[time.end() :]
        body = _drop(_BODY, body)
        body = _drop(_ANY_BODY, body) if "院" in body[:20] or "机关" in body[:20] else body
        body = _drop(_PLACE_ONLY, body)
        adverb = _ADVERB.match(body)
        if adverb and not _KEPT.match(body):
            body = body[adverb.end() :]
        if body == words:
            break
        words = body
    return words


def _drop(pattern: re.Pattern[str], words: str) -> str:
    found = pattern.match(words)
    return words[found.end() :] if found else words


def strip_tail(words: str) -> str:
    """Words without the copulas and marks that lead over to the amount."""
    while words and (found := _TAIL.search(words)) and not _TAIL_KEPT.search(words):
        words = words[: found.start()]
    return words


def clean(words: str) -> str:
    """What is left of a clause before a figure when time, body, adverbs, addressee and copula are gone."""
    words = _strip_lead(_WHERE.sub("", strip_tail(_strip_lead(words))))
    bare = _TO_WHOM.sub("", words)
    words = _strip_lead(bare) if len(bare) >= 4 else words
    return shorten(_INNER.sub("", words))


def addressee(words: str) -> str:
    """To whom something is sent in a clause (向行政机关发送…), "" where nobody is named."""
    found = _TO_WHOM.match(_strip_lead(strip_tail(words)))
    return found.group() if found else ""


def shorten(words: str) -> str:
    """A long list closed by 等 and its own kind (故意伤害、抢劫等严重暴力犯罪) is named by the kind."""
    found = _LISTED.match(words)
    if not found or len(found["list"]) < 12 or _PLAIN_KIND.match(found["kind"]):
        return words
    return found["verb"] + found["kind"]


def is_verbal(words: str) -> bool:
    """Whether the words open with a verb of the trade."""
    return _VERB.match(words) is not None


def verb_of(words: str) -> str:
    """The verbs that open the words, "" where there are none; 执行 in 执行案件 is none."""
    at, more = 0, True
    while found := _VERB.match(words, at):
        if at and (_NOMINAL.match(words, found.end()) or not (more or _SECOND.match(words, at))):
            break
        at, more = found.end(), found["more"] is not None
    return words[:at]


def thing_of(words: str) -> str:
    """The words without the verbs that open them."""
    return words[len(verb_of(words)) :]


_PREDICATE_END = re.compile(r"(?:等|，)$")


def squeeze_predicate(words: str) -> str:
    """The words after a number, no longer than a name can be."""
    return _PREDICATE_END.sub("", words[:40])
