"""When to look again: at the source's own pace, later and later while it fails, weekly for ever, never not at all."""

import random
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(days=1)
WEEK = timedelta(days=7)
FULL_FETCH_EVERY = 10


def after_success(now: datetime, every: timedelta, chance: random.Random) -> datetime:
    """The next look, a little early or late so that sources do not march in step."""
    return now + every * chance.uniform(0.95, 1.05)


def after_failure(
    now: datetime,
    *,
    failures: int,
    failing_since: datetime,
    every: timedelta,
    retry_after: timedelta | None,
    chance: random.Random,
) -> datetime:
    """The next try: a minute, two, four … up to a day with jitter; weekly after a week; never before Retry-After."""
    if now - failing_since >= WEEK:
        pause = WEEK * chance.uniform(0.9, 1.0)
    else:
        pause = min(LONGEST_PAUSE, min(every, FIRST_PAUSE) * 2 ** min(failures - 1, 20)) * chance.uniform(0.5, 1.0)
    return now + max(pause, retry_after or timedelta(0))


def may_ask_conditionally(looks: int) -> bool:
    """Whether the validators may be sent; every tenth look is a full one, for some sites say "unchanged" for ever."""
    return looks % FULL_FETCH_EVERY != FULL_FETCH_EVERY - 1
