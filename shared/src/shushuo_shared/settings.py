"""Settings from the environment: typed, frozen, every problem named at once, secrets never shown.

``SHUSHUO_NAME`` in the environment or ``.env`` sets ``name``; ``SHUSHUO_NAME_FILE`` names a file that holds the value.
"""

import os
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from shushuo_shared.errors import ConfigError

PREFIX = "SHUSHUO_"
S = TypeVar("S", bound="CommonSettings")


class _FromFiles(PydanticBaseSettingsSource):
    """Values of fields whose ``…_FILE`` twin is set."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The stripped content of the file that ``SHUSHUO_<FIELD>_FILE`` names."""
        variable = f"{PREFIX}{field_name.upper()}_FILE"
        path = os.environ.get(variable)
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except OSError as e:
            raise ConfigError(f"{variable} names {path!r}, which cannot be read: {e.strerror}") from e

    def __call__(self) -> dict[str, Any]:
        """All fields that a file gives."""
        values = {name: self.get_field_value(f, name)[0] for name, f in self.settings_cls.model_fields.items()}
        return {name: value for name, value in values.items() if value is not None}


class CommonSettings(BaseSettings):
    """What every service and the command line read."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore"
    )

    data_dir: Path = Field(default=Path("data"), description="folder of everything that the embedded default keeps")
    bus_url: str = Field(default="", description="sqlite:///path or kafka://host:port,…; default in the data folder")
    database_url: str = Field(
        default="", description="the store: sqlite:///path or postgresql://…; default in the data folder"
    )
    blob_url: str = Field(default="", description="originals and large texts: file:///path or s3://bucket/prefix")
    log_format: Literal["console", "json", "auto"] = Field(default="auto", description="auto: console on a terminal")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="least severe line shown"
    )
    admin_token: SecretStr | None = Field(default=None, description="bearer token of the administrative API")

    @model_validator(mode="before")
    @classmethod
    def _in_data_dir(cls, values: dict[str, Any]) -> dict[str, Any]:
        folder = Path(values.get("data_dir") or "data").absolute()
        return {
            **values,
            "data_dir": folder,
            "bus_url": values.get("bus_url") or f"sqlite:///{folder}/bus.sqlite",
            "database_url": values.get("database_url") or f"sqlite:///{folder}/store.sqlite",
            "blob_url": values.get("blob_url") or f"file://{folder}/blobs",
        }

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over files named by it, those over ``.env``."""
        return init_settings, env_settings, _FromFiles(settings_cls), dotenv_settings


def load(settings: type[S], **given: Any) -> S:
    """Read the settings; ConfigError names every wrong variable, what it held and what was expected."""
    try:
        return settings(**given)
    except ValidationError as e:
        lines = [
            f"  {PREFIX}{str(p['loc'][0]).upper() if p['loc'] else '…'}: {p['msg']}"
            for p in e.errors(include_input=False)
        ]
        raise ConfigError("settings are wrong:\n" + "\n".join(lines)) from e
