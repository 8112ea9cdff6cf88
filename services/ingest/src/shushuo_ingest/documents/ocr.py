"""Chinese letters read from a picture by RapidOCR, whose models come with its package (extra ``ocr``)."""

import re
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
_STOP = re.compile(r"(?<=[\u4e00-\u9fff”）%])°")  # what the models make of a full stop; degrees follow a number


def recognise(image: "Image") -> list[Run]:
    """The runs of text in an RGB picture, boxes in its pixels; Poison when it is hardly legible or OCR is absent."""
    found: list[tuple[Run, float, float]] = []
    for top in _tiles(image.height):
        bottom = min(top + TILE, image.height)
        for run, score in _read(image.crop((0, top, image.width, bottom))):
            inner = min(
                run.top if top else TILE,
                bottom - top - run.bottom if bottom < image.height else TILE,
            )
            if inner > CUT:
                found.append((Run(run.text, run.left, run.top + top, run.right, run.bottom + top), score, inner))
    scores = [score for _, score, _ in found]
    if scores and sum(scores) / len(scores) < LEGIBLE:
        raise Poison("the picture is hardly legible: what OCR makes of it cannot be trusted")
    return _once([(run, inner) for run, _, inner in found])


def _tiles(height: int) -> list[int]:
    """Where the tiles of a tall picture begin; neighbours overlap, so that every line is whole in one of them."""
    if height <= TILE + OVERLAP:
        return [0] if height <= TILE else [0, height - TILE]
    return [*range(0, height - TILE, TILE - OVERLAP), height - TILE]


def _once(found: list[tuple[Run, float]]) -> list[Run]:
    """Each run once: of two that two tiles read at one place, the one farther from its tile's edge."""
    kept: list[Run] = []
    for run, _ in sorted(found, key=lambda pair: -pair[1]):
        if not any(_same_place(run, other) for other in kept):
            kept.append(run)
    return sorted(kept, key=lambda run: (run.top, run.left))


def _same_place(one: Run, other: Run) -> bool:
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    along = min(one.right, other.right) - max(one.left, other.left)
    return down > 0.5 * min(one.height, other.height) and along > 0.5 * min(
        one.right - one.left, other.right - other.left
    )


def _read(image: "Image") -> list[tuple[Run, float]]:
    import numpy

    result, _ = _engine()(numpy.asarray(image)[:, :, ::-1].copy())
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
