"""The organ whose account published a post: the account's name, the day and the province it was sent from."""

import re

from shushuo_extract.rules import regions
from shushuo_extract.rules.meta.told import CLOCK, DATE, SENT_FROM
from shushuo_extract.rules.organs import names
from shushuo_extract.rules.organs.names import Organ

_LINE = re.compile(
    r"\n *(?:原创)? *(?P<place>[一-龥]{2,6}?)(?P<tail>检察院?|法院|中院|高院)(?:发布|在线|微信)? *"
    rf"{DATE}{CLOCK}{SENT_FROM}?(?=\n|\Z)"
)  # 云溪检察 2026年1月9日 18:00 江苏
_RUNGS: dict[str, regions.Rung] = {"中院": "prefecture", "高院": "province"}


def publisher(head: str) -> Organ | None:
    """The organ that a post's byline names in the dated head, where its short name means one place of that rung."""
    line = _LINE.search(head)
    if line is None:
        return None
    sent_from = regions.choose(regions.candidates(line["province"] or ""))
    rung = _RUNGS.get(line["tail"])
    found = (one for one in regions.candidates(line["place"]) if rung in (None, one.rung))
    division = regions.choose(found, sent_from.code if sent_from else "")
    return names.local(division, "procuratorate" if "检" in line["tail"] else "court") if division else None
