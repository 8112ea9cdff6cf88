"""Whether a clause tells of one field or group of people, so that what is counted after it is not of all cases."""

import re

from shushuo_extract.engine.literals import any_of

from .vocabulary import TERMS

_FIELD = re.compile(  # 加强未成年人司法保护, 推进跨境赌博犯罪治理; not 打击各类犯罪
    rf"{any_of(TERMS['fields'])}"
    r"|[一-龥]{2}(?<!刑事)(?<!各类)(?<!各种)(?<!违法)(?<!严重)(?<!惩治)(?<!打击)(?<!惩罚)(?<!预防)(?<!惩处)(?<!严惩)(?<!整治)犯罪(?!嫌疑人|分子)"
)
_SEVERAL = re.compile("等(?:重点|多个)?(?:领域|方面|工作|案件|重点)|为(?:主线|抓手|目标|牵引|统领|引领|中心|重点)")
_MANY = 3


def is_of_field(said: str) -> bool:
    """Whether a clause names one field or group, and not several as examples of all, nor what all work is for."""
    return 0 < len(_FIELD.findall(said)) < _MANY and _SEVERAL.search(said) is None
