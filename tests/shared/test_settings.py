"""Settings come from the environment, whole problems are told at once, secrets are never shown."""

from pathlib import Path

import pytest

from shushuo_shared.errors import ConfigError
from shushuo_shared.settings import CommonSettings, load


def test_everything_has_a_place_in_the_data_folder(tmp_path: Path) -> None:
    settings = load(CommonSettings, data_dir=tmp_path)
    assert settings.bus_url == f"sqlite:///{tmp_path}/bus.sqlite"
    assert settings.database_url == f"sqlite:///{tmp_path}/store.sqlite"
    assert settings.blob_url == f"file://{tmp_path}/blobs"


def test_the_environment_names_bus_and_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUSHUO_BUS_URL", "kafka://one:9092,two:9092")
    assert load(CommonSettings).bus_url == "kafka://one:9092,two:9092"


def test_a_secret_can_come_from_a_file_and_is_not_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("tell-nobody\n")
    monkeypatch.setenv("SHUSHUO_ADMIN_TOKEN_FILE", str(tmp_path / "token"))
    settings = load(CommonSettings)
    assert settings.admin_token is not None
    assert settings.admin_token.get_secret_value() == "tell-nobody"
    assert "tell-nobody" not in repr(settings)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUSHUO_ADMIN_TOKEN_FILE", str(tmp_path / "absent"))
    with pytest.raises(ConfigError, match=r"SHUSHUO_ADMIN_TOKEN_FILE names .*absent"):
        load(CommonSettings)


def test_all_wrong_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUSHUO_LOG_FORMAT", "xml")
    monkeypatch.setenv("SHUSHUO_LOG_LEVEL", "LOUD")
    with pytest.raises(ConfigError) as told:
        load(CommonSettings)
    assert "SHUSHUO_LOG_FORMAT" in str(told.value)
    assert "SHUSHUO_LOG_LEVEL" in str(told.value)
