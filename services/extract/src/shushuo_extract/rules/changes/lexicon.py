"""The vocabulary of growth, compiled once into pattern pieces."""

import re
import tomllib
from importlib.resources import files
from typing import Any

from ..amounts.lexicon import either


def _load() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))


_TERMS = _load()
_VERBS = _TERMS["verbs"]
UPWARD = frozenset(_VERBS["up"] + _VERBS["weak_up"])
STRONG = either(_VERBS["up"] + _VERBS["down"])
ANY = either([word for words in _VERBS.values() for word in words])
AVERAGE = either(_TERMS["bases"]["average"])
YOY = either(_TERMS["bases"]["yoy"])
_DATES = r"(?:[0-9]{4}|[一二三四五六七八九十前近]{1,3})年(?:来|间|度|底|末|初|以来)?|[0-9]{1,2}月(?:份|底|末)?|上半年|前?[一二三四]季度|至|-"
FILLERS = re.compile(f"(?:{either(_TERMS['fillers']['words'])}|{_DATES}|[，、；：（）“” 。])*")
LOWER_IS_BETTER = re.compile(either(_TERMS["fillers"]["lower_is_better"]))
