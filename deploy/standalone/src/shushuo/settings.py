"""Settings of the command line: how it finds a running system."""

import json
from pathlib import Path

from pydantic import Field

from shushuo_shared.settings import CommonSettings

TOKEN_FILE = "admin-token"  # noqa: S105 - the name of a file
INGEST_FILE = "run/ingest.json"


class LauncherSettings(CommonSettings):
    """What the command line reads beside the settings of the services."""

    url: str = Field(default="http://127.0.0.1:8000", description="the running system that commands talk to")
    ingest_url: str = Field(
        default="", description="a separately running ingest; default: as it noted in the data folder"
    )
    host: str = Field(default="127.0.0.1", description="address that up listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="port that up listens on")

    def token(self) -> str:
        """The administrator's token: the setting, or what ``up`` left in the data folder, or empty."""
        if self.admin_token is not None:
            return self.admin_token.get_secret_value()
        file = self.data_dir / TOKEN_FILE
        return file.read_text(encoding="ascii").strip() if file.exists() else ""

    def ingest(self) -> str:
        """Where ingest listens: the setting, what a running ingest noted in the data folder, or the main address."""
        note = self.data_dir / INGEST_FILE
        if self.ingest_url:
            return self.ingest_url
        return str(json.loads(note.read_text(encoding="utf-8"))["url"]) if note.exists() else self.url


def note_ingest(data_dir: Path, url: str | None) -> None:
    """Write down where ingest listens, so that commands on this machine find it; None removes the note."""
    note = data_dir / INGEST_FILE
    if url is None:
        note.unlink(missing_ok=True)
        return
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"url": url}), encoding="utf-8")
