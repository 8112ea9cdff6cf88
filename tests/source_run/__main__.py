"""``make source-run``: plays the run and writes docs/SOURCE_RUN.md."""

import asyncio
import tempfile
from pathlib import Path

from shushuo_shared.logs import configure
from tests.source_run.stage import a_stage
from tests.source_run.story import SOURCES, play

DOCUMENT = Path(__file__).parents[2] / "docs" / "SOURCE_RUN.md"
HEAD = """# A site that changes, fails, lies, redirects inward and comes back

What ingest did, written by `make source-run`; `tests/ingest/test_source_run.py` plays it again and compares. Site,
fetching, reading, storing and bus are real. Only the clock is moved by hand, mostly to the next look that ingest
itself has planned, and the site's address is shown as `court.example`.

| line | is |
| --- | --- |
| `site` | what the site was asked, and what it answered |
| `ingest` | its log at the usual level, without ids, durations and zeros |
| `out` | what went to the topics |
| `status` | what ingest gives to `shushuo status` (which counts the dead letters, too), and the dead-man's call |

The sources file:

"""


async def run() -> str:
    """Play the run; the whole document."""
    configure("ingest", "json", level="ERROR")
    sources = SOURCES.strip().replace("{url}", "http://court.example")
    with tempfile.TemporaryDirectory() as folder:
        async with a_stage(Path(folder), SOURCES) as stage:
            return f"{HEAD}```toml\n{sources}\n```\n\n{await play(stage)}"


if __name__ == "__main__":
    DOCUMENT.write_text(asyncio.run(run()), encoding="utf-8")
