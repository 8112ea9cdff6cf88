"""A limit on how often one client may ask, kept in memory: a bucket that refills evenly."""

from collections import OrderedDict
from datetime import datetime
from math import ceil

from starlette.requests import Request

from shushuo_publish.web.problems import Problem
from shushuo_shared.clock import Clock

MOST_CLIENTS = 10_000


class RateLimit:
    """``per_minute`` requests a minute for each client address, as many at once; 0 means no limit."""

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    async def __call__(self, request: Request) -> None:
        """Let the request pass or raise Problem 429 with the seconds to wait."""
        if self._per_minute <= 0:
            return
        wait = self.take(request.client.host if request.client else "")
        if wait > 0:
            raise Problem(429, "请求过于频繁", f"请在 {wait} 秒后再试", headers={"retry-after": str(wait)})

    def take(self, client: str) -> int:
        """Take one request from the client's bucket; the seconds to wait when it is empty."""
        now, rate = self._clock(), self._per_minute / 60
        left, since = self._buckets.pop(client, (float(self._per_minute), now))
        left = min(self._per_minute, left + (now - since).total_seconds() * rate)
        allowed = left >= 1
        self._buckets[client] = (left - 1 if allowed else left, now)
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return 0 if allowed else ceil((1 - left) / rate)
