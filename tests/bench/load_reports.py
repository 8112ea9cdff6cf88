"""Fills an empty PostgreSQL store with invented reports: ``python -m tests.bench.load_reports --database URL``.

Rows go in by COPY, indexes are made afterwards, two at a time, by their own definitions. A million reports are about
fifty million rows and fill 10 GB.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg

from shushuo_publish.store.engine import normalised
from shushuo_publish.store.migrations import upgrade
from tests.bench.templates import ORGANS, Template, columns_of, template

CHUNK = 2000
YEARS = range(2014, 2026)
TABLES = ("report", "version", "figure", "highlight", "facet", "passage")

INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), c.conname, pg_get_constraintdef(c.oid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
WHERE i.indrelid = %s::regclass
"""
REFERENCES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND confrelid = 'report'::regclass
"""
WEBHOOKS = """
INSERT INTO endpoint (id, url, description, secret, event_types, filters, payload, state, failures, created_at)
SELECT 'ep_' || n, 'https://receiver.example/' || n, '', 'whsec_', '[]', '{}', 'full',
       CASE WHEN n %% 20 = 0 THEN 'paused' ELSE 'active' END, CASE WHEN n %% 10 = 1 THEN 5 ELSE 0 END, now()
FROM generate_series(1, %(endpoints)s) n;
INSERT INTO message (id, type, report_id, sequence, created_at, body, thin_body)
SELECT 'msg_' || n, 'report.published', 'r' || lpad(n::text, 7, '0'), 1, now() - n * interval '1 second', '{}', '{}'
FROM generate_series(1, %(messages)s) n;
INSERT INTO delivery (message_id, endpoint_id, report_id, status, step, attempts, next_attempt_at, created_at)
SELECT 'msg_' || n, 'ep_' || (n * 3 + k) %% %(endpoints)s + 1, 'r' || lpad(n::text, 7, '0'),
       CASE WHEN n %% 100 > 0 THEN 'delivered' WHEN n %% 500 = 0 THEN 'failed' ELSE 'pending' END, 0, 1, now(), now()
FROM generate_series(1, %(messages)s) n, generate_series(0, 1) k;
INSERT INTO attempt (delivery_id, endpoint_id, message_id, number, at, ok, status, duration_ms, answer)
SELECT id, endpoint_id, message_id, 1, created_at, true, 200, 5, '' FROM delivery;
"""


def load(url: str, reports: int) -> None:
    """Fill the store at ``url``, which must be empty; ValueError when it is not."""
    upgrade(url)
    with psycopg.connect(_libpq(url), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM report LIMIT 1").fetchone():
            raise ValueError("the store to fill is not empty")
        again = _without_indexes(connection)
        for rows in _chunks(reports):
            for table in TABLES:
                _copy(connection, table, rows[table])
        connection.execute("UPDATE counter SET value = %s WHERE name = 'change'", [reports])
        given = {"endpoints": min(10_000, max(20, reports // 10)), "messages": reports // 5}
        for statement in WEBHOOKS.split(";\n")[:-1]:
            connection.execute(statement, given)  # type: ignore[arg-type]  # psycopg wants a literal
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(lambda statements: _run(url, statements), again[:-1]))
    _run(url, [*again[-1], "VACUUM (ANALYZE)"])


def _chunks(reports: int) -> Iterator[dict[str, str]]:
    """Rows by table of some thousand reports at a time; each organ's reports lie apart, as in life."""
    made: dict[int, Template] = {}
    for start in range(1, reports + 1, CHUNK):
        parts: dict[str, list[str]] = {table: [] for table in TABLES}
        for n in range(start, min(start + CHUNK, reports + 1)):
            organ = n * 7 % ORGANS
            if organ not in made:
                made[organ] = template(organ)
            filled = made[organ].filled(n, YEARS[n // ORGANS % len(YEARS)])
            for table in TABLES:
                parts[table].append(filled[table])
        yield {table: "".join(rows) for table, rows in parts.items()}


def _copy(connection: "psycopg.Connection[tuple[object, ...]]", table: str, rows: str) -> None:
    names = ", ".join(f'"{column.name}"' for column in columns_of(table))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:  # type: ignore[arg-type]
        copy.write(rows)


def _without_indexes(connection: "psycopg.Connection[tuple[object, ...]]") -> list[list[str]]:
    """Drop keys and indexes; the statements that make them again, those of free text first, references last."""
    again: list[list[str]] = []
    references = connection.execute(REFERENCES).fetchall()
    for table, name, _ in references:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")  # type: ignore[arg-type]
    for table in reversed(TABLES):
        for index, definition, constraint, key in connection.execute(INDEXES, [table]).fetchall():
            drop = f"ALTER TABLE {table} DROP CONSTRAINT {constraint}" if constraint else f"DROP INDEX {index}"
            connection.execute(drop)  # type: ignore[arg-type]
            made = f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {key}" if constraint else definition
            again.append([str(made)])
    again.sort(key=lambda statements: (" gin " not in statements[0], "TABLE passage" in statements[0]))  # keys wait
    return [*again, [f"ALTER TABLE {t} ADD CONSTRAINT {n} {definition}" for t, n, definition in references]]


def _run(url: str, statements: list[str]) -> None:
    with psycopg.connect(_libpq(url), autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '1GB'")
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def _libpq(url: str) -> str:
    return normalised(url).set(drivername="postgresql").render_as_string(hide_password=False)


def main() -> None:
    """Read the arguments and fill the store."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--database", required=True)
    given = parser.parse_args()
    load(given.database, given.reports)


if __name__ == "__main__":
    sys.exit(main())
