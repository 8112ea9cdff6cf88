"""Whose a figure is by what it counts, where the text names nobody (环境行政处罚 is the environment authorities')."""

import re

from shushuo_extract.rules.organs.names import Organ
from shushuo_extract.rules.organs.vocabulary import terms

_CONVENED = re.compile(
    "[此本这当][次场天](?:新闻)?(?:发布会|通气会|通报会)上?[^，。；0-9]{0,4}(?:发布|公布|通报|推出)[^，。；0-9]{0,12}\\Z"
    "|[此本这][次批](?:集中)?(?:发布|公布|推出)的[^，。；0-9]{0,16}(?:案例|白皮书|文件|司法解释)[^，。；0-9]{0,6}\\Z"
)
_CLAUSE_REST = re.compile(r"[^，。；\n]{0,30}")


def told(view: str, start: int, offset: int) -> Organ | None:
    """The body that the words of the clause tell (环境行政处罚 is the environment authorities')."""
    begin = max(start, offset - 40)
    clause = view[max(view.rfind("；", begin, offset) + 1, begin) : clause_end(view, offset)]
    for entry in terms()["tells"]:
        if any(word in clause for word in entry["words"]):
            return Organ(entry["organ"], "other", "supreme")
    return None


def is_convened(view: str, start: int, offset: int) -> bool:
    """Whether the words before a number in its clause say that a press conference gives out so many papers."""
    return _CONVENED.search(view, max(start, offset - 40), offset) is not None


def clause_end(view: str, offset: int) -> int:
    """Where the clause that goes on at an offset ends."""
    rest = _CLAUSE_REST.match(view, offset)
    return rest.end() if rest else offset
