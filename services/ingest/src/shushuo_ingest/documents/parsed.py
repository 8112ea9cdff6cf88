"""What reading a document yields: its text, and where each stretch of the text stands in the original."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where ``text[start:end]`` stands in the original: a page and box (PDF, picture), or an element (HTML, DOCX)."""

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    element: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """The text of a document; ``layout`` is in the order of the text and empty where the text is the original."""

    text: str
    media_type: str
    title: str | None = None
    layout: tuple[Place, ...] = ()

    def layout_json(self) -> bytes:
        """The layout as it is archived: one JSON list, absent fields left out."""
        places = [{k: v for k, v in asdict(place).items() if v is not None} for place in self.layout]
        return json.dumps(places, ensure_ascii=False, separators=(",", ":")).encode()


def locate(layout: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """The places in the original over which ``text[start:end]`` extends, in order; none where no layout was kept."""
    first = bisect_right(layout, start, key=lambda place: place.end)
    last = bisect_right(layout, end - 1, key=lambda place: place.start)
    return tuple(layout[first:last])
