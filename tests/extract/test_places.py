"""A figure is told with its page and box or its element, when ingest kept a layout."""

from pathlib import Path
from typing import Any

from shushuo_shared.blobs import FolderBlobs
from shushuo_shared.layout import Place, layout_json, locate, read_layout
from tests.extract.test_handler import TEXT, answer, extract, raw

BOXED: dict[str, Any] = {"box": (72.0, 90.5, 400.0, 102.5), "sheet": (595.0, 842.0)}
LAYOUT = (
    Place(start=0, end=11, page=1, box=(72.0, 60.0, 300.0, 80.0), sheet=(595.0, 842.0)),
    Place(start=12, end=26, page=2, **BOXED),
    Place(start=26, end=len(TEXT), page=3, **BOXED),
)


async def test_a_figure_is_told_with_its_place(tmp_path: Path) -> None:
    ref = await FolderBlobs(tmp_path).put(layout_json(LAYOUT), "application/json")

    said = await answer(extract(tmp_path), raw(layout=ref))

    assert said.report is not None
    (figure,) = said.report.figures
    assert [(spot.page, spot.box) for spot in figure.places] == [(3, BOXED["box"])]
    assert said.report.text == TEXT


async def test_a_report_without_layout_has_no_places(tmp_path: Path) -> None:
    said = await answer(extract(tmp_path), raw())

    assert said.report is not None
    assert [figure.places for figure in said.report.figures] == [[]]


def test_a_layout_is_read_as_it_was_kept() -> None:
    kept = (*LAYOUT, Place(start=40, end=50, element="/html/body/p[2]"))

    assert read_layout(layout_json(kept)) == list(kept)


def test_a_passage_over_two_lines_has_both_places() -> None:
    assert locate(LAYOUT, 20, 30) == LAYOUT[1:]
    assert locate(LAYOUT, 11, 12) == ()
