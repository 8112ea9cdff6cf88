"""Fetches over HTTP: one polite, bounded request per hop, each hop asked of robots.txt and of the address guard."""

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
import structlog

from shushuo_ingest.fetch.address import host_of
from shushuo_ingest.fetch.page import FetchFailed, Gone, Page, Refused, Unchanged, Validators
from shushuo_ingest.fetch.politeness import Politeness
from shushuo_ingest.fetch.robots import Robots
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.http_guard import AddressRefused

HOPS = 8
DEADLINE = 300.0
AFTER_429 = timedelta(seconds=30)
LONGEST_RETRY_AFTER = timedelta(days=1)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

log = structlog.get_logger(__name__)


class Fetcher:
    """A Fetch over an httpx client whose transport refuses inward addresses at connect time."""

    def __init__(
        self, client: httpx.AsyncClient, *, politeness: Politeness, limit: int, clock: Clock = system_clock
    ) -> None:
        self._client, self._politeness, self._limit, self._clock = client, politeness, limit, clock
        self._robots = Robots(self._robots_txt, agent=client.headers["user-agent"], politeness=politeness, clock=clock)

    async def __call__(
        self, address: str, *, validators: Validators | None = None, robots: bool = True, limit: int | None = None
    ) -> Page:
        """The page at the address, redirects followed; errors as ``Fetch`` says."""
        headers = _conditions(validators)
        try:
            async with asyncio.timeout(DEADLINE):
                return await self._followed(address, headers, robots, limit or self._limit)
        except TimeoutError as e:
            raise FetchFailed(f"{address} was not finished within {DEADLINE:.0f} s") from e

    async def _followed(self, address: str, headers: Mapping[str, str], robots: bool, limit: int) -> Page:
        for _ in range(HOPS):
            if robots and not await self._robots.allow(address):
                raise Refused(f"robots.txt of {host_of(address)} does not allow {urlsplit(address).path}")
            answer = await self._hop(address, headers, limit)
            if isinstance(answer, Page):
                return answer
            address = answer
        raise FetchFailed(f"more than {HOPS} redirects, the last to {address}")

    async def _hop(self, address: str, headers: Mapping[str, str], limit: int) -> Page | str:
        """One request: the page, or where it redirects to."""
        host = host_of(address)
        async with self._politeness.turn(host):
            try:
                async with self._client.stream("GET", address, headers=dict(headers)) as response:
                    if response.status_code in _REDIRECTS and "location" in response.headers:
                        return _next_hop(address, response.headers["location"])
                    await self._raise_for(response, host, conditional=bool(headers))
                    return _page(address, response, await _body(response, limit))
            except AddressRefused as e:
                raise Refused(f"{address}: {e}") from e
            except (httpx.HTTPError, httpx.InvalidURL) as e:
                raise FetchFailed(f"{address}: {type(e).__name__} {e}".rstrip()) from e

    async def _raise_for(self, response: httpx.Response, host: str, *, conditional: bool) -> None:
        status, address = response.status_code, str(response.url)
        if status == 304 and conditional:
            raise Unchanged
        if status in (404, 410):
            raise Gone(f"{address} answered {status}")
        if status in (429, 503):
            wait = self._retry_after(response.headers.get("retry-after"))
            if status == 429 or wait:
                await self._politeness.pause(host, wait or AFTER_429)
            raise FetchFailed(f"{address} answered {status}", retry_after=wait)
        if status not in (200, 203):
            raise FetchFailed(f"{address} answered {status}")

    def _retry_after(self, value: str | None) -> timedelta | None:
        """Seconds or a date, at most a day; None when absent or unreadable."""
        if not value:
            return None
        if value.strip().isdigit():
            return min(LONGEST_RETRY_AFTER, timedelta(seconds=int(value.strip()[:9])))
        try:
            wait = parsedate_to_datetime(value) - self._clock()
        except (ValueError, TypeError):
            return None
        return max(timedelta(0), min(LONGEST_RETRY_AFTER, wait))

    async def _robots_txt(self, address: str) -> bytes:
        page = await self._followed(address, {}, False, 500_000)
        return page.body


def _conditions(validators: Validators | None) -> dict[str, str]:
    given = validators or Validators()
    named = {"if-none-match": given.etag, "if-modified-since": given.last_modified}
    return {name: value for name, value in named.items() if value}


def _next_hop(address: str, location: str) -> str:
    target = urljoin(address, location).partition("#")[0]
    if urlsplit(target).scheme not in ("http", "https"):
        raise Refused(f"{address} redirects to {location!r}, which is no web address")
    log.info("redirected", address=address, target=target)
    return target


async def _body(response: httpx.Response, limit: int) -> bytes:
    announced = response.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > limit:
        raise Refused(f"{response.url} is larger than {limit} bytes")
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise Refused(f"{response.url} is larger than {limit} bytes")
    return bytes(body)


def _page(address: str, response: httpx.Response, body: bytes) -> Page:
    kind = response.headers.get("content-type", "")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", kind, re.IGNORECASE)
    return Page(
        address=address,
        body=body,
        media_type=kind.partition(";")[0].strip().lower() or "application/octet-stream",
        charset=charset.group(1) if charset else None,
        validators=Validators(etag=response.headers.get("etag"), last_modified=response.headers.get("last-modified")),
    )
