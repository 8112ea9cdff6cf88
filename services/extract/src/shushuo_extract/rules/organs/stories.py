"""Whose the figures of a told case are: the court or procuratorate that the story comes to, or has named before."""

import re

from shushuo_extract.rules.organs.mention import Mention

_PERSON = re.compile(
    "某|女士|先生|小姐|大[爷妈叔姐娘伯]|阿姨|奶奶|爷爷|老[人汉伯板]|(?:一[名位对家艘]|名叫|[0-9]岁的|年过|年近)"
    "|[民主户友师员工人者生]?[老小阿][一-龥](?=[和与的对在被把将从却就还承说花有给向到找又因为是没早名一开买去来租，])|(?:市|村|居|渔|牧)民[一-龥]|[业店车船]主[一-龥]"
)
_REACH, _CROSSING = 300, 500
_OF_ALL = re.compile("全国|各地|各级|近年来|[0-9]{4}年以来|数据|人次")


def openings(view: str, acting: tuple[Mention, ...]) -> list[tuple[int, int]]:
    """Where stories may begin that come to a named organ, after all others in its paragraph, and which it is."""
    found = []
    for at, mention in enumerate(acting):
        if mention.shape == "named":
            paragraph = view.rfind("\n", max(0, mention.start - _REACH), mention.start) + 1
            before = acting[at - 1].end if at else 0
            since = paragraph if before <= paragraph else view.find("。", before, mention.start) + 1
            if mention.start - since < _REACH and (since > 0 or before == 0):
                since = _earlier(view, max(since - _CROSSING, before), since, mention)
                found += [(since, at)] if since < mention.start else []
    return found


def _earlier(view: str, lowest: int, since: int, mention: Mention) -> int:
    """Where the story begins whose organ opens a paragraph: in those before it that tell of nobody but people."""
    opens = since > 0 and view[since - 1] == "\n" and view.find("。", since, mention.start) < 0
    while opens and since - 1 > lowest:
        line = view.rfind("\n", lowest, since - 1) + 1
        if line in (0, lowest) or _OF_ALL.search(view, line, since) or not tells_of_people(view, line, since):
            break
        since = line
    return since


def tells_of_people(view: str, start: int, end: int) -> bool:
    """Whether the words tell of one person or firm, as the opening of a case does."""
    return _PERSON.search(view, start, end) is not None
