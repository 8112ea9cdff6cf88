"""What ingest reads from the environment, beside the settings that all services share."""

from pathlib import Path
from typing import Any

from pydantic import Field, HttpUrl, model_validator

from shushuo_shared.settings import CommonSettings


class IngestSettings(CommonSettings):
    """Settings of the ingest service."""

    host: str = Field(default="127.0.0.1", description="address that the HTTP interface listens on")
    ingest_port: int = Field(default=8001, ge=1, le=65535, description="port of ingest's own HTTP interface")
    ingest_database_url: str = Field(
        default="", description="what ingest has seen; default: the PostgreSQL store, or a file in the data folder"
    )
    sources: Path | None = Field(default=None, description="TOML file of the sources to watch")
    max_document_bytes: int = Field(default=100_000_000, ge=1, description="largest document taken")
    read_seconds: float = Field(default=120, gt=0, description="longest time that reading one document may take")
    read_megabytes: int = Field(default=2048, ge=256, description="most memory that reading one document may take")
    user_agent: str = Field(
        default="Shushuo/0.1 (reads published court reports)", description="how the fetcher introduces itself to sites"
    )
    fetch_allow_hosts: str = Field(
        default="", description="hosts that may resolve to private addresses, separated by commas"
    )
    fetch_gap_seconds: float = Field(default=2.0, ge=0, description="least time between two requests to one host")
    dead_man_url: HttpUrl | None = Field(
        default=None, description="called every minute, only while all sources are well"
    )

    @model_validator(mode="before")
    @classmethod
    def _seen_in_data_dir(cls, values: dict[str, Any]) -> dict[str, Any]:
        shared = str(values.get("database_url") or "")
        folder = Path(values.get("data_dir") or "data").absolute()
        default = shared if shared.startswith("postgresql") else f"sqlite:///{folder}/ingest.sqlite"
        return {**values, "ingest_database_url": values.get("ingest_database_url") or default}

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The hosts of ``fetch_allow_hosts``."""
        return frozenset(host.strip().lower() for host in self.fetch_allow_hosts.split(",") if host.strip())
