"""Makes sure that tools are on the machine: installs Debian's packages where it may, names them where it may not.

Usage: python deploy/require.py java mvn postgresql chromium
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "java": ["openjdk-17-jre-headless"],
    "mvn": ["maven"],
    "postgresql": ["postgresql", "postgresql-contrib"],
    "chromium": ["chromium", "fonts-noto-cjk"],
}


def present(tool: str) -> bool:
    """Whether the tool is on this machine."""
    if tool == "postgresql":
        return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if tool == "chromium":
        return shutil.which("chromium") is not None and any(Path("/usr/share/fonts").rglob("*CJK*"))
    return shutil.which(tool) is not None


def main(tools: list[str]) -> int:
    """Install what is missing; 1 with one sentence when that is not possible."""
    missing = [package for tool in tools if not present(tool) for package in PACKAGES[tool]]
    if not missing:
        return 0
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"{', '.join(missing)} missing; install with: sudo sh -c '{command}'", file=sys.stderr)
        return 1
    print(f"installing {', '.join(missing)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"installing failed: {done.stderr.strip()[-400:]}\nRun it by hand: {command}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
