"""Reports: which one each is said to repeat, so that a copy gives way when its original comes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.add_column("report", sa.Column("copy_of", sa.String(), nullable=True))
    op.create_index("ix_report_copy_of", "report", ["copy_of"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_report_copy_of", "report")
    op.drop_column("report", "copy_of")
