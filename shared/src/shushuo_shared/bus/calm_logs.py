"""Libraries that repeat one line a hundred times a second while a broker is away say it once a minute instead."""

import logging
import time
from collections.abc import Callable

EVERY_SECONDS = 60.0


class Calm(logging.Handler):
    """Passes a logger's records on to the root's handlers, each message text at most once per ``EVERY_SECONDS``."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._said: dict[tuple[str, str], tuple[float, int]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Pass the record on, with the number left out since the last, or count it."""
        what = (record.name, str(record.msg))
        said_at, left_out = self._said.get(what, (float("-inf"), 0))
        now = self._monotonic()
        if now - said_at < EVERY_SECONDS:
            self._said[what] = (said_at, left_out + 1)
            return
        self._said[what] = (now, 0)
        if left_out:
            record.msg = f"{record.msg} (and {left_out} times more)"
        logging.getLogger().handle(record)


def calm(*names: str) -> None:
    """Put these loggers, and all below them, under a limit; calling it again changes nothing."""
    for name in names:
        logger = logging.getLogger(name)
        if not any(isinstance(handler, Calm) for handler in logger.handlers):
            logger.handlers = [Calm()]
            logger.propagate = False
