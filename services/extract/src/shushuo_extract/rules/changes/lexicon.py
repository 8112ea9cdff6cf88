"""The vocabulary of growth, compiled once into pattern pieces."""

import re
import tomllib
from importlib.resources import files
from typing import Any

from shushuo_extract.engine.literals import any_of


def _load() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))


_TERMS = _load()
_VERBS, _BASES = _TERMS["verbs"], _TERMS["bases"]
UPWARD = frozenset(_VERBS["up"] + _VERBS["weak_up"])
STRONG = any_of(_VERBS["up"] + _VERBS["down"])
_ANY = [word for key in ("up", "down", "weak_up", "weak_down") for word in _VERBS[key]]
ANY, ANY_OR_SIGN = any_of(_ANY), any_of([*_ANY, "+", "-"])
LOWER_IS_BETTER = re.compile(any_of(_VERBS["lower_is_better"]))
AVERAGE, PEERS, YOY, TIMES, STANDARDS = (
    any_of(_BASES[key]) for key in ("average", "peers", "yoy", "times", "standards")
)
_DATES = (
    r"(?:[0-9]{4}|[一二三四五六七八九十前近]{1,3})年(?:来|间|度|底|末|初|以来)?"
    r"|[0-9]{1,2}月(?:份|底|末)?|上半年|前?[一二三四]季度|至|-"
)
FILLERS = re.compile(f"(?:{any_of(_TERMS['fillers']['words'])}|{_DATES}|[，、；：（）“” 。])*")
