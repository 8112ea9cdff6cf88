"""Who acts, where and along what: what a story sets before the deed that it counts, and no indicator needs."""

import re

from .vocabulary import VERBS

_SIGN = re.compile("官|警|办案|专案|专班|有一[家名位户]|院的|着|^[从按根依参一这主组牵]")  # in all that follows
_ONE_SUCH = re.compile(r"^[^，]{2,16}?(?<!具)有(?:这样|这么|那么)?一[家名位户](?=[^，]{4})")
_ONE = re.compile(
    r"^(?:(?:一|这)[件起宗桩]|一[张份条个封](?=[^，]{2,12}(?:案|纠纷|官司))|(?:主导|主持|组织|牵头)的)(?=[^，]{3})"
)
_PART_OF_BODY = re.compile(
    rf"^[^，]{{2,14}}?(?:法院|检察院)的[^，]{{2,8}}?(?:庭|室|局|队|组|中心|法官|检察官|干警)(?=在|先后|{VERBS})"
)
_GOES_ABOUT = (
    r"(?:先后|多次|反复|逐[一个户笔]|一路|连夜|[从沿顺循按]|根据|依据|通过|前往|赶[赴到]|奔赴|驱车|深入|往返|走|跑"
    r"|调取|查[清明到阅]|梳理|询问|勘验|找到|发现|核[对实]|翻阅|清点)"
)
_ACTING = re.compile(
    rf"^(?:(?!{VERBS})[^，]){{0,4}}?(?:(?:检察官|法官|干警)(?:们|团队)?|(?:办案|专案)(?:小?组|人员|团队)|专班)"
    rf"(?:(?:带着|带领|和|与|会同)[^，]{{2,8}}?)?(?={_GOES_ABOUT})"
)
_ALONG = re.compile(rf"^(?:顺着|沿着|循着)[^，]{{2,14}}?(?:一路|逐一|层层)?(?={VERBS})")
_OUT_OF = re.compile(rf"^从[^，]{{2,20}}?[中里](?={VERBS})")
_AS_AGREED = re.compile(
    rf"^(?:按照?|根据|依据|依照|参照)[^，]{{1,16}}?(?:方案|意见|要求|标准|计划|约定|协议|图纸|比例|指引)(?={VERBS})"
)
_LONGEST_SCENE = 30


def without_scene(words: str) -> str:
    """Words without who of a court's people acts, without the place and the traces along which that is done."""
    if not _SIGN.search(words, 0, _LONGEST_SCENE):
        return words
    for scene in (_ONE_SUCH, _ONE, _PART_OF_BODY, _ACTING, _ALONG, _OUT_OF, _AS_AGREED):
        found = scene.match(words)
        words = words[found.end() :] if found else words
    return words
