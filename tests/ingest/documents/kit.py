"""Real documents made on the spot: the same invented report as PDF, Word file and picture."""

import io
from functools import cache
from importlib.metadata import files

import docx
import docx.document
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

TITLE = "临江县人民法院工作报告"
PARAGRAPHS = (
    "2024年，全院共受理各类案件12 864件，审结12 307件，同比分别上升8.3%和9.1%，结案率95.67%，法官人均结案306.4件。"
    "其中新收刑事案件685件，审结671件，判处罪犯912人。",
    "一、依法惩治犯罪，守护一方平安",
    "审结故意伤害、抢劫等严重暴力犯罪案件41件57人，审结盗窃、诈骗案件203件。审结电信网络诈骗及其关联犯罪案件88件136人，"
    "追赃挽损1947.5万元。对37名未成年被告人依法从宽处理，开展法治进校园活动64场次，受教育师生2.1万人次。",
    "二、化解矛盾纠纷，服务百姓生活",
    "审结一审民事案件7 420件，标的额23.86亿元。诉前调解成功3 511件，平均用时19天，比上年缩短4.5天。"
    "执行到位金额5.19亿元，为412名农民工追回劳动报酬1036万元，执行完毕率居全市第一。",
)
REPORT = "\n".join((TITLE, *PARAGRAPHS))


@cache
def font_path() -> str:
    """A Chinese font, of a package that tests depend on."""
    found = next(f for f in files("cvttf-notosanscjk-regular") or () if f.name == "NotoSansCJKtc-Regular.otf")
    return str(found.locate())


def styled(size: float = 12, **how: object) -> ParagraphStyle:
    """A style of Chinese paragraphs: indented by two characters and filling the line."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    given = {"leading": size * 1.6, "firstLineIndent": 2 * size, "wordWrap": "CJK", "alignment": TA_JUSTIFY} | how
    return ParagraphStyle("p", fontName="STSong-Light", fontSize=size, **given)


def report_flow(size: float = 12) -> list[Flowable]:
    """The report as paragraphs."""
    title = styled(size * 1.5, firstLineIndent=0, alignment=1, spaceAfter=size)
    return [Paragraph(TITLE, title), *(Paragraph(text, styled(size)) for text in PARAGRAPHS)]


def pdf(story: list[Flowable], *, columns: int = 1, head: str = "", foot: str = "", **options: object) -> bytes:
    """A PDF of the story; ``foot`` may hold ``{page}``."""
    out = io.BytesIO()
    width, height = A4
    gap = 24
    wide = (width - 144 - gap * (columns - 1)) / columns
    frames = [Frame(72 + i * (wide + gap), 72, wide, height - 144, 0, 0, 0, 0) for i in range(columns)]

    def edges(canvas: object, _: object) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(width / 2, height - 40, head)
        canvas.drawCentredString(width / 2, 36, foot.format(page=canvas.getPageNumber()))

    BaseDocTemplate(out, pagesize=A4, pageTemplates=[PageTemplate(frames=frames, onPage=edges)], **options).build(story)
    return out.getvalue()


def table(rows: list[list[str]]) -> Table:
    """A table with lines."""
    styled()
    return Table(rows, style=[("FONT", (0, 0), (-1, -1), "STSong-Light", 11), ("GRID", (0, 0), (-1, -1), 0.5, "black")])


def picture(text: str, *, width: int = 900, size: int = 30, per_line: int = 26) -> Image.Image:
    """The text as a picture, each paragraph broken into lines of so many characters."""
    lines = [part[i : i + per_line] for part in text.split("\n") for i in range(0, len(part), per_line)]
    image = Image.new("RGB", (width, 80 + len(lines) * size * 2), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(font_path(), size)
    for number, line in enumerate(lines):
        draw.text((40, 40 + number * size * 2), line, fill="black", font=font)
    return image


def saved(image: Image.Image, kind: str) -> bytes:
    """The picture as a file of the kind."""
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def scanned(pages: list[str], *, size: tuple[int, int] = (1240, 1754)) -> bytes:
    """A PDF whose pages are pictures at 150 dots an inch, each with its text."""
    font = ImageFont.truetype(font_path(), 32)
    sheets = []
    for text in pages:
        sheet = Image.new("L", size, "white")
        ImageDraw.Draw(sheet).text((100, 100), text, fill="black", font=font, spacing=24)
        sheets.append(sheet)
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    return out.getvalue()


def word() -> bytes:
    """The report as a Word file."""
    document = docx.Document()
    for text in REPORT.split("\n"):
        document.add_paragraph(text)
    return word_bytes(document)


def word_bytes(document: docx.document.Document) -> bytes:
    """The Word file's bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
