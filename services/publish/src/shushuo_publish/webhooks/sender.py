"""One attempt: a signed POST, its whole exchange within a deadline, no redirects, at most 4 KB of the answer read."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Protocol
from zlib import crc32

import httpx

from shushuo_publish.webhooks.retry import Answer
from shushuo_publish.webhooks.signing import signed_headers
from shushuo_shared.clock import Clock, system_clock
from shushuo_shared.http_guard import guarded_transport

DEADLINE = 15.0
CONNECT = 5.0
ANSWER_BYTES = 4096
POOLS = 16
AGENT = "Shushuo-Webhooks/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A delivery that is ours to attempt until its lease ends."""

    delivery_id: int
    endpoint_id: str
    message_id: str
    report_id: str
    type: str
    number: int
    suspect: bool = False
    url: str = field(repr=False)  # may carry the receiver's own key
    secrets: tuple[str, ...] = field(repr=False)
    body: bytes = field(repr=False)


class Send(Protocol):
    """Makes one attempt; whatever goes wrong is in the answer."""

    async def __call__(self, job: Job) -> Answer:
        """The receiver's answer."""


class Pools(httpx.AsyncBaseTransport):
    """Several pools of connections, one for each address: a pool looks at all it has for every request it gets."""

    def __init__(self, *, allow_private: bool, kept: int) -> None:
        trust = httpx.create_ssl_context(trust_env=False)
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=kept // POOLS, keepalive_expiry=30)
        self._pools = [guarded_transport(allow_private=allow_private, limits=limits, trust=trust) for _ in range(POOLS)]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it by the pool of its address."""
        return await self._pools[crc32(str(request.url).encode()) % POOLS].handle_async_request(request)

    async def aclose(self) -> None:
        """Close all."""
        for pool in self._pools:
            await pool.aclose()


def open_client(*, allow_private: bool, connections: int) -> httpx.AsyncClient:
    """A client whose connections pass the address guard and know nothing of this process's environment."""
    return httpx.AsyncClient(
        transport=Pools(allow_private=allow_private, kept=connections),
        timeout=httpx.Timeout(DEADLINE, connect=CONNECT),
        follow_redirects=False,
        trust_env=False,
        headers={"user-agent": AGENT, "accept": "*/*", "accept-encoding": "identity"},
    )


class Sender:
    """Sends over an httpx client."""

    def __init__(self, client: httpx.AsyncClient, *, clock: Clock = system_clock, deadline: float = DEADLINE) -> None:
        self._client, self._clock, self._deadline = client, clock, deadline

    async def __call__(self, job: Job) -> Answer:
        """One attempt at the job."""
        started, at = time.perf_counter(), self._clock()
        headers = {"content-type": "application/json"} | signed_headers(job.message_id, job.body, job.secrets, at)
        status, retry_after, body, error = None, None, "", None
        try:
            async with (
                asyncio.timeout(self._deadline),
                self._client.stream("POST", job.url, content=job.body, headers=headers) as response,
            ):
                status, retry_after = response.status_code, response.headers.get("retry-after")
                body = await _beginning(response)
        except TimeoutError:
            status, error = None, f"no complete answer within {self._deadline:g} s"
        except Exception as e:  # an attempt that is not counted would be made again for ever
            status, error = None, f"{type(e).__name__}: {_storable(str(e))}"[:500]
        took = round((time.perf_counter() - started) * 1000)
        return Answer(
            at=self._clock(), duration_ms=took, status=status, retry_after=retry_after, body=body, error=error
        )


async def _beginning(response: httpx.Response) -> str:
    """The first bytes of the body as text; the rest is not read."""
    read = bytearray()
    async for piece in response.aiter_raw():
        read += piece
        if len(read) >= ANSWER_BYTES:
            break
    return _storable(bytes(read[:ANSWER_BYTES]).decode("utf-8", "replace"))


def _storable(text: str) -> str:
    return text.replace("\x00", "\ufffd")  # PostgreSQL keeps no NUL
