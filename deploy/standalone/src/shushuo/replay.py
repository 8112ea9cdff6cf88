"""``shushuo replay``: a report read again from its archived original, without any network, beside what is published."""

from typing import Any

from shushuo.settings import LauncherSettings
from shushuo.show import as_json, console
from shushuo.system import call
from shushuo_extract import read_text
from shushuo_ingest.client import replay
from shushuo_shared.errors import ConfigError
from shushuo_shared.settings import load

PARTS = ("text", "meta", "sections", "figures", "ranks", "highlights", "terms", "checks")


def replay_report(report_id: str, *, json: bool) -> bool:
    """Read it again and compare; whether the answer is equal to what is published, part by part."""
    settings = load(LauncherSettings)
    raw = replay(report_id, base_url=settings.ingest(), token=settings.token())
    if raw.get("text") is None:
        raise ConfigError(f"{report_id} has no inline text to read again (state {raw.get('state')})")
    again = read_text(raw["text"], report_id=report_id, version=raw["version"]).model_dump(mode="json", by_alias=True)
    published: dict[str, Any] = call("GET", f"/api/v1/reports/{report_id}")
    different = [part for part in PARTS if part in published and published[part] != again[part]]
    if json:
        as_json({"report_id": report_id, "equal": not different, "different": different, "report": again})
    elif different:
        console.print(f"[red]{report_id} reads differently now:[/red] {', '.join(different)}")
    else:
        console.print(f"{report_id} reads the same: {len(again['figures'])} figures from the archived original")
    return not different
