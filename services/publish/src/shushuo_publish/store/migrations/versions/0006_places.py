"""Figures, placings and highlights: where each stands in the original, which so far only the whole report told."""

import json
import zlib
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection, select, update
from sqlalchemy.types import JSON

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("figure", "rank", "highlight")
CHUNK = 500

_REPORT = sa.table("report", sa.column("report_id"), sa.column("sequence"))
_VERSION = sa.table("version", sa.column("report_id"), sa.column("sequence"), sa.column("payload", sa.LargeBinary))


def upgrade() -> None:
    """Apply; what is published already gets its places from the reports as stored: minutes for a million of them."""
    for table in TABLES:
        op.add_column(table, sa.Column("places", JSON(), nullable=False, server_default="[]"))
    _fill(op.get_bind())


def _fill(connection: Connection) -> None:
    last = ""
    current = (_VERSION.c.report_id == _REPORT.c.report_id) & (_VERSION.c.sequence == _REPORT.c.sequence)
    query = select(_REPORT.c.report_id, _VERSION.c.payload).join_from(_REPORT, _VERSION, current)
    ordered = query.order_by(_REPORT.c.report_id).limit(CHUNK)
    while rows := connection.execute(ordered.where(_REPORT.c.report_id > last)).all():
        for report_id, payload in rows:
            if payload:
                _place(connection, report_id, payload)
        last = rows[-1].report_id


def _place(connection: Connection, report_id: str, payload: bytes) -> None:
    plain = zlib.decompress(payload)
    if b'"places":[{' not in plain:
        return
    read = json.loads(plain)
    for name in TABLES:
        table = sa.table(name, sa.column("report_id"), sa.column("local_id"), sa.column("places", JSON))
        mine = update(table).where(table.c.report_id == report_id)
        for item in read[f"{name}s"]:
            if item.get("places"):
                connection.execute(mine.where(table.c.local_id == item["id"]).values(places=item["places"]))


def downgrade() -> None:
    """Take back."""
    for table in TABLES:
        op.drop_column(table, "places")
