"""Zones: where a passage only plans, criticises itself, explains words or is page furniture.

Figures and highlights do not count there, except results told inside a glossary entry. A heading puts its whole part in
a zone; without one, the opening of a paragraph or sentence does.
"""

import re

from shushuo_extract.engine.types import Heading, Zone

from .paragraphs import Paragraph

_YEAR = r"(?:20[0-9]{2}|二〇[一二三四][〇一二三四五六七八九])年"
_PLAN_TITLE = re.compile(
    rf"(?:{_YEAR})?(?:今后|下一步|下步|下一阶段|明年|来年|未来|新一年|新的一年|来年|今年).{{0,14}}(?:工作|任务|打算|思路|安排|计划|部署|目标|展望|建议)"
    rf"|{_YEAR}.{{0,12}}(?:工作(?:任务|打算|思路|安排|计划|部署|建议|要点|展望|重点|目标)|主要任务|总体思路)"
    rf"|{_YEAR}(?:及|和)今后|(?:今后|下一步|未来)[^，。]{{0,6}}(?:工作|任务|打算|安排)?$|工作(?:打算|计划|展望|思路|安排)$|^展望{_YEAR}|对策建议|意见建议$"
)
_CRITICISM_TITLE = re.compile(r"(?:存在|面临|主要).{0,8}(?:问题|不足|困难|短板|差距)|问题(?:和|与)(?:不足|困难)|(?:困难|不足)(?:和|与)问题")
_GLOSSARY_TITLE = re.compile(r"(?:用语|名词|术语|词语|词汇|概念|专有名词).{0,6}(?:说明|解释|释义|注释|解读)|相关说明$|^附?注释?$")
_WILL = (
    r"将(?=继续|坚持|深入|全面|进一步|以|紧紧|紧扣|围绕|聚焦|认真|始终|不断|努力|全力|重点|切实|积极|充分|持续|大力|加强|着力|按照|严格|主动|一如既往|更加|推动|牢牢|力争|会|忠实|立足|在|从|把|新建|建设|建成|"
    r"完成|开展|推进|组织|出台|打造|深化|强化|加快|实施|健全|完善|高质量|贯彻|抓住|突出|锚定|牢记|再|奋力|提升|做)"
    r"(?![^，。；]{2,40}(?:作为|纳入|融入|摆在|贯穿|列为|列入|置于|落到|落实到|转化为|打造成|挺在|放在|贯彻到|延伸到|嵌入))"
)
_PLAN_OPENING = re.compile(
    rf"(?:{_YEAR}|今年|明年|新的一年|新一年|下一步|下步|下一阶段|接下来|今后|未来|面向未来|展望未来|展望{_YEAR})"
    rf"(?:(?!提出|要求|强调|表示|指出|承诺|部署|决定|认为|介绍)[^。；]){{0,40}}?(?:{_WILL}|我们要|要(?:以|坚持|深入|全面|继续)|拟|力争|争取|重点(?:做好|抓好)|(?<!年，)继续)"
    rf"|我们{_WILL}|(?:全市|全省|全县|全区|全国|各级)?(?:法院|检察院|检察机关|我院|本院)(?:系统)?{_WILL}"
)
_CRITICISM_OPENING = re.compile(
    r"(?:[^。；]{0,24}，)?(?:(?:在)?(?:看到|肯定|总结|取得)[^。]{0,12}成绩[^。]{0,10}同时|(?:我们|也|必须)[^。，]{0,6}清醒(?:地)?(?:认识|看)到|(?:报告指出|会议指出)?[，]?当前[^。]{0,20}还(?:存在|面临)|"
    r"(?:工作中|我们的工作|法院工作|检察工作)[^。]{0,14}(?:还|仍|依然)[^。]{0,6}(?:存在|面临|有)[^。]{0,20}(?:问题|不足|困难|短板|差距))"
)
_FURNITURE = re.compile(
    r"(?:□|◇)?(?:本报|本刊|全媒体)?(?:记者|通讯员|作者|编辑|责编|责任编辑|美编|校对|审核|审校|摄影|制图|供稿|来源|文字|排版|值班编委|监制|撰稿|初审|终审|图文|文[/／]图|编校|主编)[ ：:][^。，]{0,50}$"
    r"|□[^。]{0,40}$|(?:发布时间|发布日期|更新时间|浏览(?:次数|量)?|阅读(?:次数|量|数)?|点击(?:量|数|率)?|字号|字体|访问量|分享到?|打印|关闭|收藏|扫一扫|扫码|点赞|在看|转发|评论|上一篇|下一篇|相关链接|投稿|版权|ICP|网站标识码|联系电话|电话|邮编|地址|邮箱|返回顶部|长按|关注我们|微信号|公众号)[ ：:（0-9].{0,80}$"
    r"|-?[ ]?(?:第[ ]?)?[0-9]{1,3}(?:[ ]?页)?[ ]?-?$|第[ ]?[0-9]{1,3}[ ]?[页版].{0,20}$|[③④①②⑤]$"
)
_TOLD = re.compile(r"共(?:受理|办|审|新收|收|接)|同比|已(?!有)|较上年|以来[，共]")
_LIST_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}是|（?[一二三四五六七八九十]{1,2}）")


def of_paragraphs(view: str, paragraphs: list[Paragraph], headings: tuple[Heading, ...]) -> list[Zone]:
    """The zone of each paragraph."""
    titled = _titled(headings)
    zones: list[Zone] = []
    for p in paragraphs:
        heading = _covering(titled, p.start)
        zones.append(heading or _opened(view, p, zones[-1] if zones else "body"))
    return zones


def of_sentence(view: str, start: int, end: int, paragraph: Zone) -> Zone:
    """The zone of a sentence: its paragraph's, unless the sentence itself turns to plans or self-criticism."""
    limit = min(end, start + 90)
    if paragraph == "plan" and _past(view, start, limit):
        return "body"
    if paragraph != "body":
        return paragraph
    if _PLAN_OPENING.match(view, start, limit) and not _past(view, start, limit):
        return "plan"
    if _CRITICISM_OPENING.match(view, start, limit):
        return "criticism"
    return "body"


def _titled(headings: tuple[Heading, ...]) -> list[tuple[int, int, Zone]]:
    out: list[tuple[int, int, Zone]] = []
    for h in headings:
        zone = title_zone(h.title)
        if zone is not None:
            out.append((h.start, h.until, zone))
    return out


def title_zone(title: str) -> Zone | None:
    """The zone that a heading opens, if any."""
    if _GLOSSARY_TITLE.search(title):
        return "glossary"
    if _PLAN_TITLE.search(title) and "回顾" not in title:
        return "plan"
    return "criticism" if _CRITICISM_TITLE.search(title) else None


def _covering(titled: list[tuple[int, int, Zone]], at: int) -> Zone | None:
    return next((zone for start, until, zone in reversed(titled) if start <= at < until), None)


def _opened(view: str, p: Paragraph, before: Zone) -> Zone:
    """The zone that the opening words of a paragraph put it in; a list goes on with the zone before it."""
    limit = min(p.end, p.start + 90)
    if p.end - p.start <= 120 and _FURNITURE.match(view, p.start, p.end):
        return "furniture"
    if _CRITICISM_OPENING.match(view, p.start, limit):
        return "criticism"
    if _PLAN_OPENING.match(view, p.start, limit) and not _past(view, p.start, limit):
        return "plan"
    if before in {"plan", "criticism"} and _LIST_ITEM.match(view, p.start, limit):
        return before
    return "body"


def _past(view: str, start: int, end: int) -> bool:
    """Whether the words tell of the past after all: results are counted, not planned."""
    return _TOLD.search(view, start, end) is not None
