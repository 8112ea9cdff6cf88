"""The run that docs/SOURCE_RUN.md tells of is played again, and happens as it is told there."""

from tests.source_run.__main__ import DOCUMENT, run


async def test_the_run_happens_as_it_is_told() -> None:
    assert (await run()).splitlines() == DOCUMENT.read_text(encoding="utf-8").splitlines()
