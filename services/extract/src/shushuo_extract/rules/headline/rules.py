"""How figures and highlights are weighed against each other for the front page."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from importlib.resources import files

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.records import Record
from shushuo_extract.engine.types import Document, Found, Lifted
from shushuo_shared.report import Meta

_TERMS: dict[str, dict[str, int]] = tomllib.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))
_CODES, _WORDS, _BONUS = _TERMS["codes"], _TERMS["words"], _TERMS["bonus"]
_WORD = re.compile(any_of(_WORDS))
_FROM = re.compile(r"[由从][^，。；]{0,16}$")
_FROM_REACH = 18
_SMALL = re.compile(r"论文|文章|裁判文书|调研报告")
_LOW_PLACE = re.compile(r"第[ ]?(?:[1-9][0-9]|[4-9](?![0-9]))[ ]?[位名]?(?![一-龥])$")
HIGHLIGHT_WEIGHTS = _TERMS["highlights"]
_ORGAN_WORDS = re.compile(r"(?:[中高]级)?人民(?:法院|检察院)\Z")
_IN_TABLE = "organ: named in the table"  # one court of a list of courts does not lead the page of all
_LEAST, _FEWEST = 40, 3


class Ranked(Record, frozen=True):
    """A figure with its weight."""

    figure: Found
    weight: int


def heads(meta: Meta) -> tuple[str, ...]:
    """The organs that a report is of: the first, and its twin of the same place (平湖市人民法院、平湖市人民检察院)."""
    if len(meta.organs) < 2 or _place(meta.organs[0]) != _place(meta.organs[1]):
        return tuple(meta.organs[:1])
    return tuple(meta.organs[:2])


def called(organ: str) -> str:
    """The two characters by which a text calls an organ in short (石家庄市鹿泉区人民检察院: 鹿泉)."""
    return _place(organ).rstrip("省市县区州旗")[-2:]


def _place(organ: str) -> str:
    return _ORGAN_WORDS.sub("", organ)


def rank_figures(doc: Document, meta: Meta, figures: Sequence[Found], highlights: Sequence[Lifted]) -> list[Ranked]:
    """The figures worth leading with, heaviest first, each indicator once."""
    changed = {figure.of for figure in figures if figure.role == "change" and figure.basis == "yoy"}
    placed, own = _placed(figures, highlights), heads(meta)
    weighed: list[Ranked] = []
    for figure in _leading(meta, own, figures):
        weight = _base(figure)
        if weight:
            weight += _BONUS["ranked"] * (figure.id in placed) + _BONUS["yearly_change"] * (figure.start in changed)
            weight += _BONUS["document_period"] * (figure.period == meta.period) + _BONUS["own"] * (figure.organ in own)
        if _is_past(doc, figure):
            weight -= _BONUS["past"]
        weighed.append(Ranked(figure, weight))
    worth = _ranking([entry for entry in weighed if entry.weight >= _LEAST])
    return worth if len(worth) >= _FEWEST else _ranking(weighed)[:_FEWEST]


def _ranking(weighed: list[Ranked]) -> list[Ranked]:
    """The heaviest figure of each indicator, heaviest first."""
    best: dict[tuple[str, str, str | None], Ranked] = {}
    for entry in weighed:
        figure = entry.figure
        key = (figure.code or figure.indicator, figure.unit, figure.organ)
        if key not in best or entry.weight > best[key].weight:
            best[key] = entry
    return sorted(best.values(), key=lambda entry: (-entry.weight, entry.figure.start))


def _leading(meta: Meta, own: tuple[str, ...], figures: Sequence[Found]) -> list[Found]:
    """The amounts of a report's own organs."""
    ours = {organ for organ in {figure.organ for figure in figures} if _is_ours(organ, own, meta)}
    return [
        figure
        for figure in figures
        if figure.role == "metric"
        and figure.organ in ours
        and figure.indicator
        and figure.value.strip("0.")
        and (figure.organ in own or _IN_TABLE not in figure.rule)
    ]


def _is_past(doc: Document, figure: Found) -> bool:
    """Whether a figure is only where a change began: 由2021年的87.6%上升至."""
    opened, reached = figure.sentence[0], figure.start - _FROM_REACH
    before = doc.view[reached if reached > opened else opened : figure.start]
    return ("由" in before or "从" in before) and _FROM.search(before) is not None


def _is_ours(organ: str | None, own: tuple[str, ...], meta: Meta) -> bool:
    """Whether it is the report's own; the police, the ministries and one court below it do not lead its page."""
    if organ is None or organ in own:
        return True
    return organ not in meta.organs and ("法院" in organ or "检察" in organ)


def _base(figure: Found) -> int:
    """What an indicator weighs by its code, or by its words."""
    weight = _CODES.get(figure.code, 0) if figure.code else 0
    if weight or not _WORD.search(figure.indicator):
        return weight
    return next(weighs for word, weighs in _WORDS.items() if word in figure.indicator)


def _placed(figures: Sequence[Found], highlights: Sequence[Lifted]) -> set[str]:
    """Ids of the figures, which are in order, that stand in a ranking highlight."""
    starts = [figure.start for figure in figures]
    spans = [(h.start, h.end) for h in highlights if "ranking" in h.types]
    return {
        figure.id for start, end in spans for figure in figures[bisect_left(starts, start) : bisect_left(starts, end)]
    }


def is_small(highlight: Lifted) -> bool:
    """Whether a highlight tells of a low place or of a mere paper, which leads no page."""
    return _LOW_PLACE.search(highlight.text) is not None or _SMALL.search(highlight.text) is not None


def weight_of_highlight(highlight: Lifted) -> int:
    """How far forward a highlight belongs: its standing, then its best type."""
    standing = HIGHLIGHT_WEIGHTS.get(highlight.level or "", 0)
    return standing + max(map(HIGHLIGHT_WEIGHTS.__getitem__, highlight.types))
