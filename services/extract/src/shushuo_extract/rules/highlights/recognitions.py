"""Recognitions: prizes, typical cases, approval, experience passed on, the lead among peers.

A pattern runs inside one clause; its production says what the clause is worth, or refuses.
"""

import re

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.types import Rule
from shushuo_shared.report import HighlightType

from .cues import About, Cue, rule
from .issuers import AUTHORITY, issuer_borne, issuer_named
from .vocabulary import alternatives, entries, words

_CASE = re.compile(words("object", "case"))
_SHOWS_CASE = re.compile("案|事例|庭审|裁判|文书|做法|范例|判例|建议|公报")  # one of them is in every case
_PRIZE = re.compile(words("object", "prize", "quoted"))
_TITLE = re.compile(words("object", "prize", "title"))
_CLASS = re.compile(r"[特一二三四]等奖|[金银铜]奖|优秀奖$|最佳[^，]{0,6}奖")
_SCHEME = re.compile(words("object", "scheme"))
_THING = re.compile(words("object", "thing"))
_ORGAN_TITLE = re.compile(words("object", "organ_title") + r"[”）]*(?:[0-9]+[个项次])?$")
_RECORD = re.compile(words("issuer", "record"))
_MEDIUM = re.compile(words("issuer", "medium"))
_HIGH_OFFICE = re.compile(r"中办|国办|中央|最高|省委|省政府|国务院|联合国|世界")
_LAY = re.compile(words("issuer", "lay"))
_OFFICE = re.compile(words("issuer", "office"))
_PLACE = re.compile(r"(?:全[国省市县区])?(?:第[一二三四五六七八九十0-9]+|首位|榜首)(?![批届季期个])")
_AMONG = re.compile(words("first", "scope"))
_CASE_KIND = re.compile(r"(?:纠纷|案件|犯罪|罪名?|案由|类型)(?:案件|数量|收案)?(?:数量|数)?[均稳高分别持续仍依然]*\Z")
_ENUMERATES = re.compile(r"的?(?:依次|分别|案由|罪名|案件|类型|纠纷)")
_EXPERIENCE = re.compile(r"典型经验|先进经验|最佳实践|经验做法")
_COUNT = re.compile(r"[0-9百千]+(?:余|多)?[次篇条期]")
_NTH = re.compile("第[一二三四五六]、?(?:第[一二三四五六]|名)")
_COMPETITION = re.compile("竞赛|比赛|大赛|比武")
_PRINTED = re.compile("公报》|选编|汇编")
_PRINTED_CASE: tuple[HighlightType, ...] = ("typical_case", "dissemination")
_SPREAD_WORD: tuple[HighlightType, ...] = ("endorsement", "dissemination")
_LAWS = re.compile(r"宪法|党章|民法典|刑法|法律|判决|裁定|笔录")


def _award(match: re.Match[str], name: str, prize: re.Pattern[str] | None) -> Cue | None:
    """A typical case, a place in a scheme or a prize, by what was awarded."""
    worth = _worth(match["object"], prize)
    if worth is None:
        return None
    types, about = worth
    issuer = issuer_named(match) if "issuer" in match.re.groupindex else issuer_borne(match)
    return Cue(types, *match.span(), name, about=about, issuer=issuer)


def _worth(target: str, prize: re.Pattern[str] | None) -> tuple[tuple[HighlightType, ...], About] | None:
    """What it means to be given something, and whether it is given to the organ; None where it is no ``prize``."""
    if "奖" in target and _CLASS.search(target):
        return ("honor",), "thing"
    if _SHOWS_CASE.search(target) and _CASE.search(target):
        return _PRINTED_CASE if _PRINTED.search(target) else ("typical_case",), "thing"
    if _SCHEME.search(target) and not _ORGAN_TITLE.search(target):
        return ("initiative",), "thing"
    if _EXPERIENCE.search(target):
        return ("dissemination",), "thing"
    if prize is not None and not prize.search(target):
        return None
    praised = target.endswith("通报表扬")
    return ("honor",), "thing" if praised or (_THING.search(target) and not _ORGAN_TITLE.search(target)) else "organ"


def _won(match: re.Match[str], name: str) -> Cue | None:
    """A title won; 蝉联第一 is a place."""
    return None if _PLACE.match(match["object"]) else _award(match, name, None)


def _titled(match: re.Match[str], name: str) -> Cue | None:
    return _award(match, name, _TITLE)


def _called(match: re.Match[str], name: str) -> Cue | None:
    """A title given by name; a role that is only assigned needs the word of a prize."""
    assigned = match["verb"] in ("确定为", "确立为", "认定为", "选定为", "选为", "列为", "列入", "纳入", "推选为", "记")
    return _award(match, name, _TITLE if assigned else None)


def _selected(match: re.Match[str], name: str) -> Cue:
    return Cue(("typical_case",), *match.span(), name)


def _obtained(match: re.Match[str], name: str) -> Cue | None:
    """A prize by its word, or a place in a competition."""
    if _NTH.search(match["object"]) and _COMPETITION.search(match.string, max(0, match.start() - 40), match.end()):
        return Cue(("honor",), *match.span(), name, about="organ")
    return _award(match, name, _PRIZE)


def _merited(match: re.Match[str], name: str) -> Cue:
    told = "issuer" in match.re.groupindex and match["issuer"] is not None
    return Cue(("honor",), *match.span(), name, about="organ", issuer=issuer_named(match) if told else None)


def _approved(match: re.Match[str], name: str) -> Cue | None:
    issuer = match["issuer"]
    if not AUTHORITY.search(issuer) and "批示" not in match["word"]:
        return None
    if _LAY.search(issuer) and not _OFFICE.search(issuer):
        return None
    types = _SPREAD_WORD if "推广" in match["tail"] else ("endorsement",)
    return Cue(types, *match.span(), name, issuer=issuer_named(match))


def _given(match: re.Match[str], name: str) -> Cue | None:
    """Approval told from its giver's side; in a clause of its own the giver stands in the one before."""
    if match["issuer"] and not AUTHORITY.search(match["issuer"]):
        return None
    return Cue(("endorsement",), *match.span(), name, issuer=issuer_named(match))


def _published(match: re.Match[str], name: str) -> Cue | None:
    if _COUNT.search(match.string, match.end(), match.endpos):
        return None
    return Cue(("dissemination",), *match.span(), name, issuer=issuer_named(match))


def _passed_on(match: re.Match[str], name: str) -> Cue | None:
    """Experience taken up by an authority or written into its papers; what is only counted is a figure."""
    issuer, tail = match["issuer"], match["tail"]
    if "案例库" in issuer and match["word"] == "收录":
        return Cue(("typical_case",), *match.span(), name, issuer=issuer_named(match))
    if match["word"] in ("报道", "宣传", "采用", "采纳", "收录"):
        takers = _HIGH_OFFICE if match["word"] in ("采用", "收录") else _MEDIUM
        if _COUNT.search(tail) or not (_MEDIUM.search(issuer) or takers.search(issuer)):
            return None
    written = match["word"] in ("写入", "写进", "编进", "载入", "编入") and _RECORD.search(tail)
    if not (written or AUTHORITY.search(issuer) or AUTHORITY.search(tail) or "全" in issuer):
        return None
    return Cue(("dissemination",), *match.span(), name, issuer=issuer_named(match))


def _written(match: re.Match[str], name: str) -> Cue | None:
    place = match["issuer"]
    if _LAWS.search(place) or not (AUTHORITY.search(place) or _RECORD.search(place)):
        return None
    return Cue(("dissemination",), *match.span(), name, issuer=issuer_named(match))


def _spread(match: re.Match[str], name: str) -> Cue:
    return Cue(("dissemination",), *match.span(), name)


def _led(match: re.Match[str], name: str) -> Cue | None:
    """A place among peers, and not of one kind of case among the others (借款纠纷居首位, 数量排名前三的依次为)."""
    text = match.string
    among = _AMONG.search(text, match.start(), match.end())
    of_cases = not among and _CASE_KIND.search(text, match.pos, match.start())
    if of_cases or _ENUMERATES.match(text, match.end(), match.endpos):
        return None
    return Cue(("ranking",), *match.span(), name, about="measure")


_OBTAINS = "|".join(f"{w[0]}(?<![抓捕查破缴截].){w[1:]}" for w in alternatives("recognition", "obtains"))
_PASSIVE = words("recognition", "passive")
_AREA = words("first", "scope")
_SPEECH = "了?[^，]{0,6}(?:经验|典型|先进|大会|书面)[^，]{0,4}(?:交流|介绍|发言)"
_FIELD_DAY = "(?:现场会|推进会|观摩会|交流会)"

AWARDS: tuple[Rule[Cue], ...] = (
    rule("<someone> wins <title>", rf"{words('recognition', 'wins')}(?P<object>.{{2,}})", _won),
    rule(
        "is named <title> by <issuer>",
        rf"{_PASSIVE}(?P<issuer>.{{0,40}}?)(?P<verb>{words('recognition', 'named')})(?P<object>.{{2,}})",
        _called,
        besides="被",
    ),
    rule(
        "<issuer> names <ours> <title>",
        r"(?P<issuer>[^，]{2,24}?)[将把](?:该|其|此|[我本]院|这一?)[^，]{0,16}(?:评为|命名为|确定为|认定为|授予)(?P<object>.{2,})",
        _titled,
        besides="将[该其此我本这]|把[该其此我本这]",
    ),
    rule("<case> is selected", r"(?:案例?|案件|文书)(?:均|也|双双|同时)?(?:入选|上榜|获选)(?![^，])", _selected),
    rule("is selected into <list>", rf"{words('recognition', 'enters')}(?P<object>.{{2,}})", _titled),
    rule(
        "obtains <prize>",
        rf"(?:{_OBTAINS})(?![利刑取悉])(?P<object>.+)",
        _obtained,
    ),
    rule(
        "achieves <title>",
        rf"{words('recognition', 'achieves')}(?P<object>[^，]{{0,30}}{words('object', 'rank_words')}.*)",
        _titled,
        besides=any_of(entries("object", "rank_words")),
    ),
    rule("earns a merit", r"(?:荣?[记立]|被(?P<issuer>[^，]{0,20}?)荣?记)[^，]{0,12}[一二三]等功", _merited),
    rule("is commended by <issuer>", r"(?:受到?|被)(?P<issuer>[^，]{2,30}?)(?:通报)?(?:表彰|嘉奖|奖励|激励)", _merited),
    rule("brings forth <model people>", r"涌现出?[^，]{0,30}(?:模范|优秀|先进|标兵|最美|十佳|楷模|榜样).*", _merited),
    rule("sweeps both gradings", r"(?:实现|获得?|连续)[^，]{0,50}(?:“?优秀”?等[次级]|“?双优秀”?)", _merited),
)
LISTED = rule(
    "is listed among the honours",
    rf"(?:全国|最高|全省|省|全市|市|全县|县|全区|区)[^，]{{0,30}}{words('object', 'title')}.*",
    _merited,
)
PRAISE: tuple[Rule[Cue], ...] = (
    rule(
        "<achievement> is approved by <leader>",
        rf"{words('recognition', 'receives')}(?P<issuer>.{{0,70}}?)"
        rf"(?P<word>{words('recognition', 'approval')})(?!信|会)(?P<tail>.*)",
        _approved,
    ),
    rule(
        "<leader> writes approval",
        r"(?P<issuer>(?:(?![获得受赢被])[^，]){2,30}?)(?:专门|亲自|先后|多次|均)*(?P<word>作[出了]?(?:重要|专门|肯定性)?批示|批示(?:予以)?(?:充分)?肯定|在批示中(?:指出|强调|肯定)?|在[^，]{2,24}上批示)(?!精神|要求)(?P<tail>.*)",
        _approved,
    ),
    rule(
        "<leader> gives approval to <achievement>",
        rf"(?P<issuer>[^，]{{0,30}}?)(?:对[^，]{{2,40}}?)?(?:给予|予以|表示)(?:了)?"
        rf"(?P<word>{words('recognition', 'approval')}|赞扬|赞赏|评价)(?P<tail>.*)",
        _given,
        besides="给予|予以|表示",
    ),
    rule(
        "<leader> praises <achievement>",
        r"(?P<issuer>[^，]{2,30}?)(?:对[^，]{2,40}?(?:通报表扬|通报表彰|批示肯定|点赞)|(?:高度|充分|这样)?[称盛]赞[^，]{4,}|(?<=报告)点赞了?[^，]{2,}|通报表[扬彰]了[^，]{4,}|点赞了?(?=[^，]{0,12}(?:法院|检察|法官))[^，]{4,})",
        _given,
        besides="对[^，]{2,40}?(?:通报|批示肯定|点赞)|称赞|盛赞|点赞|通报表[扬彰]了",
    ),
    rule(
        "is thanked by <authority>",
        r"(?P<issuer>[^，]{0,20}?(?:使馆|领事馆|大使(?!馆)|总领事(?!馆)|政府|部门|机构))[^，]{0,8}(?:来信|致信|致函|来函|发函)[^，]{0,4}(?:致谢|感谢|谢意)",
        _given,
    ),
)
SPREADING: tuple[Rule[Cue], ...] = (
    rule(
        "<experience> is passed on by <issuer>",
        rf"(?:{_PASSIVE}|获得?|得到)(?P<issuer>.{{0,50}}?)(?P<word>{words('recognition', 'spread')})(?P<tail>.*)",
        _passed_on,
        besides="被|获|得到",
    ),
    rule(
        "<experience> is told at <meeting>",
        r"在[^，]{2,45}?(?:会议|会|论坛|研讨|培训班|讲堂)[^，]{0,10}?(?:交流|推广|推介|介绍|发言|展示|亮相)"
        rf"|在[^，]{{2,30}}?[作做]{_SPEECH}|作{_SPEECH}|做{_SPEECH}",
        _spread,
    ),
    rule(
        "is written into <document>",
        rf"(?:被|获|已|并)*(?<!把)(?<!将){words('recognition', 'placed_in')}(?P<issuer>.+)",
        _written,
    ),
    rule(
        "<medium> reports <achievement>",
        rf"在?(?<!据)(?P<issuer>{words('issuer', 'medium')}+)"
        r"(?:[^，]{0,16}?(?:刊发|刊登|发表|报道|播出|推介)|[^，]{0,6}以[^，]{2,40}为题)",
        _published,
    ),
    rule(
        "<meeting> is held at <organ>",
        rf"{_AREA}[^，]{{0,24}}{_FIELD_DAY}[^，]{{0,6}}在[^，]{{2,12}}召开"
        rf"|在[我本][^，]{{1,6}}召开[^，]{{0,24}}{_FIELD_DAY}|承办了?的?{_AREA}[^，]{{0,24}}{_FIELD_DAY}",
        _spread,
    ),
    rule(
        "<issuer> spreads <our experience>",
        r"(?P<issuer>[^，]{2,24}?)(?:(?:专门|发文|总结|全面|向全[国省市])*(?:推广|转发|推介)了?(?:其|[我本该])[^，]{0,40}"
        r"(?:经验|做法|模式|机制|制度|工作法|报告|意见|方案)|(?:(?:专门|全文|发文)*予以|专题|专文|专门|全文)(?:转发|推广|推介|刊发)(?![^，]))",
        _written,
        besides="(?:推广|转发|推介)了?[其我本该]|予以|专题|专文|专门|全文",
    ),
    rule(
        "<issuer> takes up <our experience>",
        rf"(?P<issuer>[^，]{{2,30}}?)(?:[将把](?:[该其此]|[我本]院|这一?)[^，]{{0,16}}{words('recognition', 'takes')}|"
        r"(?<=会)推[广介](?!枫桥|先进|典型|成功)[一-龥“”]{2,6}(?:经验|做法|模式)(?![^，]))",
        _written,
        besides="将[该其此我本这]|把[该其此我本这]|会推[广介]",
    ),
    rule(
        "is spread across <area>",
        rf"[在向]?{_AREA}(?:法院|检察机关|检察院|政法系统|系统|范围|各地)*内?(?:全面|进行|予以|得到|获得?|加以|被|作为|复制|学习)*"
        r"(?:推广(?!使用|应用)|推行(?![一-龥]))|在全[国省][^，]{2,16}上架",
        _spread,
        besides=any_of(entries("first", "scope")),
    ),
)
LEADING: tuple[Rule[Cue], ...] = (
    rule(
        "leads its peers",
        "|".join(f"{verb}[^，]{{0,12}}(?:前列|前茅|领先|第一方阵|首位)" for verb in "走居位列处排")
        + rf"|领跑{_AREA}|名列前茅|"
        + "|".join(f"{area}领先" for area in entries("first", "scope"))
        + "".join(f"|{verb}[^，]{{0,8}}(?:第[一二三]|前[三五十])" for verb in ("名列", "位列", "位居", "排名", "进入")),
        _led,
    ),
)
