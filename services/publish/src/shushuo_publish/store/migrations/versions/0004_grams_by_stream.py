"""Free text: each character and pair carries its stream, see ``store.search``."""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import Connection, text

from shushuo_publish.store.search import index_passages

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHUNK = 2000
FTS = "CREATE VIRTUAL TABLE passage_grams USING fts5(grams, content='', detail=none, tokenize='ascii')"

GRAMS = """
CREATE FUNCTION shushuo_grams(stream text, words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
    SELECT array_agg(DISTINCT left(stream, 1) || gram) FROM (
        SELECT c AS single, c || lead(c) OVER (ORDER BY place) AS pair
        FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS characters(c, place)
    ) AS placed, LATERAL (VALUES (single), (pair)) AS both_of(gram) WHERE gram IS NOT NULL
$$
"""
INDEX = "CREATE INDEX passage_grams ON passage USING gin (shushuo_grams(stream, text)) WITH (fastupdate = off)"


def upgrade() -> None:
    """Apply; the index is made anew, which takes minutes for a million reports."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("DROP TABLE passage_grams")
        op.execute(FTS)
        _index_all(connection)
        return
    op.execute("DROP INDEX passage_grams")
    op.execute("DROP FUNCTION shushuo_grams(text)")
    op.execute(GRAMS)
    op.execute(INDEX)
    op.execute("ANALYZE passage")  # without it the planner knows nothing of the new grams until the next autovacuum


def _index_all(connection: Connection) -> None:
    """By today's code, which is right: whoever changes the form of the grams makes the index anew once more."""
    last = 0
    query = text("SELECT id, stream, text FROM passage WHERE id > :last ORDER BY id LIMIT :most")
    while rows := connection.execute(query, {"last": last, "most": CHUNK}).all():
        index_passages(connection, [(row.id, row.stream, row.text) for row in rows])
        last = rows[-1].id


def downgrade() -> None:
    """Take back."""
    raise RuntimeError("grams with streams are not taken back; export the store and import it into the older release")
