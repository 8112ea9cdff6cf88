"""Reading order: a page's runs cut into columns of prose, which are read one after the other; tables stay whole."""

from collections.abc import Iterator, Sequence
from statistics import median

from shushuo_ingest.documents.runs import Run, around, rows_of

FEWEST_ROWS = 3
NARROWEST = 9.0
FULL = 0.7


def columns(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of each column or full-width stretch, in the order in which they are read."""
    if not runs:
        return
    gutter = _gutter(runs)
    if gutter is None:
        yield list(runs)
        return
    for across, band in _bands(runs, gutter):
        if across:
            yield band
            continue
        yield from columns([run for run in band if run.right <= gutter])
        yield from columns([run for run in band if run.left >= gutter])


def _gutter(runs: Sequence[Run]) -> float | None:
    """The place between two columns of prose that the fewest runs cross; None when there is none."""
    size = median(run.height for run in runs)
    best: tuple[int, float] | None = None
    for place in _gaps(runs, size):
        crossing = sum(1 for run in runs if run.left < place < run.right)
        if crossing * 3 > len(runs) or (best is not None and crossing >= best[0]):
            continue
        if any(not across and _prose_on_both_sides(band, place, size) for across, band in _bands(runs, place)):
            best = (crossing, place)
    return best[1] if best else None


def _gaps(runs: Sequence[Run], size: float) -> list[float]:
    """Candidate places: a little left of where several runs begin, when others end before it."""
    starts = sorted({round(run.left, 1) for run in runs})
    places = []
    for start in starts:
        beginning = sum(1 for run in runs if abs(run.left - start) < size * 0.3)
        ending = [run.right for run in runs if run.right < start]
        if beginning >= FEWEST_ROWS and len(ending) >= FEWEST_ROWS:
            places.append((max(ending) + start) / 2 if start - max(ending) < size * 4 else start - size * 0.3)
    return places


def _bands(runs: Sequence[Run], place: float) -> Iterator[tuple[bool, list[Run]]]:
    """The page from top to bottom in bands: (whether its rows cross the place, the band's runs)."""
    band: list[Run] = []
    crossing = False
    for row in rows_of(runs):
        crosses = any(run.left < place < run.right for run in row)
        if band and crosses != crossing:
            yield crossing, band
            band = []
        crossing = crosses
        band += row
    if band:
        yield crossing, band


def _prose_on_both_sides(band: Sequence[Run], place: float, size: float) -> bool:
    left = [run for run in band if run.right <= place]
    right = [run for run in band if run.left >= place]
    return _prose(left, size) and _prose(right, size)


def _prose(runs: Sequence[Run], size: float) -> bool:
    """Whether most rows fill the width that the runs share, and this is wide enough for prose: no cells of a table."""
    rows = rows_of(runs)
    if len(rows) < FEWEST_ROWS:
        return False
    left, _, right, _ = around(runs)
    if right - left < NARROWEST * size:
        return False
    filled = [sum(run.right - run.left for run in row) / (right - left) for row in rows]
    return sum(1 for share in filled if share > FULL) * 2 >= len(rows)
