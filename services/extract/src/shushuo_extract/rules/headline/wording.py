"""Which words can stand in one line, away from the sentence that they were told in."""

import re
from decimal import Decimal

from shushuo_extract.engine.types import Found, Lifted
from shushuo_extract.rules.amounts.numerals import plain

_LONGEST = 28
_TEN_THOUSAND = 10_000
_BARE_RATE = re.compile(r".{0,2}(?:率|比|占比|金额)")
_CLAUSE = re.compile(
    r"[，；。：]|^(?:就|在|以|从|对|向|通过|促成|其中|每|这|那|该|其|由)|将|正在|(?:在|于|期间|目前|首次|的)$"
)
_BARE_SUBJECT = re.compile(
    r"(?:数量|总数|总量|占比|排名|均|其|该|此|这|也|并|[两几]项|[一二三四五六七八九十0-9]+项|[^，“”]{0,3}指标[^，“”]{0,2}[均分])"
)
_RECOGNISED = re.compile(r"(?:被|获|荣|入选|当选|入围|作为|受到|得到|在)")
_AMOUNT_AS_SUBJECT = re.compile(r"[0-9][余多]?[万亿千百]?[余多]?[件人名元%个份次亩家户](?:均|先后)?(?:被|获|荣|入选)")


def reads_alone(figure: Found) -> bool:
    """Whether the words before an amount name what it counts, rather than being what is left of a clause."""
    name = figure.indicator
    return len(name) <= _LONGEST and not _CLAUSE.search(name) and not _BARE_RATE.fullmatch(name)


def stands_alone(highlight: Lifted) -> bool:
    """Whether a title says of what or whom it speaks; without a subject only an honour is the organ's own."""
    title = highlight.title
    cut_short = title.count("“") != title.count("”") or title.count("《") != title.count("》")
    if cut_short or _BARE_SUBJECT.match(title) or _AMOUNT_AS_SUBJECT.search(title):
        return False
    return "honor" in highlight.types or not _RECOGNISED.match(title)


def printed(figure: Found) -> str:
    """An amount as printed, but for blanks; with the unit where that stands elsewhere, over a column of a table."""
    text = "".join(figure.text.replace("*", "").split())
    if not (text[-1].isdigit() and figure.unit):
        return text
    value = Decimal(figure.value)
    if figure.unit == "元" and value >= _TEN_THOUSAND:
        return f"{plain(value / _TEN_THOUSAND)}万元"
    return f"{plain(value)}{figure.unit}"
