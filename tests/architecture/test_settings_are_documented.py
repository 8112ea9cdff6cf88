"""Every setting of every service stands in .env.example, and nothing else does."""

import re
from pathlib import Path

from shushuo.settings import LauncherSettings
from shushuo_extract.settings import ExtractSettings
from shushuo_ingest.settings import IngestSettings
from shushuo_publish.settings import PublishSettings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_every_setting_is_documented() -> None:
    classes = (IngestSettings, ExtractSettings, PublishSettings, LauncherSettings)
    known = {f"SHUSHUO_{name.upper()}" for settings in classes for name in settings.model_fields}
    told = set(re.findall(r"^# (SHUSHUO_\w+)=", EXAMPLE.read_text(encoding="utf-8"), re.M))
    assert told == known
