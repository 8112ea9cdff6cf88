"""Parts of what was just counted, told behind 其中 by what sets them apart alone."""

import re

from .frame import Reading
from .place import Place
from .vocabulary import PEOPLE, PEOPLE_WORDS
from .words import clean, deed_and_thing, is_verbal

PERSONS_OF = "其中<persons><metric>"
_UNDERGONE = re.compile(
    r"(?P<fate>受援|受助|受救助|获救助|被救助|获援|受害|受益|受训|参训|听课|旁听庭审|观摩庭审|旁听|到访|来访|上访|获刑|涉案|获奖|遇难|伤亡)"
    rf"(?:{PEOPLE_WORDS}|对象|人次|人数|师生)?(?:人次|人数)?$"
)
_FOR_WHOM = re.compile(rf"(?P<to>为|向|给|对)[^，]{{0,6}}?(?:{PEOPLE_WORDS}|对象|家庭)(?P<deed>[一-龥]{{2,16}})$")
_BOUNDED = re.compile(r"^.*?(?:以上|以下|以内|[不未]满)的?(?P<noun>[^，]*)$")
_PERSONS = frozenset({"人", "名", "位", "人次", "名次"})


def part_of_those(match: re.Match[str], place: Place) -> Reading | None:
    """Those of some persons just counted who are of a kind (受援人580人次，其中农民工210人次: 受援农民工)."""
    frame, part = place.frame, clean(match["part"])
    if frame.unit not in _PERSONS or is_verbal(part) or not part.endswith(PEOPLE) or not _goes_on(place):
        return None
    text = _among(frame.object, part)
    return Reading(text, alt=(part,), kind="measure") if text else None


def _goes_on(place: Place) -> bool:
    """Whether a figure opens a list of parts, or follows in it."""
    slot, last = place.slot, place.frame.last
    if slot.before.startswith("其中") or slot.lead[-1:] == ("其中",):
        return True
    return last is not None and last.rule == PERSONS_OF and not slot.lead and slot.joint in {"，", "、", ""}


def _among(whole: str, part: str) -> str:
    """What is counted of a part as of the whole, "" where the whole does not say."""
    undergone = _UNDERGONE.search(whole)
    if undergone:
        return undergone["fate"] + part
    served = _FOR_WHOM.search(whole)
    return f"{served['to']}{part}{served['deed']}" if served else ""


def part_beyond(match: re.Match[str], place: Place) -> Reading | None:
    """Those of what was just counted that lie beyond a bound (化解行政争议57件，其中争议10年以上的6件)."""
    frame = place.frame
    verb, thing = deed_and_thing(frame.object)
    if not frame.parted or place.unit != frame.unit or not thing:
        return None
    part, bounded = clean(match["part"]), _BOUNDED.match(thing)
    noun = bounded["noun"] if bounded else thing
    return Reading(f"{verb}{part}{noun}", alt=(part,), kind="measure")
