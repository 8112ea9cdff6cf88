"""What Alembic runs: the migrations on the connection that ``upgrade`` opened, in its transaction."""

from alembic import context
from sqlalchemy import text
from sqlmodel import SQLModel

from shushuo_publish.store import models, outgoing

assert models, outgoing  # imported for their tables

LOCK = 7_105_131  # any number that nobody else locks

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
context.configure(connection=connection, target_metadata=SQLModel.metadata, transactional_ddl=True)
context.run_migrations()
