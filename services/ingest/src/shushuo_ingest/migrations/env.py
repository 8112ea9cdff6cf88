"""What Alembic runs: the migrations on the connection that ``upgrade`` opened, in its transaction."""

from alembic import context
from sqlalchemy import text

from shushuo_ingest.database import IngestTable

LOCK = 7468  # any number that nobody else locks
VERSIONS = "ingest_alembic_version"  # publish keeps its own in the same database

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
context.configure(
    connection=connection, target_metadata=IngestTable.metadata, version_table=VERSIONS, transactional_ddl=True
)
context.run_migrations()
