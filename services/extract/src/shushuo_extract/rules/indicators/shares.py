"""Shares: a part of a whole, of which the clause before or the words behind the figure may say what it is."""

import re

from .frame import Reading, foremost
from .place import Place
from .vocabulary import VERBS
from .words import clean, parts_of

_WHOLE = re.compile(r"^(?:同期|全部|所有)?(?P<whole>.*?)(?:(?<!标)的|(?<=标的)的|达|为|近|约|超)*$")
_SUM = re.compile(r"(?:三者|两者|二者|以上|上述)?(?:合计|共计|总计|共$)(?=$|共)")
_SUMMED = re.compile(
    r"(?<=..)(?:等?[两三四五六七八九十2-9]{1,2}[个类项种]?(?:罪名|案由|类型|类案件|类纠纷|者))?(?:合计|共计|总计)$"
)
_BARE = 2
_OPENING = re.compile("^(?:其中)?(?:，)?(?:由|经)?")
_COUNT_ONLY = re.compile(rf"(?:{VERBS})?(?:人数|件数|案件数|数量|总量|金额|标的额?|涉案金额|收案数?)")
_LED_BY = re.compile(  # 年龄集中在18岁至35岁之间, 文化程度以初中以下为主, 婚后二至七年为高发期
    r"^[^，]{0,12}?(?:集中(?:在|于)|以|答案是)(?P<what>[^，]{2,20}?)(?:之间|为主|居多)?$|^(?P<peak>[^，]{2,20}?)(?:为|是)[^，]{0,12}(?:期|段|地|点)$"
)
_AMONG = re.compile(r"^(?:在|从)?(?P<whole>[^，]{2,24}?)(?:当中|之中|中|里)$")


def share(match: re.Match[str], place: Place) -> Reading | None:
    """A part's share of a whole; several parts where 分别 deals the shares out."""
    last, own = place.frame.last, clean(match["part"]).removesuffix("的")
    own = _SUMMED.sub("", own)
    if _SUM.match(match["part"]):
        alike = set(place.frame.told[-2:])
        parts = [*alike] if len(place.frame.told) > 1 == len(alike) else ["合计"]
    elif own:
        own = _whose(own, match["part"], place)
        place.frame.speak_of(own)
        parts = parts_of(own.removesuffix("分别")) if "分别" in match["part"] else [own]
    elif led := clean(_led(place)):
        parts = parts_of(led) if "分别" in match[0] else [led]
        place.frame.speak_of(led)
    elif "分别" in match[0]:
        parts = place.frame.told[-place.run() - 1 :]
    else:
        parts = [last.text.removesuffix("占比")] if last else []
    if not parts:
        return None
    found = _WHOLE.match(match["whole"] or "")
    whole = found["whole"] if found else ""
    shares = [f"{part}占{whole}比例" if whole else f"{part}占比" for part in parts]
    place.frame.queue = shares[1:]
    return Reading(shares[0], kind="measure")


def _led(place: Place) -> str:
    """What the clause before puts first or says that most are, "" where it does not."""
    if place.slot.joint != "，" or not place.slot.lead:
        return ""
    said = place.slot.lead[-1]
    by = _LED_BY.match(said)
    return foremost(said) or ((by["what"] or by["peak"]) if by else "")


def _whose(own: str, part: str, place: Place) -> str:
    """What has a share, with the deed's doer or what the clause before puts first where it is bare without them.

    其中检察机关提起的占92%: 检察机关提起案件; 性侵犯罪仍较突出，起诉人数占46%: 性侵犯罪起诉人数.
    """
    if part.endswith("的") and len(own) <= _BARE:
        return _OPENING.sub("", part) + (place.frame.thing or "")
    first = foremost(place.slot.lead[-1]) if _COUNT_ONLY.fullmatch(own) and place.slot.lead else ""
    return clean(first) + own if place.slot.joint == "，" else own


def whole_of_share(match: re.Match[str], place: Place) -> Reading | None:
    """All of which a share is told (占同期审结案件总数24万件的4.2%): the whole work, though a part was spoken of."""
    following, whole = place.following, clean(match["whole"])
    if following is None or following.before not in {"的", "的约", "的近"} or len(whole) < _BARE:
        return None
    total = whole.removesuffix("总数").removesuffix("总量")
    return Reading(whole, alt=(total,) if total != whole else (), kind="whole")


def share_of_whole(match: re.Match[str], place: Place) -> Reading | None:
    """The share of a whole whose count was told just before it."""
    whole, frame = place.frame.last, place.frame
    if whole is None or whole.kind != "whole":
        return None
    own = clean(place.slot.opener.partition("占")[0])
    part = own or (frame.told[-2] if len(frame.told) > 1 else "")
    return Reading(f"{part}占{whole.text}比例", kind="measure")


def part_done(match: re.Match[str], place: Place) -> Reading | None:
    """The share of some cases of which more is told after it (判决的案件中92%得到支持)."""
    what = clean(match["what"])
    return Reading(f"{what}{match['deed']}占比", kind="measure") if len(what) >= 2 else None


def ratio(match: re.Match[str], place: Place) -> Reading | None:
    """What is a fraction of something else of its kind (平均用时仅为全省均值的1/2)."""
    what, base = clean(match["what"]), clean(match["base"])
    return Reading(f"{what}与{base}之比", alt=(what,), kind="measure") if len(what) >= 2 else None


def such_share(match: re.Match[str], place: Place) -> Reading | None:
    """The share of what was counted that is of the kind told after it (其中五分之一是在假日提交的)."""
    last, lead = place.frame.last, place.slot.lead
    among = _AMONG.match(lead[-1]) if lead and place.slot.joint == "，" else None
    whole = clean(among["whole"]) if among else last.text if last and "其中" in place.slot.before else ""
    return Reading(f"{clean(match['what'])}的{whole}占比", alt=(match["what"] + "占比",), kind="measure")
