"""Chinese letters read from a picture by RapidOCR, whose models come with its package (extra ``ocr``).

A picture is read in tiles: ``tiles`` of its height, ``read_tile`` for each, ``joined`` makes runs of what they gave.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from shushuo_ingest.documents.runs import Run
from shushuo_shared.errors import Poison

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = "reading pictures needs OCR, which is not installed: pip install 'shushuo-ingest[ocr]'"
TILE = 1600
OVERLAP = 240
CUT = 4.0
LEGIBLE = 0.8
FAINT = 0.5
FEWEST_FAINT = 4
_STOP = re.compile(r"(?<=[\u4e00-\u9fff”）%])°")  # what the models make of a full stop; degrees follow a number


@dataclass(frozen=True, slots=True)
class Found:
    """A run in the pixels of the whole picture, how sure OCR is of it, and how far from its tile's edge it stands."""

    run: Run
    score: float
    inner: float


def tiles(height: int) -> list[int]:
    """Where the tiles of a picture begin; neighbours overlap, so that every line is whole in one of them."""
    if height <= TILE + OVERLAP:
        return [0] if height <= TILE else [0, height - TILE]
    return [*range(0, height - TILE, TILE - OVERLAP), height - TILE]


def read_tile(image: "Image", top: int) -> list[Found]:
    """What stands in the tile of an RGB picture that begins at ``top``; Poison when OCR is not installed."""
    bottom = min(top + TILE, image.height)
    found = []
    for run, score in _read(image.crop((0, top, image.width, bottom))):
        above = run.top if top else TILE
        below = bottom - top - run.bottom if bottom < image.height else TILE
        if min(above, below) > CUT:
            whole = Run(run.text, run.left, run.top + top, run.right, run.bottom + top)
            found.append(Found(whole, score, min(above, below)))
    return found


def joined(found: Iterable[Found], scale: float = 1.0) -> list[Run]:
    """Each run once, of two at one place the one farther from its tile's edge; boxes divided by ``scale``.

    Faint ones are left out. Poison when the picture is hardly legible.
    """
    found = [one for one in found if one.score >= FAINT]
    if found and sum(one.score for one in found) / len(found) < LEGIBLE:
        raise Poison("the picture is hardly legible: what OCR makes of it cannot be trusted")
    kept: list[Run] = []
    for one in sorted(found, key=lambda f: -f.inner):
        if not any(_same_place(one.run, other) for other in kept):
            kept.append(one.run)
    kept.sort(key=lambda run: (run.top, run.left))
    return [Run(r.text, r.left / scale, r.top / scale, r.right / scale, r.bottom / scale) for r in kept]


def faint(found: Iterable[Found]) -> int:
    """How many lines are there that nobody can read: seen, but not sure enough in any tile to be believed."""
    found = list(found)
    read = [one.run for one in found if one.score >= FAINT]
    long = (one.run for one in found if one.score < FAINT and len(one.run.text) >= FEWEST_FAINT)
    return sum(1 for run in long if not any(_same_place(run, other) for other in read))


def _same_place(one: Run, other: Run) -> bool:
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    along = min(one.right, other.right) - max(one.left, other.left)
    return down > 0.5 * min(one.height, other.height) and along > 0.5 * min(
        one.right - one.left, other.right - other.left
    )


def _read(image: "Image") -> list[tuple[Run, float]]:
    import numpy

    # Its look for lines that stand on their head turns some that do not, and then drops them as illegible.
    result, _ = _engine()(numpy.asarray(image)[:, :, ::-1].copy(), use_cls=False, text_score=0.0)
    return [(_run(box, text), float(score)) for box, text, score in result or [] if text.strip()]


def _run(box: list[list[float]], text: str) -> Run:
    xs, ys = [point[0] for point in box], [point[1] for point in box]
    return Run(_STOP.sub("。", text.replace("丶", "、")), min(xs), min(ys), max(xs), max(ys))


@cache
def _engine() -> Any:
    """The recogniser, loaded once in a process."""
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError as e:
        raise Poison(INSTALL) from e
    return RapidOCR(intra_op_num_threads=2, inter_op_num_threads=1)
