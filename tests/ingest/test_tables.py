"""Ingest's tables: made and changed by migrations alone, on both databases, whoever starts first."""

import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from shushuo_ingest.database import Database, IngestTable
from shushuo_ingest.migrations import upgrade


def test_the_migrations_make_exactly_the_tables_of_the_models(database_url: str) -> None:
    Database(database_url).close()
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))

    upgrade(engine)

    with engine.connect() as connection:
        ours = {"include_name": lambda name, kind, _: kind != "table" or name in IngestTable.metadata.tables}
        context = MigrationContext.configure(connection, opts={"compare_type": True, **ours})
        assert compare_metadata(context, IngestTable.metadata) == []
    engine.dispose()


async def test_workers_that_start_together_make_the_tables_once(database_url: str) -> None:
    opened = await asyncio.gather(*(asyncio.to_thread(Database, database_url) for _ in range(4)))

    for database in opened:
        database.close()
    assert len(opened) == 4
