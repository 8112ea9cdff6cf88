"""Changes of ingest's tables, oldest first under ``versions``; ``upgrade`` brings any database up to date."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

_ALONE = Lock()  # Alembic keeps what it works on in globals


def upgrade(engine: Engine, to: str = "head") -> None:
    """Create or change the tables as this release needs them; safe at every start, by several workers at once."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with _ALONE, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
