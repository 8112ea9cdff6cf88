"""A PDF whose letters are right to the eye and wrong to a program: its font (Type 3) has codes of its own."""

from PIL import Image, ImageDraw, ImageFont

from tests.ingest.documents.kit import font_path

EDGE = 64
SIZE = 14


def in_own_font(lines: list[str], *, first_code: int = 1, unicode: dict[str, str] | None = None) -> bytes:
    """One page with the lines; ``unicode`` is what the file claims each letter to be, nothing where it is None."""
    letters = sorted({letter for line in lines for letter in line})
    codes = {letter: first_code + n for n, letter in enumerate(letters)}
    assert max(codes.values()) < 256
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects.append(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    )
    shown = (f"1 0 0 1 60 {780 - n * 24} Tm <{bytes(codes[c] for c in line).hex()}> Tj" for n, line in enumerate(lines))
    objects.append(_stream(f"BT /F {SIZE} Tf " + "\n".join(shown) + " ET"))
    names = "".join(f"/g{code}" for code in codes.values())
    drawn = "".join(f"/g{code} {7 + n} 0 R" for n, code in enumerate(codes.values()))
    widths = " ".join("560" if letter.isascii() else "1000" for letter in letters)
    objects.append(
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar {first_code}"
        f"/LastChar {first_code + len(letters) - 1}/Widths[{widths}]/CharProcs<<{drawn}>>/Resources<<>>"
        f"/Encoding<</Type/Encoding/Differences[{first_code}{names}]>>{'/ToUnicode 6 0 R' if unicode else ''}>>"
    )
    claims = [(codes[c], (unicode or {}).get(c, c)) for c in letters]
    pairs = "\n".join(f"<{code:02x}> <{claim.encode('utf-16-be').hex()}>" for code, claim in claims)
    cmap = f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange {len(claims)} beginbfchar\n{pairs}\nendbfchar"
    objects.append(_stream(f"/CIDInit /ProcSet findresource begin 12 dict begin {cmap} endcmap end end"))
    objects += [_stream(_glyph(letter)) for letter in letters]
    return pdf_file(objects)


def _glyph(letter: str) -> str:
    """The letter as a picture of one bit a dot, drawn where a font would draw its lines."""
    image = Image.new("1", (EDGE, EDGE), 1)
    ImageDraw.Draw(image).text((2, -10), letter, fill=0, font=ImageFont.truetype(font_path(), EDGE - 6))
    how = f"/W {EDGE} /H {EDGE} /IM true /BPC 1 /F /AHx /D [0 1]"
    return f"1000 0 0 0 1000 1000 d1 q 1000 0 0 1000 0 0 cm BI {how} ID {image.tobytes().hex()}> EI Q"


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>\nstream\n{content}\nendstream"


def pdf_file(objects: list[str]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n"
    return f"{out}{out.rindex('xref', 0, out.rindex('startxref'))}\n%%EOF\n".encode("latin-1")
