"""What the head of a report says outright: its title, the session it was given to and when, and by whom."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from shushuo_extract.engine.records import Record
from shushuo_extract.rules.meta import title as headlines
from shushuo_extract.rules.meta import told
from shushuo_extract.rules.meta.told import HEAD, Day


@cache
def terms() -> dict[str, Any]:
    """The family's vocabulary."""
    return tomllib.loads(resources.files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))


class Head(Record, frozen=True):
    """``told`` is the day of the report or session, its year None where the text leaves it out.

    ``dated`` is the head after a line break, where it has a day or month with its year, else empty.
    """

    lines: tuple[tuple[int, str], ...]
    title: str | None = None
    meeting: str | None = None
    told: Day | None = None
    dated: str = ""


_LINE = re.compile(r"\S[^\n]*")
_HANZI_NUMBER = r"[一二三四五六七八九十]{1,3}"
_GATHERING = r"(?:会议|大会|全会|全体会议))(?=上|[ \n]|举行|）|，)"

_SESSION = re.compile(
    rf"{told.ANY_DATE}[ \n]{{0,4}}(?:下午|上午)?，?在[ \n]*(?P<meeting>[^。；，]{{2,60}}?{_GATHERING}"
)
_SESSION_MONTH = re.compile(rf"{told.MONTH}在[ \n]*(?P<meeting>[^。；，]{{2,60}}?{_GATHERING}")
_MEETING = re.compile(rf"届(?:人民代表大会|人大)(?:常务委员会|常委会)?第?{_HANZI_NUMBER}次(?:全体)?会议")
_TERM = re.compile(rf"[一-龥]{{2,16}}第?{_HANZI_NUMBER}\Z")


def read(text: str, view: str) -> Head:
    """The head of a report, from its text and its view of the same length."""
    lines = tuple(_lines(view[:HEAD]))
    dated = told.dated(view, 0, HEAD)
    held = _SESSION.search(dated) or _SESSION_MONTH.search(dated)
    return Head(
        lines,
        headlines.choose(text, lines),
        re.sub(r"\s", "", held["meeting"]) if held else _named_meeting(view),
        told.told(view, dated, lines, held),
        dated,
    )


def _named_meeting(view: str) -> str | None:
    """A congress session called by its number, with its place."""
    match = _MEETING.search(view, 0, HEAD)
    before = _TERM.search(view, max(0, match.start() - 20), match.start()) if match else None
    return before.group() + match.group() if match and before else None


def _lines(top: str) -> list[tuple[int, str]]:
    """The non-blank lines of the head with their offsets."""
    return [(match.start(), match[0].rstrip()) for match in _LINE.finditer(top)]
