"""Since when a source is watched, and the article that a document is attached to."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply; ``last_new`` spoke of lists only, what is new of a source is told by its reports."""
    with op.batch_alter_table("ingest_source") as source:
        source.add_column(sa.Column("since", sa.DateTime(timezone=True), nullable=True))
        source.drop_column("last_new")
    op.execute("UPDATE ingest_source SET since = COALESCE(last_good, last_look, next_look)")
    with op.batch_alter_table("ingest_source") as source:
        source.alter_column("since", nullable=False)
    with op.batch_alter_table("ingest_item") as item:
        item.add_column(sa.Column("parent", sa.String(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("ingest_source") as source:
        source.add_column(sa.Column("last_new", sa.DateTime(timezone=True), nullable=True))
        source.drop_column("since")
    with op.batch_alter_table("ingest_item") as item:
        item.drop_column("parent")
