"""Makes sure that tools are on the machine: installs Debian's packages where it may, names them where it may not.

Usage: python deploy/require.py java mvn postgresql chromium antiword
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from programs import Missing, ensure


def _postgresql() -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return str(found[-1]) if found else shutil.which("initdb")


def _chinese_font() -> str | None:
    return next((str(f) for f in Path("/usr/share/fonts").rglob("*CJK*")), None)


TOOLS: dict[str, list[tuple[Callable[[], str | None], tuple[str, ...]]]] = {
    "java": [(lambda: shutil.which("java"), ("openjdk-17-jre-headless",))],
    "mvn": [(lambda: shutil.which("mvn"), ("maven",))],
    "postgresql": [(_postgresql, ("postgresql", "postgresql-contrib"))],
    "chromium": [(lambda: shutil.which("chromium"), ("chromium",)), (_chinese_font, ("fonts-noto-cjk",))],
    "antiword": [(lambda: shutil.which("antiword"), ("antiword",))],
}


def main(tools: list[str]) -> int:
    """Install what is missing; 1 with one sentence when that is not possible."""
    try:
        for tool in tools:
            for find, packages in TOOLS[tool]:
                ensure(find, *packages)
    except Missing as e:
        print(e, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
