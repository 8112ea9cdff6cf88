"""What ingest remembers: reports and their sketches, sources and their documents, workers and their turns."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    _report()
    _sketch()
    _anchor()
    _claim()
    _source()
    _item()
    _lease()
    _worker()
    _host()


def downgrade() -> None:
    """Take back."""
    for table in ("host", "worker", "lease", "item", "source", "claim", "anchor", "sketch", "report"):
        op.drop_table(f"ingest_{table}")


def _report() -> None:
    op.create_table(
        "ingest_report",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("original_sha256", sa.String(), nullable=False),
        sa.Column("original_size", sa.Integer(), nullable=False),
        sa.Column("original_type", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("copy_of", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index("ix_ingest_report_copy_of", "ingest_report", ["copy_of"])
    op.create_index("ix_ingest_report_source", "ingest_report", ["source"])


def _sketch() -> None:
    op.create_table(
        "ingest_sketch",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.String(), nullable=False),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("hashes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index("ix_ingest_sketch_key", "ingest_sketch", ["key"])


def _anchor() -> None:
    op.create_table(
        "ingest_anchor",
        sa.Column("anchor", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("anchor", "report_id"),
    )
    op.create_index("ix_ingest_anchor_report_id", "ingest_anchor", ["report_id"])


def _claim() -> None:
    op.create_table(
        "ingest_claim",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.String(), nullable=False),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("hashes", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index("ix_ingest_claim_key", "ingest_claim", ["key"])


def _source() -> None:
    op.create_table(
        "ingest_source",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", MOMENT, nullable=True),
        sa.Column("next_look", MOMENT, nullable=False),
        sa.Column("last_look", MOMENT, nullable=True),
        sa.Column("last_good", MOMENT, nullable=True),
        sa.Column("last_new", MOMENT, nullable=True),
        sa.Column("dropped_since", MOMENT, nullable=True),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )


def _item() -> None:
    op.create_table(
        "ingest_item",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("report_address", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("takes", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", MOMENT, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("failing_since", MOMENT, nullable=True),
        sa.Column("gone_since", MOMENT, nullable=True),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("source", "address"),
    )
    op.create_index("ix_ingest_item_next_try", "ingest_item", ["next_try"])
    op.create_index("ix_ingest_item_place", "ingest_item", ["place"])
    op.create_index("ix_ingest_item_state", "ingest_item", ["state"])


def _lease() -> None:
    op.create_table(
        "ingest_lease",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("place"),
    )


def _worker() -> None:
    op.create_table(
        "ingest_worker",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _host() -> None:
    op.create_table(
        "ingest_host",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("host"),
    )
