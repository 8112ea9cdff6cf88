"""The reports that go by one file name are found in an index."""

from collections.abc import Sequence

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_ingest_report_source_name", "ingest_report", ["source", "name"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_ingest_report_source_name", "ingest_report")
