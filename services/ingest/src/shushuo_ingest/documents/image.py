"""Pictures of text: scans, photographs, the tall pictures of WeChat articles."""

import io
import warnings
from typing import TYPE_CHECKING

from shushuo_ingest.documents import ocr
from shushuo_ingest.documents.flow import flow, lines_of
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_ingest.documents.runs import Run
from shushuo_ingest.documents.sniff import media_type_of
from shushuo_shared.errors import Poison

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 100_000_000
WIDEST = 2400


def read(data: bytes, name: str) -> ParsedDocument:
    """The picture's text with the box of each line; Poison when it is broken, too large, or OCR is not installed."""
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
    text, places = flow(lines_of(_runs(flat), 1))
    if not text:
        raise Poison("the picture has no text")
    return ParsedDocument(text=text, media_type=media_type_of(data, name), layout=places)


def _runs(image: "Image") -> list[Run]:
    """What is read of the picture, boxes in its own pixels though a wide one is read smaller."""
    scale = min(1.0, WIDEST / image.width)
    smaller = image.resize((WIDEST, round(image.height * scale))) if scale < 1 else image
    runs = ocr.recognise(smaller)
    return [Run(r.text, r.left / scale, r.top / scale, r.right / scale, r.bottom / scale) for r in runs]
