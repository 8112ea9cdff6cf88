"""Changes of the tables, oldest first under ``versions``; ``upgrade`` brings any database up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from shushuo_publish.store.engine import normalised, open_engine
from shushuo_shared.errors import Retryable


def upgrade(database_url: str, to: str = "head") -> None:
    """Create or change the tables as this release needs them; safe to call at every start, by several at once."""
    parsed = normalised(database_url)
    if parsed.drivername == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    engine = open_engine(database_url)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    except OperationalError as e:
        raise Retryable(f"the store is not ready: {str(e.orig).strip().partition(chr(10))[0]}") from e
    finally:
        engine.dispose()
