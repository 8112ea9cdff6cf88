"""What is missing on a machine is named in one sentence with the command that installs it."""

import os

import pytest

from deploy.programs import Missing, command_line, ensure


def test_a_missing_program_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Missing) as missing:
        ensure(lambda: None, "openjdk-17-jre-headless")

    assert str(missing.value) == (
        "openjdk-17-jre-headless is not installed; "
        "`sudo apt-get install -y --no-install-recommends openjdk-17-jre-headless` (Debian, Ubuntu) installs it."
    )


def test_a_program_that_is_there_is_used() -> None:
    assert ensure(lambda: "/usr/bin/java", "openjdk-17-jre-headless") == "/usr/bin/java"


def test_a_process_that_is_gone_has_no_command_line() -> None:
    assert command_line(2**22 + 1) == ""
    assert "python" in command_line(os.getpid())
