"""Where the words of a report stand in its original: the layout that ingest keeps beside the text, as one JSON list."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shushuo_shared.errors import Poison


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where ``text[start:end]`` stands: a page and box (PDF, picture), or an element (HTML, Word).

    ``box`` is left, top, right, bottom from the top left of the upright page, in points or pixels; ``sheet`` the
    page's width and height; ``element`` an XPath of the page's source, or the path of a paragraph or row in Word.
    """

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: tuple[float, float] | None = None
    element: str | None = None


def layout_json(layout: Iterable[Place]) -> bytes:
    """The layout as it is archived: one JSON list, absent fields left out."""
    places = [{key: value for key, value in asdict(place).items() if value is not None} for place in layout]
    return json.dumps(places, ensure_ascii=False, separators=(",", ":")).encode()


def read_layout(data: bytes) -> list[Place]:
    """The archived layout; Poison when it is none."""
    try:
        return [_place(found) for found in json.loads(data)]
    except (ValueError, TypeError, KeyError) as e:
        raise Poison(
            f"the layout that ingest kept of this report cannot be read ({type(e).__name__}: {e}): "
            "run extract in ingest's release or a newer one, then retry this dead letter"
        ) from e


def _place(found: dict[str, Any]) -> Place:
    known: dict[str, Any] = {key: found[key] for key in Place.__dataclass_fields__ if key in found}
    for key in ("box", "sheet"):
        if key in known:
            known[key] = tuple(known[key])
    return Place(**known)


def locate(layout: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """The places in the original over which ``text[start:end]`` extends, in order; none where no layout was kept."""
    first = bisect_right(layout, start, key=lambda place: place.end)
    last = bisect_right(layout, end - 1, key=lambda place: place.start)
    return tuple(layout[first:last])
