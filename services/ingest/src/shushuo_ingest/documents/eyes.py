"""Reading by eye, tile by tile: each tile is a task with a time limit of its own, so that long scans are not lost."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from shushuo_ingest.documents import ocr
from shushuo_ingest.documents.runs import Run
from shushuo_shared.errors import Poison

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_TILES = 400

Tile = tuple[int, int]
"""The page, from 1, and where on its picture the tile begins."""
Seen = Mapping[Tile, list[ocr.Found]]


class Unseen(Poison):
    """The document cannot be read before these tiles of it have been: ``see`` each, and read it again with them."""

    def __init__(self, tiles: tuple[Tile, ...]) -> None:
        super().__init__(tiles)
        self.tiles = tiles

    def __str__(self) -> str:
        return f"{len(self.tiles)} pictures of it have not been read yet"


class Eyes:
    """What is known of a document's pictures; with ``seen`` None they are read on the spot."""

    def __init__(self, seen: Seen | None) -> None:
        self._seen = seen
        self._wanted: list[Tile] = []
        self._faint: dict[int, int] = {}

    def runs(self, page: int, height: int, scale: float, picture: "Callable[[], Image]") -> list[Run]:
        """The runs in the picture of a page, boxes divided by ``scale``; none while a tile of it has not been seen."""
        tops = ocr.tiles(height)
        if self._seen is None:
            image = picture()
            return self._joined(page, [found for top in tops for found in ocr.read_tile(image, top)], scale)
        wanted = [(page, top) for top in tops if (page, top) not in self._seen]
        self._wanted += wanted
        if len(self._wanted) > MOST_TILES:
            raise Poison(f"it holds more than {MOST_TILES} pages of pictures; submit it in parts")
        return [] if wanted else self._joined(page, [f for top in tops for f in self._seen[page, top]], scale)

    def _joined(self, page: int, found: Sequence[ocr.Found], scale: float) -> list[Run]:
        if lines := ocr.faint(found):
            self._faint[page] = lines
        return ocr.joined(found, scale)

    def close(self) -> None:
        """Unseen when tiles were wanted that nobody has seen."""
        if self._wanted:
            raise Unseen(tuple(self._wanted))

    def unread(self) -> list[str]:
        """What was seen and could not be read, in words."""
        pages = ", ".join(f"{page} ({lines})" for page, lines in self._faint.items())
        return [f"lines not legible by OCR on page {pages}"] if pages else []
