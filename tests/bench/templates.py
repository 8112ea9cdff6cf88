"""Invented reports as rows in COPY's text format, made once by the product's own code and multiplied by replacing."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Table
from sqlmodel import SQLModel

from shushuo_publish.facets import facet_rows, passage_row, sheets
from shushuo_publish.handler import Known, Published, decide
from shushuo_publish.rows import Items
from shushuo_publish.store.models import Version
from shushuo_shared.codec import make_event
from shushuo_shared.events import ExtractedEvent, SourceRef
from shushuo_shared.report import ExtractedReport
from tests.publish.builder import read_report

NUMBER, YEAR = "7654321", "2099"
"""Stand in every template for the report's number, which is also its change, and for its year."""

ORGANS = 4000
_TYPES = ("honor", "typical_case", "endorsement", "dissemination", "ranking", "first", "initiative", "case_story")
_CODES = ("criminal.accepted", "civil.accepted", "enforcement.accepted", "administrative.accepted")
_THEMES = ("家事", "青苗", "商事", "执行", "环境", "诉前", "破产", "行政")
_NOON = datetime(2026, 1, 20, 4, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Template:
    """Rows by table, as COPY reads them, and the packed report's JSON."""

    rows: dict[str, str]
    payload: str

    def filled(self, number: int, year: int) -> dict[str, str]:
        """The rows of report ``number``."""
        now = f"{number:07d}"
        made = {name: rows.replace(YEAR, str(year)).replace(NUMBER, now) for name, rows in self.rows.items()}
        packed = zlib.compress(self.payload.replace(YEAR, str(year)).replace(NUMBER, now).encode(), 1)
        made["version"] = made["version"].replace("PAYLOAD", r"\\x" + packed.hex())
        return made


def columns_of(name: str) -> list[Column[Any]]:
    """The columns that a template gives; the ids of passages are the database's own."""
    return [c for c in SQLModel.metadata.tables[name].columns if (name, c.name) != ("passage", "id")]


def template(n: int) -> Template:
    """The report that the ``n``-th organ makes every year."""
    report = _report(n)
    event = make_event(
        "report.extracted",
        ExtractedEvent(
            report_id=report.report_id,
            version="v1",
            revision=1,
            state="present",
            source=SourceRef(name="courts", kind="site", address=f"https://court.example/{NUMBER}"),
            report=report,
            fetched_at=_NOON,
        ),
        service="extract",
        subject=report.report_id,
        parts=("1",),
        time=_NOON,
        lane="live",
    )
    made = decide(event, report, None, Known(change=int(NUMBER), now=_NOON))
    assert isinstance(made, Published)
    made.version.event_id = f"{NUMBER}.extracted"
    _number(made.items)
    found = sheets(made.report, made.items, made.text)
    tables: list[Sequence[SQLModel]] = [[made.report], [made.version], made.items.figures, made.items.highlights]
    tables += [[row for sheet in found for row in facet_rows(sheet)], [passage_row(sheet) for sheet in found]]
    rows = {str(rows[0].__tablename__): _lines(rows) for rows in tables}
    return Template(rows, report.model_dump_json(by_alias=True))


def _report(n: int) -> ExtractedReport:
    court, place = n % 2 == 0, (n // 200, n // 10 % 20, n // 2 % 5)
    organ = f"第{place[0]}省第{place[1]}市第{place[2]}县人民" + ("法院" if court else "检察院")
    theme, cases = _THEMES[n % 8], 100 + n
    text = f"{organ}{YEAR}年第{NUMBER}号\n新收案件{cases}件，升{n % 9 + 1}.5%。\n{theme}第{NUMBER}室获评优秀。\n"
    return read_report(
        f"r{NUMBER}",
        text,
        figures=[
            {"text": f"{cases}件", "indicator": "新收案件", "code": _CODES[n % 4], "key": True},
            {"text": f"{n % 9 + 1}.5%", "indicator": "新收案件", "of": f"{cases}件", "direction": "up"},
        ],
        highlights=[{"text": f"{theme}第{NUMBER}室获评优秀", "types": [_TYPES[n % 8]], "level": "municipal"}],
        headline=f"新收案件{cases}件",
        organs=[organ],
        kind="court" if court else "procuratorate",
        level=("basic", "basic", "basic", "intermediate", "high")[n % 5],
        region=f"第{place[0]}省/第{place[1]}市/第{place[2]}县",
        period=YEAR,
    )


def _number(items: Items) -> None:
    """Let the ids end in the report's number, so that they are as unique as it is."""
    for figure in items.figures:
        figure.of_id = figure.of_id and figure.of_id[:-7] + NUMBER
    for item in (*items.figures, *items.highlights):
        item.id = item.id[:-7] + NUMBER


def _lines(rows: Iterable[SQLModel]) -> str:
    rows = list(rows)
    table: Table = rows[0].__table__  # type: ignore[attr-defined]
    columns = columns_of(table.name)
    return "".join("\t".join(_cell(row, column) for column in columns) + "\n" for row in rows)


def _cell(row: SQLModel, column: Column[Any]) -> str:
    value = getattr(row, column.name)
    if value is None:
        return r"\N"
    if isinstance(row, Version) and column.name == "payload":
        return "PAYLOAD"
    if isinstance(column.type, JSON):
        value = json.dumps(value, ensure_ascii=False)
    return str(value).replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
