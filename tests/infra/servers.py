"""A real Kafka broker and a real PostgreSQL for a test run, on free ports, in folders of their own."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.kafka.broker import Broker
from deploy.postgres import Postgres
from deploy.programs import free_port

QUICK = {"group.min.session.timeout.ms": "1000", "log.retention.check.interval.ms": "600000"}


@contextmanager
def kafka_broker() -> Iterator[Broker]:
    """A running broker with an empty log; gone, with its data, at the end."""
    with _folder("kafka") as folder:
        broker = Broker(folder, free_port(), free_port(), QUICK)
        broker.start()
        try:
            yield broker
        finally:
            broker.stop()


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A running server with an empty database; gone, with its data, at the end."""
    with _folder("postgres") as folder:
        folder.chmod(0o755)  # as root the server runs as another user
        server = Postgres(folder / "home", free_port(), safe=False)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"shushuo-{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
