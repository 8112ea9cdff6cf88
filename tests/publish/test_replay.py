"""Replay, over HTTP and by command line: one event, a stretch of time, or all that failed, under the same ids."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from deploy.programs import free_port
from shushuo_publish.app import Publish, create_api
from shushuo_publish.webhooks import retry
from shushuo_shared.bus import Bus
from shushuo_shared.codec import encode
from shushuo_shared.serving import serve
from tests.publish.kit import Clock, extracted, report, until
from tests.publish.receiver import Receiver

REPORTS = ["report.published"]
Replay = Callable[..., Awaitable[int]]


@pytest.fixture
async def url(service: Publish, running: None) -> AsyncIterator[str]:
    """The running service, as the world sees it."""
    stop, port = asyncio.Event(), free_port()
    app = create_api(service)
    task = asyncio.create_task(serve(app, host="127.0.0.1", port=port, port_setting="SHUSHUO_PORT", stop=stop))
    yield f"http://127.0.0.1:{port}"
    stop.set()
    await task


@pytest.fixture(params=["http", "command line"])
def replay(request: pytest.FixtureRequest, url: str, api: httpx.AsyncClient, tmp_path: Path) -> Replay:
    """Asks for a replay in one of the two ways; how many deliveries that queued."""

    async def by_http(endpoint: str, **wanted: str | bool) -> int:
        return int((await api.post(f"/webhooks/{endpoint}/replay", json=wanted)).json()["replayed"])

    async def by_command(endpoint: str, **wanted: str | bool) -> int:
        given = [f"--{k.replace('_', '-')}" + ("" if v is True else f"={v}") for k, v in wanted.items()]
        command = ["-m", "shushuo", "webhooks", "replay", endpoint, "--json", *given]
        settings = {"SHUSHUO_URL": url, "SHUSHUO_ADMIN_TOKEN": "t0ken", "SHUSHUO_DATA_DIR": str(tmp_path)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, env=os.environ | settings, cwd=tmp_path, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        return int(json.loads(out)["replayed"])

    return by_http if request.param == "http" else by_command


@pytest.fixture
async def endpoint(api: httpx.AsyncClient, receiver: Receiver) -> str:
    """An endpoint that hears of published reports."""
    return str((await api.post("/webhooks", json={"url": receiver.url, "types": REPORTS})).json()["id"])


async def sent(api: httpx.AsyncClient, endpoint: str, *states: str) -> list[str]:
    """The webhook-ids of the endpoint's deliveries, oldest first, once they are in these states."""

    async def there() -> list[str]:
        items = (await api.get(f"/webhooks/{endpoint}/deliveries")).json()["items"][::-1]
        return [i["webhook_id"] for i in items] if [i["state"] for i in items] == list(states) else []

    return await until(there)


async def test_one_event_is_sent_again(
    api: httpx.AsyncClient, bus: Bus, receiver: Receiver, endpoint: str, replay: Replay
) -> None:
    for n in (1, 2):
        await bus.publish(encode(extracted(report(f"r{n}"))))
    first, second = sorted(await sent(api, endpoint, "delivered", "delivered"))
    assert await replay(endpoint, webhook_id=second) == 1
    await until(lambda: _count(receiver, 3))
    assert [got.id for got in receiver.got].count(first) == 1
    assert len({got.body for got in receiver.got if got.id == second}) == 1


async def test_a_stretch_of_time_is_sent_again(
    *, api: httpx.AsyncClient, bus: Bus, receiver: Receiver, endpoint: str, replay: Replay, clock: Clock
) -> None:
    starts = []
    for n in (1, 2, 3):
        starts.append(clock.move(hours=1))
        await bus.publish(encode(extracted(report(f"r{n}"))))
        ids = await sent(api, endpoint, *["delivered"] * n)
    assert await replay(endpoint, since=starts[1].isoformat(), until=starts[2].isoformat()) == 1
    assert await replay(endpoint, since=clock.move(days=1).isoformat()) == 0
    await until(lambda: _count(receiver, 4))
    assert [got.id for got in receiver.got] == [*ids, ids[1]]


async def test_all_that_failed_is_sent_again(
    *,
    api: httpx.AsyncClient,
    bus: Bus,
    receiver: Receiver,
    endpoint: str,
    replay: Replay,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retry, "ATTEMPTS", 1)
    receiver.answer = lambda got: (500 if got.document["data"]["report_id"] != "r2" else 200, {}, b"")
    for n, states in ((1, ["failed"]), (2, ["failed", "delivered"]), (3, ["failed", "delivered", "failed"])):
        await bus.publish(encode(extracted(report(f"r{n}"))))
        ids = await sent(api, endpoint, *states)
    receiver.answer = lambda _: (200, {}, b"")
    assert await replay(endpoint, failed=True) == 2
    await sent(api, endpoint, "delivered", "delivered", "delivered")
    assert sorted(got.id for got in receiver.got) == sorted([*ids, ids[0], ids[2]])


async def _count(receiver: Receiver, least: int) -> bool:
    return len(receiver.got) >= least
