"""Settings of publish."""

from pydantic import Field, field_validator

from shushuo_shared.settings import CommonSettings


class PublishSettings(CommonSettings):
    """Where publish listens, under which address the world sees it, and whom it may call."""

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=1, le=65535, description="port to listen on")
    ingest_url: str = Field(default="", description="a separately running ingest, asked what is wrong with its sources")
    ingest_port: int = Field(default=8001, ge=1, le=65535, description="its port on this machine, where no URL is set")
    public_url: str = Field(
        default="", description="address under which readers reach it; default: http://127.0.0.1 with the port"
    )
    webhook_allow_private: bool = Field(
        default=False, description="1 permits webhooks to http and to private addresses, for tests and intranets"
    )
    hubs: str = Field(default="", description="WebSub hubs that feeds name and publishing pings, comma-separated")
    private_feeds: bool = Field(default=False, description="1 serves feeds only with a token")
    rate_per_minute: int = Field(default=0, ge=0, description="API requests a minute per client; 0 means no limit")
    publish_parallel: int = Field(default=4, ge=1, le=64, description="reports handled at the same time")

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("expected http(s)://host/path")
        return value.rstrip("/")

    def links_base(self) -> str:
        """The address that links in feeds and webhooks start with."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    def ingest_base(self) -> str:
        """Where an ingest that runs by itself listens."""
        return self.ingest_url or f"http://127.0.0.1:{self.ingest_port}"

    def hub_list(self) -> tuple[str, ...]:
        """The hubs' addresses."""
        return tuple(hub.strip() for hub in self.hubs.split(",") if hub.strip())
