"""A library that says one thing a thousand times is heard once a minute."""

import logging

import pytest

from shushuo_shared.bus.calm_logs import Calm


@pytest.fixture
def chatty() -> logging.Logger:
    logger = logging.getLogger("tests.chatty.part")
    logger.setLevel(logging.WARNING)
    return logger


def test_repetitions_are_counted_not_written(chatty: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    parent = logging.getLogger("tests.chatty")
    parent.handlers, parent.propagate = [Calm(monotonic=lambda: now)], False
    for n in range(1000):
        chatty.warning("node %s is away", n)
    chatty.warning("something else")
    now = 61.0
    chatty.warning("node %s is away", "x")

    assert [record.getMessage() for record in caplog.records] == [
        "node 0 is away",
        "something else",
        "node x is away (and 999 times more)",
    ]
