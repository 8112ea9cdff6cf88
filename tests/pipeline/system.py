"""A whole Shushuo in real processes, as its operator starts it: in one process, or three of them on Kafka."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from deploy.programs import free_port

PATIENCE = 300  # seconds; generous, for only a failure uses them up
SHUSHUO = [sys.executable, "-m", "shushuo"]
TOKEN = "pipeline-test-token"


class System:
    """Processes by name, each startable and killable; ``folder`` holds data and logs."""

    def __init__(self, folder: Path, settings: Mapping[str, str], processes: Mapping[str, list[str]]) -> None:
        self.folder, self._commands = folder, processes
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SHUSHUO_")},
            "SHUSHUO_DATA_DIR": str(folder / "data"),
            "SHUSHUO_PORT": str(self.port),
            "SHUSHUO_INGEST_PORT": str(free_port()),
            "SHUSHUO_EXTRACT_PORT": "0",
            "SHUSHUO_URL": self.url,
            "SHUSHUO_PUBLIC_URL": self.url,
            "SHUSHUO_ADMIN_TOKEN": TOKEN,
            "SHUSHUO_WEBHOOK_ALLOW_PRIVATE": "1",
            "SHUSHUO_LOG_FORMAT": "json",
            **settings,
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @classmethod
    def embedded(cls, folder: Path) -> "System":
        """``shushuo up``: one process, SQLite."""
        return cls(folder, {}, {"up": ["up"]})

    @classmethod
    def on_kafka(cls, folder: Path, bus_url: str, database_url: str) -> "System":
        """Three services, and a second extract worker, as processes on Kafka and PostgreSQL."""
        processes = {name: ["run", name] for name in ("publish", "ingest", "extract")}
        settings = {"SHUSHUO_BUS_URL": bus_url, "SHUSHUO_DATABASE_URL": database_url}
        return cls(folder, settings, {**processes, "extract-2": ["run", "extract"]})

    def __enter__(self) -> "System":
        (self.folder / "logs").mkdir(parents=True, exist_ok=True)
        for name in self._commands:
            self.start(name)
        try:
            self.wait_for(lambda: self._answers(f"{self.url}/readyz"), "publish to be ready")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in list(self.running):
            self.stop(name)

    def start(self, name: str) -> None:
        """Start the process; its lines go to ``logs/NAME.log``."""
        with (self.folder / "logs" / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [*SHUSHUO, *self._commands[name]], stdout=log, stderr=log, env=self.environment, cwd=self.folder
            )

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM, seconds: float = 120) -> int:
        """Signal the process and wait until it is gone; its exit status."""
        process = self.running.pop(name)
        process.send_signal(how)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the command line against this system."""
        command = [*SHUSHUO, *arguments]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=self.environment,
            check=False,
            cwd=self.folder,
            timeout=PATIENCE,
        )

    def json(self, *arguments: str) -> Any:
        """A command's ``--json`` answer."""
        done = self.cli(*arguments, "--json")
        assert done.stdout, f"{arguments}: {done.stderr}{done.stdout}"
        return json.loads(done.stdout)

    def get(self, path: str) -> httpx.Response:
        """GET with the administrator's token."""
        headers = {"authorization": f"Bearer {TOKEN}"}
        return httpx.get(self.url + path, headers=headers, timeout=30, trust_env=False)

    def lines(self, name: str) -> list[dict[str, Any]]:
        """The log lines of a process, but for one that it is still writing."""
        log = self.folder / "logs" / f"{name}.log"
        whole = log.read_text(encoding="utf-8").rpartition("\n")[0] if log.exists() else ""
        return [json.loads(line) for line in whole.splitlines() if line.startswith("{")]

    def settled(self) -> bool:
        """Whether everything taken in has gone all the way: no lag anywhere, nothing to send."""
        answer = self.get("/api/v1/status").json()
        busy = any(service["lag"] for service in answer["services"]) or answer.get("outbox") != 0
        return not busy and "pending" not in answer["deliveries"]

    def wait_for(self, condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Wait until the condition holds; fail with the ends of the logs when it does not in time."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {seconds} s for {what}\n{self.tails()}")
            time.sleep(0.1)

    def tails(self) -> str:
        """The last lines of every log."""
        logs = sorted((self.folder / "logs").glob("*.log"))
        return "\n".join(f"== {log.name}\n" + "\n".join(log.read_text().splitlines()[-12:]) for log in logs)

    @staticmethod
    def _answers(url: str) -> bool:
        try:
            return httpx.get(url, timeout=5, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False
