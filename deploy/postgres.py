"""A real PostgreSQL on this machine: ``python deploy/postgres.py up|down``.

Uses the programs of an installed PostgreSQL with a data folder of our own, so that a system's own server is left alone.
PostgreSQL refuses to run as root; as root it runs as the user ``postgres`` that Debian's package makes. Tests use
``Postgres`` with a folder and a port of their own; ``up`` listens on 127.0.0.1:5433.
"""

import argparse
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from programs import Missing, ensure, listening, tail  # noqa: E402  (beside this file, not in a package)

PORT = 5433
NAME = "shushuo"


class Postgres:
    """One server: its folder and port; ``safe`` is whether it waits for the disk (tests need not)."""

    def __init__(self, home: Path, port: int, *, safe: bool = True) -> None:
        self.home, self.port = home, port
        self._data, self.log = home / "data", home / "postgres.log"
        self._options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        if not safe:
            self._options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"

    def url(self, database: str = NAME) -> str:
        """The address of a database, as SHUSHUO_DATABASE_URL takes it."""
        return f"postgresql+psycopg://{NAME}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Make the data folder if it is new, start the server and return when it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            owner = _owner()
            os.chown(self.home, owner.pw_uid, owner.pw_gid)
        new = not (self._data / "PG_VERSION").exists()
        if new:
            self._run("initdb", "-D", self._data, "-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self._run("pg_ctl", "-D", self._data, "-l", self.log, "-o", self._options, "-w", "start")
        if new:
            self.create_database(NAME)

    def create_database(self, database: str) -> None:
        """Make an empty database."""
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", NAME, database)

    def stop(self) -> None:
        """End the server, if it runs, and return when it is gone."""
        if self.running():
            self._run("pg_ctl", "-D", self._data, "-m", "fast", "-w", "stop")

    def running(self) -> bool:
        """Whether this folder's server lives."""
        if not (self._data / "PG_VERSION").exists():
            return False
        return self._call("pg_ctl", "-D", self._data, "status").returncode == 0

    def _run(self, program: str, *arguments: object) -> None:
        done = self._call(program, *arguments)
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stderr.strip() or tail(self.log)}")

    def _call(self, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(Path(_programs()) / program), *map(str, arguments)]
        error = self.home / f"{program}.stderr"  # a pipe would stay open in the server and never end
        with error.open("w") as stderr:
            who = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
            done = subprocess.run(  # type: ignore[call-overload]  # the keywords vary with who we are
                command, check=False, cwd="/", stdout=subprocess.DEVNULL, stderr=stderr, **who
            )
        return subprocess.CompletedProcess(command, done.returncode, "", error.read_text())


def _programs() -> str:
    """The folder of PostgreSQL's server programs; Missing when there is none."""

    def find() -> str | None:
        newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
        found = str(newest[-1]) if newest else shutil.which("initdb")
        return str(Path(found).resolve().parent) if found else None

    return ensure(find, "postgresql")


def _owner() -> pwd.struct_passwd:
    _programs()
    try:
        return pwd.getpwnam("postgres")
    except KeyError as e:
        raise Missing(
            "PostgreSQL does not run as root and there is no user postgres; `useradd -r postgres` adds it."
        ) from e


def _home() -> Path:
    """Where ``up`` keeps its data: in the checkout, or as root where the user postgres can reach it."""
    if os.geteuid() == 0:
        return Path("/var/lib/shushuo-local/postgres")
    return HERE.parent / "var" / "postgres"


def main() -> int:
    """Carry out one command of the Makefile."""
    parser = argparse.ArgumentParser(description="A real PostgreSQL for local work.")
    command = parser.add_argument("command", choices=["up", "down"]) and parser.parse_args().command
    server = Postgres(_home(), PORT)
    try:
        if command == "down":
            server.stop()
            print("PostgreSQL is stopped; its data stays in", server.home)
        elif server.running():
            print("PostgreSQL already runs:", server.url())
        elif listening(PORT):
            print(f"Port {PORT} is taken by something else; PostgreSQL was not started.", file=sys.stderr)
            return 1
        else:
            server.start()
            print(f"PostgreSQL runs: {server.url()}; log: {server.log}")
    except (Missing, RuntimeError, OSError) as e:
        print(e, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
