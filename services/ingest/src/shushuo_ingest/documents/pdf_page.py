"""One page of a PDF: its characters as runs, and how much of them can be trusted to be what is printed."""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from shushuo_ingest.documents.encoding import likeness
from shushuo_ingest.documents.flow import CELL_GAP, SPACE_GAP, SPACED_GAP
from shushuo_ingest.documents.runs import Box, Run

TOO_FEW = 15
FEW = 120
GARBLED = 0.05
UNLIKE = 0.55
MOST_OBJECTS = 20_000

Rule = tuple[float, float, float]
Shown = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with its box; ``mapped`` is False where the file does not say which character it is."""

    char: str
    box: Box
    mapped: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page turned so that its letters stand upright, boxes downwards from its top left."""

    glyphs: list[Glyph]
    rules: list[Rule]
    pictures: list[Box]
    width: float
    height: float


def runs_of(sheet: Sheet) -> list[Run]:
    """The characters joined to runs, in the order of the file; a wide gap, a table's rule or a new line ends a run."""
    runs: list[Run] = []
    current: list[Glyph] = []
    spaces, cell = "", False
    for glyph in sheet.glyphs:
        if glyph.char.isspace():
            spaces += glyph.char if current else ""
            continue
        ruled = bool(current) and _ruled(current[-1], glyph, sheet.rules)
        if current and (ruled or not _follows(current[-1], glyph, bool(spaces))):
            runs.append(_run(current, cell))
            current, spaces, cell = [], "", ruled
        if spaces:
            last = current[-1].box
            current.append(Glyph(spaces, (last[2], last[1], glyph.box[0], last[3]), True))
            spaces = ""
        current.append(glyph)
    return [*runs, _run(current, cell)] if current else runs


def _follows(last: Glyph, glyph: Glyph, spaced: bool) -> bool:
    """Whether the character goes on with the run; where the file has spaces, a wider gap is still one of words."""
    size = max(last.box[3] - last.box[1], glyph.box[3] - glyph.box[1])
    shared = min(last.box[3], glyph.box[3]) - max(last.box[1], glyph.box[1])
    chinese = any(unicodedata.east_asian_width(char) in "WF" for char in last.char + glyph.char)
    widest = SPACED_GAP if spaced else CELL_GAP if chinese else SPACE_GAP
    return shared > 0.4 * size and -0.5 * size < glyph.box[0] - last.box[2] < widest * size


def _ruled(last: Glyph, glyph: Glyph, rules: Sequence[Rule]) -> bool:
    """Whether an upright rule stands between the two characters."""
    middle = (last.box[1] + last.box[3]) / 2
    if not glyph.box[1] < middle < glyph.box[3]:
        return False
    return any(last.box[2] - 1 <= x <= glyph.box[0] + 1 and top < middle < bottom for x, top, bottom in rules)


def _run(glyphs: list[Glyph], cell: bool) -> Run:
    boxes = [glyph.box for glyph in glyphs]
    return Run(
        "".join(glyph.char for glyph in glyphs),
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
        cell,
    )


def needs_eyes(sheet: Sheet) -> str | None:
    """Why the page has to be read as a picture; None when its characters are the text."""
    seen = [glyph for glyph in sheet.glyphs if not glyph.char.isspace()]
    covered = sum(_share(picture, sheet) for picture in bare_pictures(sheet))
    if covered and (len(seen) < TOO_FEW or (covered >= 0.5 and len(seen) < FEW)):
        return "a picture without text"
    odd = sum(1 for glyph in seen if not glyph.mapped or _odd(glyph.char))
    if odd > len(seen) * GARBLED:
        return f"garbled: the file does not say what {odd} of {len(seen)} characters are"
    text = "".join(glyph.char for glyph in seen)
    if len(seen) >= 100 and likeness(text) < UNLIKE:
        return "garbled: its characters make no text"
    return None


def _odd(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cc", "Cs", "Cn")


def _objects(page: pypdfium2.PdfPage, kind: int, shown: Shown) -> Iterator[Box]:
    """Where the objects of a kind stand on the upright page."""
    for found in islice(page.get_objects(filter=[kind]), MOST_OBJECTS):
        left, bottom, right, top = found.get_bounds()
        (x0, y0), (x1, y1) = shown(left, top), shown(right, bottom)
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _rules(page: pypdfium2.PdfPage, shown: Shown) -> list[Rule]:
    """The upright rules on the page as (place, top, bottom): the lines and sides of boxes that part a table's cells."""
    boxes = _objects(page, pdfium.FPDF_PAGEOBJ_PATH, shown)
    return [(x, top, bottom) for left, top, right, bottom in boxes if bottom - top > 8 for x in {left, right}]


def bare_pictures(sheet: Sheet) -> list[Box]:
    """The pictures on a good part of the page that have no characters over them, as a scan that was read before has."""
    large = [picture for picture in sheet.pictures if _share(picture, sheet) > 0.1]
    return [picture for picture in large if sum(1 for glyph in sheet.glyphs if _within(glyph, picture)) < TOO_FEW]


def _share(picture: Box, sheet: Sheet) -> float:
    """How much of the page the picture covers."""
    across = min(picture[2], sheet.width) - max(picture[0], 0)
    down = min(picture[3], sheet.height) - max(picture[1], 0)
    return max(across, 0) * max(down, 0) / (sheet.width * sheet.height or 1)


def _within(glyph: Glyph, picture: Box) -> bool:
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    return picture[0] < x < picture[2] and picture[1] < y < picture[3]


def sheet_of(page: pypdfium2.PdfPage) -> Sheet:
    """The page's characters in the order of the file, and its rules."""
    text = page.get_textpage()
    try:
        turn = _turn(text)
        shown = _upright(page, turn)
        left, bottom, right, top = page.get_cropbox()
        width, height = (right - left, top - bottom) if turn in (0, 180) else (top - bottom, right - left)
        pictures = list(_objects(page, pdfium.FPDF_PAGEOBJ_IMAGE, shown))
        return Sheet(list(_glyphs(text, shown)), _rules(page, shown), pictures, width, height)
    finally:
        text.close()


def _turn(text: pypdfium2.PdfTextPage) -> int:
    """How the page's letters stand: 0, 90, 180 or 270 degrees, whatever the page says of itself."""
    count = text.count_chars()
    sample = range(0, count, max(1, count // 200))
    angles = (round(math.degrees(pdfium.FPDFText_GetCharAngle(text, i)) / 90) % 4 * 90 for i in sample)
    return max(Counter(angles).items(), key=lambda pair: pair[1], default=(0, 0))[0]


def _glyphs(text: pypdfium2.PdfTextPage, shown: Shown) -> Iterator[Glyph]:
    high = ""
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or _slanted(text, index):
            continue
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if "\ud800" <= char <= "\udbff":
            high = char
            continue
        if high:
            char, high = (high + char).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ""
        mapped = pdfium.FPDFText_HasUnicodeMapError(text, index) != 1 and char != "\x00"
        yield Glyph(char, _box(text, index, shown), mapped)


def _slanted(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether the character lies across the page, as those of a watermark do."""
    quarter = math.degrees(pdfium.FPDFText_GetCharAngle(text, index)) % 90
    return 5 < quarter < 85


def _box(text: pypdfium2.PdfTextPage, index: int, shown: Shown) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect))
    (x0, y0), (x1, y1) = shown(rect.left, rect.top), shown(rect.right, rect.bottom)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _upright(page: pypdfium2.PdfPage, turn: int) -> Shown:
    """How a point of the page's own space stands on the page cropped and turned so that its letters stand upright."""
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, Shown] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (top - y, right - x),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (y - bottom, x - left),
    }
    return turns[turn]
