"""The report in one line, and the three to six figures that a publicity office would lead with."""

from collections.abc import Sequence

from shushuo_extract.engine.types import Document, Found, Lifted
from shushuo_shared.report import Meta

from .rules import HIGHLIGHT_WEIGHTS, Ranked, called, heads, is_small, rank_figures, weight_of_highlight
from .wording import printed, reads_alone, stands_alone

__all__ = ["HIGHLIGHT_WEIGHTS", "choose"]

MOST = 6
_LINE = 60


def choose(doc: Document, meta: Meta, figures: Sequence[Found], highlights: Sequence[Lifted]) -> tuple[str, list[str]]:
    """The headline, and the ids of the key figures in the order in which to tell them."""
    ranked = rank_figures(doc, meta, figures, highlights)
    keys = _shared_out(ranked, meta)
    foremost = sorted(highlights, key=weight_of_highlight, reverse=True)  # of equal ones the first in the text
    best = next((h for h in foremost if not is_small(h) and stands_alone(h) and _is_told_of_us(h, meta)), None)
    best = best if best is not None and weight_of_highlight(best) > 0 else None
    told = _leads(keys, {entry.figure.id: entry.weight for entry in ranked}, best)
    if best is not None:
        told = [*told[:1], best.title, *told[1:]]
    return _line(_whose(meta), told), [figure.id for figure in keys]


def _is_told_of_us(highlight: Lifted, meta: Meta) -> bool:
    """Whether a title in a line on the report's organs would be read right: another's work must name the other."""
    below = highlight.organ in meta.organs and highlight.organ not in heads(meta)
    return not below or called(highlight.organ or "") in highlight.title


def _shared_out(ranked: list[Ranked], meta: Meta) -> list[Found]:
    """The best figures; where several organs report on one page, each has its turn."""
    by_organ: dict[str | None, list[Found]] = {}
    for entry in ranked:
        by_organ.setdefault(entry.figure.organ if entry.figure.organ in meta.organs else None, []).append(entry.figure)
    reporting = [organ for organ in meta.organs if organ in by_organ]
    if len(reporting) != 2:
        return [entry.figure for entry in ranked[:MOST]]
    return [figure for organ in reporting for figure in by_organ[organ][: MOST // 2]]


def _leads(keys: list[Found], weights: dict[str, int], best: Lifted | None) -> list[str]:
    """At most two of the key figures in words: those that read alone, matter, and are no part of the best highlight."""
    sound = {
        figure.indicator.removesuffix("人数"): figure
        for figure in reversed(keys)
        if reads_alone(figure) and not (best is not None and best.start <= figure.start < best.end)
    }
    first = {figure.id for figure in sound.values()}
    told = [figure for figure in keys if figure.id in first]
    weighty = [figure for figure in told if weights[figure.id]][:2]
    return [_told(figure) for figure in weighty or told[: best is None]]


def _told(figure: Found) -> str:
    """An indicator with its amount as printed: 新收刑事案件685件; the unit of 685人 says 人数 already."""
    name = figure.indicator.removesuffix("人数") if figure.unit in ("人", "名", "位") else figure.indicator
    return name + printed(figure)


def _whose(meta: Meta) -> str:
    """The organs and the year or years: 三门县人民法院2017—2021年."""
    organs = "、".join(heads(meta))
    years = [part[:4] for part in (meta.period or "").split("/") if part[:4].isdigit()]
    when = f"{'—'.join(dict.fromkeys(years))}年" if years else ""
    return organs + when


def _line(whose: str, told: list[str]) -> str:
    """As many parts as fit in one line; the first always does."""
    line = ""
    for part in filter(None, told):
        longer = f"{line}，{part}" if line else part
        if line and len(longer) > _LINE:
            break
        line = longer
    return f"{whose}：{line}" if whose and line else whose or line
