"""A revision is remembered as untold before it is published, which a claim on its text was for until now."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply; everything remembered so far was published before it was remembered."""
    with op.batch_alter_table("ingest_report") as report:
        report.add_column(sa.Column("untold", MOMENT, nullable=True))
    op.create_index("ix_ingest_report_untold", "ingest_report", ["untold"])
    op.drop_table("ingest_claim")


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_ingest_report_untold", "ingest_report")
    with op.batch_alter_table("ingest_report") as report:
        report.drop_column("untold")
    text = ("report_id", "key", "numbers", "hashes", "owner")
    op.create_table(
        "ingest_claim",
        *(sa.Column(name, sa.String(), nullable=False) for name in text),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index("ix_ingest_claim_key", "ingest_claim", ["key"])
