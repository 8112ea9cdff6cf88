"""What reading a document yields: its text, and where each stretch of the text stands in the original."""

import json
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
