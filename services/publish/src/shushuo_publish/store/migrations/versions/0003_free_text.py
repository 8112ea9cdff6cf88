"""Free text: characters and pairs of characters of every passage, see ``store.search``."""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FTS = "CREATE VIRTUAL TABLE passage_grams USING fts5(grams, content='', detail=none, tokenize='ascii')"

GRAMS = """
CREATE FUNCTION shushuo_grams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
    SELECT array_agg(DISTINCT gram) FROM (
        SELECT c AS single, c || lead(c) OVER (ORDER BY place) AS pair
        FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS characters(c, place)
    ) AS placed, LATERAL (VALUES (single), (pair)) AS both_of(gram) WHERE gram IS NOT NULL
$$
"""
INDEX = "CREATE INDEX passage_grams ON passage USING gin (shushuo_grams(text)) WITH (fastupdate = off)"


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS)
        return
    op.execute(GRAMS)
    op.execute(INDEX)


def downgrade() -> None:
    """Take back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_grams")
        return
    op.execute("DROP INDEX passage_grams")
    op.execute("DROP FUNCTION shushuo_grams(text)")
