"""A task that dies is started again; a wrong setting is not."""

import asyncio

import pytest

from shushuo_shared.errors import ConfigError
from shushuo_shared.supervise import supervise


async def test_a_task_that_dies_is_started_again() -> None:
    stop = asyncio.Event()
    starts: list[int] = []

    async def run() -> None:
        starts.append(1)
        if len(starts) < 3:
            raise RuntimeError("died")
        stop.set()

    await asyncio.wait_for(supervise("t", run, stop=stop, pause=0.001), 5)
    assert len(starts) == 3


async def test_a_wrong_setting_ends_it() -> None:
    async def run() -> None:
        raise ConfigError("SHUSHUO_BUS_URL is wrong")

    with pytest.raises(ConfigError):
        await supervise("t", run, stop=asyncio.Event())
