"""A Fetch that doubts success: what is not the page asked for is raised as a fake success instead of returned."""

import asyncio

import structlog

from shushuo_ingest.documents import ParsedDocument
from shushuo_ingest.fetch.fake_success import judge, judge_text
from shushuo_ingest.fetch.fetcher import Fetcher
from shushuo_ingest.fetch.page import FakeSuccess, Page, Validators

log = structlog.get_logger(__name__)


class Believe:
    """Fetches for one source, obeying robots.txt unless its owner allowed otherwise."""

    def __init__(self, fetcher: Fetcher, *, robots: bool = True) -> None:
        self._fetcher, self._robots = fetcher, robots

    async def __call__(self, address: str, *, validators: Validators | None = None) -> Page:
        """The page; FakeSuccess with what spoke against it."""
        page = await self._fetcher(address, validators=validators, robots=self._robots)
        verdict = await asyncio.to_thread(judge, page, requested=address)
        if not verdict.believed:
            log.warning("fake success", address=address, quality=verdict.quality, reason=", ".join(verdict.reasons))
            raise FakeSuccess(f"{address} answered 200 with {', '.join(verdict.reasons)} (quality {verdict.quality})")
        return page


async def doubt_text(parsed: ParsedDocument) -> None:
    """FakeSuccess when a page's main text is an error message dressed like the rest of the site."""
    verdict = await asyncio.to_thread(judge_text, parsed.text)
    if parsed.media_type == "text/html" and not verdict.believed:
        raise FakeSuccess(f"the page's text is {', '.join(verdict.reasons)}: {parsed.text[:60]!r}")
