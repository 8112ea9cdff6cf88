"""A receiver of webhooks: a real HTTP server that notes what it gets and answers as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Its webhook-id."""
        return self.headers["webhook-id"]

    @property
    def document(self) -> dict[str, Any]:
        """Its JSON."""
        return dict(json.loads(self.body))


Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Receiver:
    """Answers 200 unless ``answer`` says otherwise; ``got`` is everything received, in order."""

    url: str = ""
    got: list[Received] = field(default_factory=list)
    answer: Callable[[Received], Awaitable[Reply] | Reply] = lambda _: (200, {}, b"thanks")

    def types(self) -> list[str]:
        """The event types received, in order."""
        return [request.document["type"] for request in self.got]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        try:
            while line := await reader.readline():
                request = await _request(line, reader)
                self.got.append(request)
                reply = self.answer(request)
                status, headers, body = await reply if isinstance(reply, Awaitable) else reply
                head = "".join(f"{k}: {v}\r\n" for k, v in headers.items())
                writer.write(f"HTTP/1.1 {status} X\r\n{head}content-length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _request(line: bytes, reader: asyncio.StreamReader) -> Received:
    headers: dict[str, str] = {}
    while (header := (await reader.readline()).decode().strip()) != "":
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Received(line.decode().split(" ")[1], headers, body)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on a free port of this machine."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield receiver
    finally:
        server.close()
