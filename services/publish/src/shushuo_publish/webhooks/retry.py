"""When a delivery is tried again, and when an endpoint is paused: pure, the clock and the dice are arguments.

The published table (10 attempts over at least 75 h 35 min; each pause grows by up to a fifth, by chance):

| attempt | pause before it | after the first attempt, at least |
| ---: | ---: | ---: |
| 1 | at once | 0 |
| 2 | 5 s | 5 s |
| 3 | 5 min | 5 min |
| 4 | 30 min | 35 min |
| 5 | 2 h | 2 h 35 min |
| 6 | 5 h | 7 h 35 min |
| 7 | 10 h | 17 h 35 min |
| 8 | 14 h | 31 h 35 min |
| 9 | 20 h | 51 h 35 min |
| 10 | 24 h | 75 h 35 min |

| answer | meaning |
| --- | --- |
| 2xx | arrived |
| 410 | the receiver is gone: the endpoint is paused at once, the delivery held |
| 429, 502, 503, 504, or any failure with Retry-After | the whole endpoint rests: as long as asked, 1 min to 24 h |
| anything else (3xx, 4xx, 5xx, no answer within 15 s) | this delivery is tried again by the table |

An endpoint is paused only after at least 10 different events failed and a day went by without a success. Nothing is
dropped while it is paused; when it is resumed, everything held is sent in order, on a new schedule.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
ATTEMPTS = len(PAUSES) + 1
JITTER = 0.2
SHORTEST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=24)
PAUSE_AFTER = timedelta(hours=24)
PAUSE_AFTER_EVENTS = 10
RESTING = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one attempt: a status, or an error in its place."""

    at: datetime
    duration_ms: int
    status: int | None = None
    retry_after: str | None = None
    body: str = ""
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the message has arrived: 2xx, nothing else."""
        return self.status is not None and 200 <= self.status < 300


def next_attempt(made: int, now: datetime, dice: float) -> datetime | None:
    """When to try again after ``made`` failed attempts; None when the table is used up. ``dice`` is in [0, 1)."""
    if made >= ATTEMPTS:
        return None
    return now + PAUSES[made - 1] * (1 + JITTER * dice)


def rest(answer: Answer) -> datetime | None:
    """Until when the whole endpoint must be left alone; None when it need not be."""
    asked = _asked(answer)
    if asked is None and answer.status not in RESTING:
        return None
    return answer.at + min(max(asked or SHORTEST_REST, SHORTEST_REST), LONGEST_REST)


def gone(answer: Answer) -> bool:
    """Whether the receiver says that it will never be back."""
    return answer.status == 410


def should_pause(
    *, failing_since: datetime | None, last_success_at: datetime | None, failed: int, now: datetime
) -> bool:
    """Whether an endpoint with ``failed`` different failed events since its last success has had its chance."""
    if failing_since is None or failed < PAUSE_AFTER_EVENTS:
        return False
    return now - max(failing_since, last_success_at or failing_since) >= PAUSE_AFTER


def _asked(answer: Answer) -> timedelta | None:
    """The pause that Retry-After asks for, in seconds or as a date; None when it says nothing sensible."""
    value = (answer.retry_after or "").strip()
    if answer.ok or not value:
        return None
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 10**6))
    try:
        return max(parsedate_to_datetime(value) - answer.at, timedelta())
    except (TypeError, ValueError):
        return None
