"""The database a URL names, SQLite or PostgreSQL, set up so that both keep the same promises."""

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import create_engine

from shushuo_shared.errors import ConfigError

PATIENCE = {"connect_timeout": 10}
EXPECTED = "expected sqlite:////absolute/path or postgresql://user:password@host/database"


def normalised(url: str) -> URL:
    """The URL with the driver we ship: any ``postgresql…``/``postgres`` scheme means psycopg 3."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as e:
        raise ConfigError(f"SHUSHUO_DATABASE_URL is not a database URL; {EXPECTED}") from e
    family = parsed.drivername.partition("+")[0]
    if family in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if family == "sqlite" and parsed.database:
        return parsed.set(drivername="sqlite")
    raise ConfigError(f"SHUSHUO_DATABASE_URL is {parsed.render_as_string()!r}; {EXPECTED}")


def open_engine(url: str) -> Engine:
    """An engine for sync sessions used from threads; a transaction that writes starts with ``store.engine.write``."""
    parsed = normalised(url)
    if parsed.drivername != "sqlite":
        return create_engine(parsed, pool_size=10, max_overflow=10, pool_pre_ping=True, connect_args=PATIENCE)
    engine = create_engine(parsed, connect_args={"check_same_thread": False, "timeout": 30}, pool_size=10)
    event.listen(engine, "connect", _sqlite_connected)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connected(connection: object, _: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # we begin ourselves, see below
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: object) -> None:
    """Writers queue for the file at BEGIN: a lock taken later, inside a reading transaction, could only fail."""
    options = connection.get_execution_options()  # type: ignore[attr-defined]
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")  # type: ignore[attr-defined]
