"""A member of a group as a process that tests can kill: ``python -m tests.infra.member KIND URL TOPIC GROUP FILE …``.

Writes a line to FILE when it begins and ends a message. ``--die-after VALUE`` kills itself with SIGKILL when that
message is worked on but not yet acknowledged; ``--hang-on VALUE`` never finishes it; ``--pool`` works
in a process pool.
"""

import argparse
import asyncio
import os
import signal
import time

from shushuo_extract.pool import Pool
from shushuo_shared.bus import Message
from tests.infra.buses import Transport


def main() -> None:
    """Consume until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser()
    for name in ("kind", "url", "topic", "group", "file"):
        parser.add_argument(name)
    parser.add_argument("--die-after")
    parser.add_argument("--hang-on")
    parser.add_argument("--slowly", type=float, default=0.0)
    parser.add_argument("--pool", action="store_true")
    asyncio.run(run(parser.parse_args()))


async def run(options: argparse.Namespace) -> None:
    """Consume with four keys at once, as the options say."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    transport = Transport(options.kind, options.url, options.topic)
    bus = await transport.open()
    pool = Pool(processes=2, seconds=10, memory_mb=512, warm=_nothing)
    if options.pool:
        await pool.start()

    async def work(message: Message) -> None:
        value = message.value.decode()
        note(options.file, f"begun {value}")
        if value == options.hang_on:
            await asyncio.Event().wait()
        if options.pool:
            await pool.run(time.sleep, options.slowly)
        else:
            await asyncio.sleep(options.slowly)
        note(options.file, f"done {value}")
        if value == options.die_after:
            os.kill(os.getpid(), signal.SIGKILL)

    note(options.file, "ready")
    await transport.consume(bus)(options.topic, options.group, work, stop=stop, parallel=4)
    await pool.stop()
    await bus.close()


def note(file: str, line: str) -> None:
    """Add a line to the file, on the disk before going on."""
    with open(file, "a", encoding="utf-8") as out:
        out.write(line + "\n")
        out.flush()


def _nothing() -> None:
    """Nothing to load."""


if __name__ == "__main__":
    main()
