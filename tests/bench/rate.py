"""Requests over real sockets to a server in a process of its own, counted by the processor time that they take there.

Processor time, because a clock on the wall would tell of the machine's other work; ``/seconds`` of the server says it.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from deploy.programs import free_port, listening

READERS, EACH = 8, 50


@contextmanager
def served(module: str, *arguments: str) -> Iterator[int]:
    """A module that serves on the port given as its last argument, in a process of its own."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", module, *arguments, str(port)])
    try:
        _wait_for(port)
        yield port
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        if listening(port):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


def rates(port: int, asked: Sequence[tuple[str, Mapping[str, str]]], *, rounds: int = 5) -> list[float]:
    """Requests a second of the server's processor for each path and headers; the best of some rounds, in turns."""
    found: list[list[float]] = [[] for _ in asked]
    for _ in range(rounds):
        for (path, headers), mine in zip(asked, found, strict=True):
            mine.append(asyncio.run(_rate(port, _request(path, headers))))
    return [max(mine) for mine in found]


def ask(port: int, path: str, headers: Mapping[str, str] = {}) -> tuple[int, dict[str, str], bytes]:
    """One answer: its status, headers and body."""

    async def one() -> tuple[bytes, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answer = await _exchange(reader, writer, _request(path, headers))
        writer.close()
        return answer

    head, body = asyncio.run(one())
    first, *lines = head.decode().strip().split("\r\n")
    return int(first.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body


async def _rate(port: int, request: bytes) -> float:
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(READERS)]

    async def reader(connection: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        for _ in range(EACH):
            await _exchange(*connection, request)

    async def seconds() -> float:
        return float((await _exchange(*connections[0], _request("/seconds", {})))[1])

    start = await seconds()
    await asyncio.gather(*(reader(connection) for connection in connections))
    taken = await seconds() - start
    for _, writer in connections:
        writer.close()
    return READERS * EACH / taken


def _request(path: str, headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nhost: shushuo.example\r\n{lines}\r\n".encode()


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[bytes, bytes]:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    at = head.lower().find(b"content-length:")
    length = int(head[at + 15 : head.index(b"\r\n", at)]) if at >= 0 else 0
    return head, await reader.readexactly(length)
