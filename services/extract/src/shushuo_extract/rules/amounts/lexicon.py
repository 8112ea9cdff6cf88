"""The vocabulary of amounts, compiled once into pattern pieces."""

import tomllib
from importlib.resources import files
from typing import Any

from shushuo_extract.engine.literals import any_of
from shushuo_shared.report import Approx


def _load() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))


def _unit_words(units: dict[str, Any]) -> list[str]:
    delivered = [f"{unit}{times}" for unit in units["deliverable"] for times in ("次", "（次）")]
    return [*units["counters"], *units["measures"], *units["durations"], *units["scores"], *delivered]


def _followers(words: list[str]) -> str:
    """What may not follow a counter; after ``!`` stands what may follow the follower."""
    return "|".join(
        f"{word}(?!{allowed})" if allowed else word for word, _, allowed in (w.partition("!") for w in words)
    )


TERMS = _load()
HAN = "〇零一二两三四五六七八九十百千万亿"
_UNITS = _unit_words(TERMS["units"])
UNIT = any_of(_UNITS, {unit: _followers(words) for unit, words in TERMS["units"]["unless_followed"].items()})
UNIT_OPENINGS = frozenset(unit[0] for unit in _UNITS)
UNIT_AFTER_HAN = frozenset(unit.lstrip(HAN)[0] for unit in _UNITS)
DURATIONS = frozenset(TERMS["units"]["durations"])
_QUALIFIERS = TERMS["qualifiers"]
_BEFORE = [*_QUALIFIERS["over"], *_QUALIFIERS["under"], *_QUALIFIERS["about"]]
BEFORE, BEFORE_ENDINGS = any_of(_BEFORE), frozenset(word[-1] for word in _BEFORE)
LOOSE = any_of(_QUALIFIERS["loose_over"])
LOOKALIKES = any_of(_QUALIFIERS["lookalikes"])
_AFTER = [*_QUALIFIERS["over_after"], *_QUALIFIERS["under_after"], *_QUALIFIERS["about_after"]]
AFTER_OPENINGS = frozenset(word[0] for word in _AFTER)
AFTER = any_of(_AFTER)
AFTER = AFTER.replace(r"\+", r"\+(?![0-9])")  # 98.7% +1.3个百分点
_INEXACT: tuple[Approx, ...] = ("over", "under", "about")
APPROX: dict[str, Approx] = {
    word: approx for approx in _INEXACT for place in ("", "_after") for word in _QUALIFIERS[approx + place]
}
APPROX |= {word: "about" if word.endswith(("数", "几")) else "over" for word in _QUALIFIERS["loose_over"]}  # 数十, 上千
RATES = any_of(TERMS["rates"]["words"])
REFUSED: dict[str, list[str]] = TERMS["refused"]
