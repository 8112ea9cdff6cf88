"""Texts of a place's court and procuratorate, which call them 县法院 and 县检察院; and whom these work with."""

import re

from shushuo_extract.rules.meta import passages, places
from shushuo_extract.rules.meta.told import HEAD
from shushuo_extract.rules.organs import names
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.structure.markers import BULLETS

_HEARD = re.compile(
    r"院[、和及与][省市县区州旗]?(?:中级|高级)?(?:人民)?(?:检察|法)院(?:的|所作的?)?(?:20[0-9]{2}年度?)?(?:[两2]个)?(?:工作)?报告"
)
_PARTNERED = re.compile(r"(?:联合|会同|携手|协同|联手|牵手|对接|联动|协助)[^，。；\n]{0,14}\Z")
_PARTNER_REACH = 18
_OPENERS = frozenset("\n 【" + BULLETS)
_ENDS = ("：", "\n", "】", "篇")
_BY_RUNG = ("relative", "generic")  # 县检察院, 检察院
_OFTEN = 2  # sentences with figures that 县检察院 opens on a page which is then not the court's alone
_SENTENCE_REACH, _FIGURE_REACH = 24, 60
_OPENS = re.compile(r"(?:[。\n]|\A)(?:[^，。；：\n]{0,16}[年月日间来期底末]，)?\Z")


def both_heard(view: str) -> bool:
    """Whether a congress heard the reports of both (听取了县人民法院、县人民检察院工作报告)."""
    return _HEARD.search(view, 0, HEAD) is not None


def heads(view: str, mention: Mention) -> bool:
    """Whether a heading or the lead of a line is the organ's name (■县检察院：)."""
    opens = mention.start == 0 or view[mention.start - 1] in _OPENERS
    return opens and (mention.end == len(view) or view.startswith(_ENDS, mention.end))


def is_partner(view: str, mention: Mention) -> bool:
    """Whether an organ is only another's partner (联合巫溪及巴东检察机关), which no 县法院 of the text means."""
    if mention.shape != "named":
        return False
    return _PARTNERED.search(view, max(0, mention.start - _PARTNER_REACH), mention.start) is not None


def implied(view: str, acting: tuple[Mention, ...]) -> tuple[Organ, ...]:
    """The organ that 县法院 means by the place the text is of, and its twin where each heads a part; none if open."""
    first = places.implied(view, acting)
    if first is None or first.seat is None:
        return (first,) if first else ()
    headed = {one.kind for one in acting if one.shape == "relative" and not one.plural and heads(view, one)}
    if not headed.issuperset(("court", "procuratorate")) and not both_heard(view):
        return (first,)
    return (first, names.local(first.seat, "court" if first.kind == "procuratorate" else "procuratorate"))


def beside(view: str, organ: Organ, acting: tuple[Mention, ...]) -> Organ | None:
    """The twin of a place's organ, where the page has a part on each or goes on to 县检察院 with figures of its own."""
    kind: names.OrganKind = "court" if organ.kind == "procuratorate" else "procuratorate"
    plain = [one for one in acting if one.shape in _BY_RUNG and not (one.plural or one.place or one.field)]
    own = [one for one in plain if one.kind == kind and one.scope and names.place_of(organ).endswith(one.scope[-1])]
    if not own:
        return None
    headed = {one.kind for one in plain if heads(view, one)}
    if len(headed) < 2 and sum(_opens_account(view, one) for one in own) < _OFTEN:
        return None
    if organ.seat:
        return names.local(organ.seat, kind)
    middle = "中级" if kind == "court" and organ.level == "intermediate" else ""
    return names.unlisted(names.place_of(organ) + middle + names.PLAIN[kind], kind)


def _opens_account(view: str, mention: Mention) -> bool:
    """Whether a mention opens a sentence, alone or after words of time, which goes on to a figure."""
    if _OPENS.search(view, max(0, mention.start - _SENTENCE_REACH), mention.start) is None:
        return False
    stop = view.find("。", mention.end, mention.end + _FIGURE_REACH)
    return passages.FIGURE.search(view, mention.end, stop if stop >= 0 else mention.end + _FIGURE_REACH) is not None
