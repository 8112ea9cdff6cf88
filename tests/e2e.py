"""``make e2e``: what happened to each document, from file to feed entry to webhook, on both ways to run."""

import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
from rich.console import Console
from rich.table import Table

from deploy.kafka.broker import Broker
from deploy.postgres import Postgres
from deploy.programs import free_port
from shushuo.launcher import sample_files
from tests.pipeline.receiver import Receiver
from tests.pipeline.system import System

SEEDS = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
OTHER_FIGURES = str.maketrans("345678", "456783")


def documents(folder: Path) -> list[Path]:
    """The real seed reports where they are present, else the bundled samples of another year.

    The samples themselves would be copies of those that ``shushuo up`` has taken in, and a copy is not told again.
    """
    if SEEDS.is_dir():
        return sorted(SEEDS.glob("*.txt"))
    folder.mkdir()
    for name, data in sample_files():
        (folder / f"e2e-{name}").write_text(data.decode().translate(OTHER_FIGURES), encoding="utf-8")
    return sorted(folder.iterdir())


def send_all(system: System, files: list[Path], title: str) -> bool:
    """Submit the files, wait for feed and webhook, print the table; whether every document arrived once."""
    table = Table(
        "document", "file", "figures", "ranks", "highlights", "feed entry", "webhooks", "seconds", title=title
    )
    whole = True
    with Receiver() as receiver:
        receiver.secret = system.json("webhooks", "add", receiver.url)["secret"]
        started = time.perf_counter()
        for answer in system.json("submit", *map(str, files)):
            report_id = answer["report_id"]
            system.wait_for(
                lambda r=report_id: r in receiver.of_type("report.published"), f"webhook of {answer['name']}"
            )
            seconds = time.perf_counter() - started
            told = receiver.of_type("report.published")[report_id]
            feed = feedparser.parse(system.get("/feeds/reports.rss?limit=100").content)
            entry = next((e for e in feed.entries if urlsplit(e.link).path == f"/reports/{report_id}"), None)
            report = system.get(f"/api/v1/reports/{report_id}").json()
            counts = [str(len(report[kind])) for kind in ("figures", "ranks", "highlights")]
            found = "missing" if entry is None or feed.bozo else entry.title
            whole &= entry is not None and not feed.bozo and len(told) == 1 and not receiver.refused
            table.add_row(answer["name"], answer["outcome"], *counts, found, f"{len(told)} signed", f"{seconds:.1f}")
    Console(width=160).print(table)
    return whole


def main() -> int:
    """Run both ways; 1 when any document did not arrive exactly once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as a user of its own
        files = documents(folder / "files")
        with System.embedded(folder / "embedded") as system:
            whole = send_all(system, files, "embedded: one process, SQLite")
        broker, postgres = Broker(folder / "kafka", free_port(), free_port()), Postgres(folder / "pg", free_port())
        try:
            broker.start()
            postgres.start()
            with System.on_kafka(folder / "on-kafka", f"kafka://{broker.address}", postgres.url()) as system:
                whole &= send_all(system, files, "Kafka: four processes, PostgreSQL")
        finally:
            broker.stop()
            postgres.stop()
    print("every document arrived once" if whole else "NOT every document arrived once")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
