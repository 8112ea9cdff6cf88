"""Programs that local servers need: found, installed from Debian when we are root, or named in one sentence."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path


class Missing(Exception):
    """A program is not there and cannot be fetched without asking; the message names the command that installs it."""


def ensure(find: Callable[[], str | None], *packages: str) -> str:
    """The program that ``find`` finds, installing Debian packages for it when that is possible; Missing otherwise."""
    if found := find():
        return found
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(packages)} with apt-get …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        wait = ["-o", "DPkg::Lock::Timeout=180"]
        subprocess.run(["apt-get", *wait, "update", "-qq"], check=False, env=environment)
        subprocess.run([*command, *wait, "-qq"], check=False, env=environment, stdout=subprocess.DEVNULL)
    if found := find():
        return found
    raise Missing(f"{packages[0]} is not installed; `sudo {' '.join(command)}` (Debian, Ubuntu) installs it.")


def free_port() -> int:
    """A TCP port of this machine that nobody uses right now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def listening(port: int) -> bool:
    """Whether somebody accepts connections on the port of this machine."""
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(("127.0.0.1", port)) == 0


def command_line(pid: int) -> str:
    """The command line of a living process; empty for one that is gone or a zombie."""
    if Path("/proc/self").exists():
        file = Path(f"/proc/{pid}/cmdline")
        return file.read_bytes().replace(b"\0", b" ").decode(errors="replace") if file.exists() else ""
    ps = subprocess.run(["ps", "-p", str(pid), "-o", "args="], check=False, capture_output=True, text=True)
    return ps.stdout


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log file."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else "(no log)"
