"""A pytest plugin: in CI a skipped test fails the run unless ``tests/skips.toml`` lists it with its reason."""

import os
import tomllib
from pathlib import Path

import pytest

LISTED = Path(__file__).with_name("skips.toml")
_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note every skip that is not an expected failure."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Note modules that skip themselves."""
    if report.skipped:
        _skipped.append(report.nodeid)


def unlisted(skipped: list[str], listed: dict[str, str]) -> list[str]:
    """The skips that no entry's beginning matches."""
    return [node for node in skipped if not any(node.startswith(name) for name in listed)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run for unlisted skips."""
    silent = unlisted(_skipped, tomllib.loads(LISTED.read_text(encoding="utf-8")))
    if silent and os.environ.get("CI"):
        print("\nskipped, but not listed with a reason in tests/skips.toml:", *silent, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
