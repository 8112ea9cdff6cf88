"""Settings of extract."""

from pydantic import Field

from shushuo_shared.settings import CommonSettings


class ExtractSettings(CommonSettings):
    """What one extract worker may use, and how long one report may take."""

    host: str = Field(default="127.0.0.1", description="address that health checks are answered on")
    extract_port: int = Field(default=8002, ge=0, le=65535, description="port of health and metrics; 0: any free one")
    extract_processes: int = Field(default=2, ge=1, le=64, description="reports read at the same time")
    extract_timeout: float = Field(default=20.0, gt=0, description="seconds one report may take before it is given up")
    extract_memory_mb: int = Field(default=1024, ge=256, description="memory one reading process may use")
