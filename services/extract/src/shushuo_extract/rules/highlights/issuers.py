"""Who gave a recognition: the organ that its words name, or that the prize bears in its name."""

import re

from .vocabulary import words

AUTHORITY = re.compile(words("issuer", "authority"))
_WHO = re.compile(
    r"[经由、了]?(?P<who>[^，]{2,}?)(?=[关来年工报总简要专头亲通在评予的、]|\Z)(?:关于[^，]*|来[^，]{0,8}(?:调研|视察|考察|指导)时[^，]*|(?:年度)?(?:工作)?(?:报告|总结|简报|要点)"
    r"|专题|头版|专版|专门|亲自|通报|在全[国省市]|评估|予以|[的、])*\Z"
)
_PLAIN_ORGAN = "高级人民法院|人民检察院|检察院|高院|中院|法院"
_BEARER = (
    r"(?:最高人民(?:法院|检察院)|最高[法检]院?"
    rf"|(?!中国|人民)(?:(?![全评优]|先进|模范|示范|文明|标杆|数字|智慧|基层)[一-龥]){{1,5}}?(?:{_PLAIN_ORGAN}))"
)
_BEARS = re.compile(rf"(?P<who>{_BEARER}(?:[、和]{_BEARER})*)(?=[^，”]{{2}})")


def issuer_named(match: re.Match[str]) -> tuple[int, int] | None:
    """The span of the named issuer, without what it did or wrote, where it names an authority."""
    who = _WHO.match(match.string, *match.span("issuer"))
    if who is None or not AUTHORITY.search(who["who"]) or who["who"].endswith(("级", "级以上")):
        return None
    return who.span("who")


def issuer_borne(match: re.Match[str]) -> tuple[int, int] | None:
    """The span of the organ that a prize or list bears in its name (最高检典型案例)."""
    named = _BEARS.match(match.string, *match.span("object"))
    return named.span("who") if named else None
