"""Starting, watching and ending the processes of ``member.py``."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.infra.buses import PATIENCE, Transport, until

ROOT = Path(__file__).parents[2]


class MemberProcess:
    """A running member and its notes."""

    def __init__(self, transport: Transport, notes: Path, *options: str, group: str = "group") -> None:
        self._notes = notes
        notes.touch()
        command = [sys.executable, "-m", "tests.infra.member", transport.kind, transport.url, transport.topic, group]
        self.process = subprocess.Popen([*command, str(notes), *options], cwd=ROOT, start_new_session=True)

    def noted(self, what: str) -> list[str]:
        """The values of its notes of one kind, ``begun`` or ``done``."""
        lines = self._notes.read_text(encoding="utf-8").splitlines()
        return [line.partition(" ")[2] for line in lines if line.partition(" ")[0] == what]

    async def until_done(self, count: int) -> None:
        """Wait until it has worked on that many messages."""
        await until(lambda: len(self.noted("done")) >= count)

    async def until_begun(self, value: str) -> None:
        """Wait until it has the message in hand."""
        await until(lambda: value in self.noted("begun"))

    def end(self, how: signal.Signals) -> int:
        """Send the signal; its exit status."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def end_group(self, how: signal.Signals) -> int:
        """Send the signal to it and its children, as a terminal does; its exit status."""
        os.killpg(self.process.pid, how)
        return self.process.wait(PATIENCE)


@contextmanager
def member(transport: Transport, notes: Path, *options: str, group: str = "group") -> Iterator[MemberProcess]:
    """A member process that is surely gone at the end."""
    started = MemberProcess(transport, notes, *options, group=group)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.wait()
