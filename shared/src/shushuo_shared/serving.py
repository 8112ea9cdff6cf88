"""Serves an ASGI application inside a running event loop, leaving signals and logging to the launcher."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from shushuo_shared.errors import ConfigError


class _Server(uvicorn.Server):
    """A server that leaves the signals alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


async def serve(app: Any, *, host: str, port: int, port_setting: str, stop: asyncio.Event) -> None:
    """Serve until ``stop`` is set; ConfigError when the port is taken, naming the setting that changes it."""
    try:
        listening = socket.create_server((host, port), backlog=2048)
    except OSError as e:
        raise ConfigError(f"cannot listen on {host}:{port}: {e.strerror}; set {port_setting} to another port") from e
    with listening:
        config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=5, server_header=False)
        server = _Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        stopping.cancel()
        await serving
