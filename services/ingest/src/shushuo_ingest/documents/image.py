"""Pictures of text: scans, photographs, the tall pictures of WeChat articles."""

import io
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from shushuo_ingest.documents import ocr
from shushuo_ingest.documents.eyes import Eyes, Seen, Tile
from shushuo_ingest.documents.flow import flow, lines_of
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_ingest.documents.sniff import media_type_of
from shushuo_shared.errors import Poison

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 100_000_000
WIDEST = 2400


def read(data: bytes, name: str, seen: Seen | None = None) -> ParsedDocument:
    """The picture's text with the box of each line; Poison when it is broken, too large, or OCR is not installed."""
    image = _opened(data)
    smaller, scale = _readable(image)
    eyes = Eyes(seen)
    runs = eyes.runs(1, smaller.height, scale, lambda: smaller)
    eyes.close()
    text, places = flow(lines_of(runs, 1, image.size))
    if not text:
        raise Poison("the picture has no text")
    layout = tuple(replace(place, page=None) for place in places)
    return ParsedDocument(
        text=text, media_type=media_type_of(data, name), layout=layout, unread="; ".join(eyes.unread()) or None
    )


def see(data: bytes, tile: Tile) -> list[ocr.Found]:
    """What stands in one tile of the picture."""
    return ocr.read_tile(_readable(_opened(data))[0], tile[1])


def _opened(data: bytes) -> "Image":
    """The picture upright on white."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data)) as image:
            warnings.simplefilter("ignore")
            if image.width * image.height > MOST_PIXELS:
                raise Poison(f"the picture has {image.width} × {image.height} pixels, more than {MOST_PIXELS:,}")
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except UnidentifiedImageError as e:
        raise Poison("the picture is broken: it cannot be opened") from e
    except (OSError, SyntaxError, ValueError) as e:
        raise Poison(f"the picture is broken or cut off: {e}") from e
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    return flat


def _readable(image: "Image") -> tuple["Image", float]:
    """The picture as it is read, a wide one smaller, and by how much."""
    scale = min(1.0, WIDEST / image.width)
    return (image.resize((WIDEST, round(image.height * scale))) if scale < 1 else image), scale
