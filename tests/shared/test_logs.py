"""Ours and the libraries' lines have one form, and no secret is in any."""

import json
import subprocess
import sys

from shushuo_shared.logs import without_secrets

SCRIPT = """
import logging, structlog
from shushuo_shared import logs
logs.configure("extract", "json")
structlog.get_logger("ours").info("handled", report_id="r1", outcome="done", secret="whsec_abc")
logging.getLogger("uvicorn.error").warning("theirs %s", "postgresql://user:pass@db/x")
try: 1/0
except ZeroDivisionError: structlog.get_logger().exception("broken")
"""


def test_every_line_is_one_json_object_with_the_service() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    ours, theirs, broken = [json.loads(line) for line in run.stderr.splitlines()]
    assert (ours["service"], ours["event"], ours["report_id"], ours["secret"]) == ("extract", "handled", "r1", "***")
    assert theirs["event"] == "theirs postgresql://***@db/x"
    assert theirs["level"] == "warning"
    assert "ZeroDivisionError" in broken["exception"]


def test_secrets_are_taken_out_of_text() -> None:
    line = {"url": "https://a:b@host/x", "said": "Authorization: Bearer abc.def", "feed": "/f.rss?token=t0p&x=1"}
    assert without_secrets(None, "", line) == {
        "url": "https://***@host/x",
        "said": "Authorization: ***",
        "feed": "/f.rss?token=***&x=1",
    }
