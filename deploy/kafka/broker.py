"""A real Apache Kafka broker on this machine (KRaft, one node): ``python deploy/kafka/broker.py up|down``.

The jars come from Maven Central by the pom.xml beside this file, once. Tests use ``Broker`` with a folder and ports of
their own; ``up`` keeps its data under ``var/kafka`` of the checkout and listens on 127.0.0.1:9092.
"""

import argparse
import base64
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from programs import Missing, command_line, ensure, listening, tail  # noqa: E402  (beside this folder, not in a package)

LIBS = HERE / "libs"
HOME = HERE.parents[1] / "var" / "kafka"
PORT = 9092
START_SECONDS = 60.0
STOP_SECONDS = 30.0

_PROPERTIES = """\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{controller}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
"""


class Broker:
    """One broker: its folder (settings, data, log, pid) and its port; ``extra`` are further server properties."""

    def __init__(self, home: Path, port: int, controller: int, extra: Mapping[str, str] | None = None) -> None:
        self.home, self.port, self.address = home, port, f"127.0.0.1:{port}"
        self._settings, self._pid, self._data = home / "server.properties", home / "broker.pid", home / "data"
        self.log = home / "broker.log"
        self._properties = _PROPERTIES.format(port=port, controller=controller, data=self._data)
        self._properties += "".join(f"{name}={value}\n" for name, value in (extra or {}).items())

    def start(self) -> None:
        """Format the folder if it is new, start the broker and return when it accepts connections."""
        self.home.mkdir(parents=True, exist_ok=True)
        self._settings.write_text(self._properties)
        if not (self._data / "meta.properties").exists():
            self._format()
        command = [*java(), "kafka.Kafka", str(self._settings)]
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self._pid.write_text(str(process.pid))
        self._await_start(process)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the broker, if it runs, and return when it is gone."""
        if (pid := self.running()) is None:
            return
        os.kill(pid, how)
        deadline = time.monotonic() + STOP_SECONDS
        while self.running() is not None:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)

    def running(self) -> int | None:
        """The process id of this folder's broker, if it lives."""
        if not self._pid.exists():
            return None
        pid = int(self._pid.read_text())
        return pid if str(self._settings) in command_line(pid) else None

    def _format(self) -> None:
        random = b"\0" + uuid.uuid4().bytes[1:]  # an id that began with "-" would be taken for an option
        cluster = base64.urlsafe_b64encode(random).rstrip(b"=").decode()
        tool = [*java(), "kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(self._settings)]
        with self.log.open("ab") as log:
            if subprocess.run(tool, check=False, stdout=log, stderr=log).returncode:
                raise RuntimeError(f"Kafka's folder could not be formatted; the end of {self.log}:\n{tail(self.log)}")

    def _await_start(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not listening(self.port):
            if process.poll() is not None or time.monotonic() > deadline:
                self.stop(signal.SIGKILL)
                raise RuntimeError(f"Kafka did not start on {self.address}; the end of {self.log}:\n{tail(self.log)}")
            time.sleep(0.1)


def java() -> list[str]:
    """The start of a command line that runs a class of the broker's jars; Missing without Java, Maven or the jars."""
    program = ensure(lambda: shutil.which("java"), "openjdk-17-jre-headless")
    level = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
    return [program, "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", level, "-cp", f"{fetch_jars()}/*"]


def fetch_jars() -> Path:
    """The folder of the broker's jars, filled by Maven when it is not yet, or when pom.xml has changed."""
    pom = HERE / "pom.xml"
    wanted = hashlib.sha256(pom.read_bytes()).hexdigest()
    LIBS.mkdir(exist_ok=True)
    complete = LIBS / ".complete"
    with (LIBS / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists() or complete.read_text() != wanted:
            mvn = ensure(lambda: shutil.which("mvn"), "maven")
            print("Fetching the broker's jars from Maven Central …", flush=True)
            for old in LIBS.glob("*.jar"):
                old.unlink()
            subprocess.run([mvn, "-B", "-q", "-f", str(pom), "dependency:copy-dependencies"], check=True)
            complete.write_text(wanted)
    return LIBS


def main() -> int:
    """Carry out one command of the Makefile."""
    parser = argparse.ArgumentParser(description="A real Apache Kafka broker for local work.")
    parser.add_argument("command", choices=["up", "down", "jars"])
    command = parser.parse_args().command
    broker = Broker(HOME, PORT, PORT + 1)
    try:
        if command == "jars":
            fetch_jars()
        elif command == "down":
            broker.stop()
            print("Kafka is stopped; its data stays in", HOME)
        elif broker.running():
            print("Kafka already runs on", broker.address)
        elif listening(PORT):
            print(f"Port {PORT} is taken by something else; Kafka was not started.", file=sys.stderr)
            return 1
        else:
            broker.start()
            print(f"Kafka runs on {broker.address}; log: {broker.log}")
    except (Missing, RuntimeError, subprocess.CalledProcessError) as e:
        print(e, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
