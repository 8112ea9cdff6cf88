"""What is published: reports, versions, items, facets, passages."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    _counter()
    _report()
    _version()
    _facet()
    _unlisted()
    _feedtoken()
    _passage()
    _figure()
    _finding()
    _highlight()
    _rank()
    op.execute("INSERT INTO counter (name, value) VALUES ('change', 0)")


def downgrade() -> None:
    """Take back."""
    for table in (
        "rank",
        "highlight",
        "finding",
        "figure",
        "passage",
        "feedtoken",
        "unlisted",
        "facet",
        "version",
        "report",
        "counter",
    ):
        op.drop_table(table)


def _item_columns() -> list[sa.Column[Any]]:
    """What figures, ranks and highlights have in common."""
    return [
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("local_id", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("organ", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    ]


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("source_name", sa.String(), nullable=False),
        sa.Column("source_kind", sa.String(), nullable=False),
        sa.Column("source_address", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("organs", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("reported_on", sa.String(), nullable=True),
        sa.Column("figure_count", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("original_sha256", sa.String(), nullable=True),
        sa.Column("layout_sha256", sa.String(), nullable=True),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("source_published_at", MOMENT, nullable=True),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index("report_change", "report", ["change"], unique=True)


def _version() -> None:
    op.create_table(
        "version",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("extracted_at", MOMENT, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.report_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "sequence"),
    )
    op.create_index("version_changed", "version", ["changed_at"])


def _facet() -> None:
    op.create_table(
        "facet",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "name", "value", "change", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_index("facet_change", "facet", ["change"])


def _unlisted() -> None:
    op.create_table(
        "unlisted",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("copy_of", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(), nullable=False),
        sa.Column("source_address", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index("ix_unlisted_copy_of", "unlisted", ["copy_of"])


def _feedtoken() -> None:
    op.create_table(
        "feedtoken",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )


def _passage() -> None:
    op.create_table(
        "passage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("passage_item", "passage", ["change", "stream", "ordinal"], unique=True)


def _figure() -> None:
    op.create_table(
        "figure",
        *_item_columns(),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("approx", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("year_from", sa.Integer(), nullable=True),
        sa.Column("year_to", sa.Integer(), nullable=True),
        sa.Column("of_id", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("key_rank", sa.Integer(), nullable=True),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.report_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("figure_change", "figure", ["change", "ordinal"], unique=True)
    op.create_index("figure_compare", "figure", ["code", "year_from", "region"])
    op.create_index("figure_key", "figure", ["report_id", "key_rank"])
    op.create_index("figure_of", "figure", ["of_id"])
    op.create_index("figure_report", "figure", ["report_id"])
    op.create_index("figure_series", "figure", ["code", "organ", "year_from"])


def _finding() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.report_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("finding_report", "finding", ["report_id"])


def _highlight() -> None:
    op.create_table(
        "highlight",
        *_item_columns(),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("recognition", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("year_from", sa.Integer(), nullable=True),
        sa.Column("year_to", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.report_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("highlight_change", "highlight", ["change", "ordinal"], unique=True)
    op.create_index("highlight_report", "highlight", ["report_id"])


def _rank() -> None:
    op.create_table(
        "rank",
        *_item_columns(),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("of_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.report_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("rank_change", "rank", ["change", "ordinal"], unique=True)
    op.create_index("rank_report", "rank", ["report_id"])
