"""A server inside the loop: it answers, it stops when told, and a taken port is one clear sentence."""

import asyncio
import socket

import httpx
import pytest

from deploy.programs import free_port
from shushuo_shared.errors import ConfigError
from shushuo_shared.health import health_app
from shushuo_shared.serving import serve


async def test_it_answers_until_it_is_told_to_stop() -> None:
    stop, port = asyncio.Event(), free_port()
    app = health_app({"pool": lambda: None, "bus": lambda: "lag is 12"})
    serving = asyncio.create_task(serve(app, host="127.0.0.1", port=port, port_setting="X", stop=stop))
    await asyncio.sleep(0.2)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()) == (503, {"status": "not ready", "bus": "lag is 12"})
        assert "python_info" in (await client.get("/metrics")).text
    stop.set()
    await asyncio.wait_for(serving, 10)


async def test_a_taken_port_is_named_with_the_setting_that_changes_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"127.0.0.1:{port}.*set SHUSHUO_PORT"):
            await serve(None, host="127.0.0.1", port=port, port_setting="SHUSHUO_PORT", stop=asyncio.Event())
