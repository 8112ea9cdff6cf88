"""The extracted report: the contract between extract and everything that reads its answers.

Offsets are code points into ``ExtractedReport.text``, ``end`` exclusive; ``text[start:end]`` is the quoted surface of
every item. Field meanings are those of the annotation guide; a key's meaning never changes within a schema number.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA = "shushuo/extracted-report/1"

Kind = Literal["court", "procuratorate", "mixed"]
Level = Literal["supreme", "high", "intermediate", "basic", "special"]
Approx = Literal["exact", "over", "under", "about"]
Role = Literal["metric", "change"]
Basis = Literal["yoy", "previous_period", "average", "other"]
Direction = Literal["up", "down"]
HighlightType = Literal[
    "honor", "typical_case", "endorsement", "dissemination", "ranking", "first", "initiative", "case_story"
]
RecognitionLevel = Literal["national", "provincial", "municipal", "county"]
Severity = Literal["notice", "warning"]
DecimalText = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")]


class _Record(BaseModel):
    """Immutable, and tolerant of keys that a newer writer added."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Spot(_Record):
    """Where words stand in the original: a page and box (PDF, picture), or an element (HTML, Word).

    ``box`` is left, top, right, bottom of their lines from the top left of the upright page, in points or pixels,
    ``sheet`` the page's width and height; ``element`` an XPath of the page's source, or a path in the Word file.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: tuple[float, float] | None = None
    element: str | None = None


class Quote(_Record):
    """A passage of the report: ``text == report.text[start:end]``; ``places`` where the original is not plain text."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str
    places: list[Spot] = []


class Meta(_Record):
    """Whose report it is, and of when."""

    organs: list[str] = []
    kind: Kind | None = None
    level: Level | None = None
    region: str | None = None
    period: str | None = None
    published: str | None = None
    presenter: str | None = None
    title: str | None = None
    meeting: str | None = None


class Section(_Record):
    """A headed part of the report; ``title`` is the heading, ``start``/``end`` its whole extent."""

    id: str
    level: int
    title: str
    start: int
    end: int


class Figure(Quote):
    """One asserted quantity; ``value`` is a decimal string with multipliers applied, ``unit`` carries none."""

    id: str
    value: DecimalText
    unit: str
    approx: Approx
    role: Role
    indicator: str
    alt: list[str] = []
    code: str | None = None
    period: str | None = None
    organ: str | None = None
    of: int | None = None
    basis: Basis | None = None
    direction: Direction | None = None
    section: str | None = None
    sentence: tuple[int, int]
    rule: str


class Rank(Quote):
    """A placing; ``position`` is None for 前列 and 之一, ``of`` the start of the metric figure ranked."""

    id: str
    scope: str
    position: int | None
    indicator: str
    alt: list[str] = []
    of: int | None = None
    section: str | None = None
    sentence: tuple[int, int]
    rule: str


class Highlight(Quote):
    """What a publicity office would lift out; ``title`` has at most 30 characters, in the text's own words."""

    id: str
    types: list[HighlightType]
    level: RecognitionLevel | None = None
    issuer: str | None = None
    organ: str | None = None
    title: str
    section: str | None = None
    sentence: tuple[int, int]
    rule: str


class Term(_Record):
    """A glossary entry of the report."""

    term: str
    definition: str
    start: int
    end: int


class Check(_Record):
    """A proof-reader's finding; it names figures by id and never changes them."""

    kind: str
    message: str
    figures: list[str]
    severity: Severity


class ExtractedReport(_Record):
    """Everything read from one version of one report."""

    schema_: str = Field(default=SCHEMA, alias="schema", serialization_alias="schema")
    report_id: str
    version: str
    text: str
    headline: str = ""
    key_figures: list[str] = []
    meta: Meta
    sections: list[Section] = []
    figures: list[Figure] = []
    ranks: list[Rank] = []
    highlights: list[Highlight] = []
    terms: list[Term] = []
    checks: list[Check] = []

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, serialize_by_alias=True)

    def misquotes(self) -> list[str]:
        """Ids of the items whose quote is not what the text holds at their span; empty when all is proved."""
        items: list[Figure | Rank | Highlight] = [*self.figures, *self.ranks, *self.highlights]
        return [item.id for item in items if self.text[item.start : item.end] != item.text]
