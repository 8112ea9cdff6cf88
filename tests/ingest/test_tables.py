"""Ingest's tables: made and changed by migrations alone, on both databases, whoever starts first."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlmodel import Session

from shushuo_ingest.database import Database, IngestTable
from shushuo_ingest.migrations import upgrade
from shushuo_ingest.watch.tables import SourceState


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


def test_sources_watched_before_an_upgrade_are_known_after_it(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    upgrade(engine, "0001")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO ingest_source (name, looks, failures, counts, next_look, last_good)"
                " VALUES ('a', 7, 0, '5,5', '2025-01-20 12:00:00+00', '2025-01-20 11:00:00+00')"
            )
        )
    engine.dispose()

    database = Database(database_url)

    with Session(database._engine) as session:
        known = session.get(SourceState, "a")
    assert known is not None
    assert (known.looks, known.since) == (7, datetime(2025, 1, 20, 11, tzinfo=UTC))
    database.close()


async def test_the_newest_report_of_each_source_is_found_without_reading_the_reports(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/ingest.sqlite")
    question = "EXPLAIN QUERY PLAN SELECT source, max(fetched_at) FROM ingest_report GROUP BY source"

    plan = await database.run(lambda session: str(session.connection().exec_driver_sql(question).all()))

    assert "USING COVERING INDEX ix_ingest_report_source_fetched_at" in plan
    database.close()


async def test_only_what_must_outlive_a_loss_of_power_waits_for_the_disk(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/ingest.sqlite")

    def synchronous(session: Session) -> int:
        return int(session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one())

    found = [await database.run(synchronous, durable=durable) for durable in (True, False, True)]

    assert found == [2, 1, 2]
    database.close()
