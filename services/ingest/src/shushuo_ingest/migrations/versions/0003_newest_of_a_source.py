"""The newest report of each source is found in the index alone."""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_ingest_report_source_fetched_at", "ingest_report", ["source", "fetched_at"])
    op.drop_index("ix_ingest_report_source", "ingest_report")


def downgrade() -> None:
    """Take back."""
    op.create_index("ix_ingest_report_source", "ingest_report", ["source"])
    op.drop_index("ix_ingest_report_source_fetched_at", "ingest_report")
