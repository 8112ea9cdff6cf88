"""How ingest behaves towards sites: polite, bounded, honest about who it is, and never led inward."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from shushuo_ingest.fetch import fetcher
from shushuo_ingest.fetch.client import open_client
from shushuo_ingest.fetch.fetcher import Fetcher
from shushuo_ingest.fetch.page import FetchFailed, Gone, Refused, Unchanged, Validators
from shushuo_ingest.fetch.politeness import Politeness
from tests.ingest.kit import StoppedClock
from tests.ingest.site import Site, a_site

AGENT = "Shushuo/0.1 (tests)"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with a_site() as opened:
        opened.pages["/"] = "<html><body>首页</body></html>"
        yield opened


@pytest.fixture
async def fetch(site: Site) -> AsyncIterator[Fetcher]:
    async with open_client(user_agent=AGENT, allowed_hosts=[site.address.partition("//")[2]]) as client:
        yield Fetcher(client, politeness=Politeness(gap=0.0), limit=100_000, clock=StoppedClock())


async def test_page_comes_with_what_is_needed_to_ask_again(site: Site, fetch: Fetcher) -> None:
    site.pages["/a"] = Response("文", media_type="text/html; charset=gbk", headers={"etag": '"1"'})

    page = await fetch(site.url("/a"))

    assert (page.body.decode(), page.media_type, page.charset) == ("文", "text/html", "gbk")
    assert page.validators == Validators(etag='"1"')


async def test_unchanged_page_is_told_apart(site: Site, fetch: Fetcher) -> None:
    site.pages["/a"] = lambda asked: Response(status_code=304 if asked.headers.get("if-none-match") == '"1"' else 200)

    with pytest.raises(Unchanged):
        await fetch(site.url("/a"), validators=Validators(etag='"1"'))


async def test_unasked_304_is_a_failure(site: Site, fetch: Fetcher) -> None:
    site.pages["/a"] = Response(status_code=304)

    with pytest.raises(FetchFailed, match="304"):
        await fetch(site.url("/a"))


@pytest.mark.parametrize(("status", "error"), [(404, Gone), (410, Gone), (403, FetchFailed), (500, FetchFailed)])
async def test_failures_say_their_status(site: Site, fetch: Fetcher, status: int, error: type[Exception]) -> None:
    site.pages["/a"] = Response(status_code=status)

    with pytest.raises(error, match=str(status)):
        await fetch(site.url("/a"))


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 20 Jan 2025 00:05:00 GMT", timedelta(minutes=5)),
        ("999999", timedelta(1)),
    ],
)
async def test_retry_after_is_obeyed(site: Site, fetch: Fetcher, value: str, wait: timedelta) -> None:
    site.pages["/a"] = Response(status_code=429, headers={"retry-after": value})

    with pytest.raises(FetchFailed) as asked:
        await fetch(site.url("/a"))
    with pytest.raises(FetchFailed, match="left alone"):
        await fetch(site.url("/"))

    assert asked.value.retry_after == wait
    assert site.asked["/"] == 0


async def test_robots_txt_is_obeyed_and_asked_once(site: Site, fetch: Fetcher) -> None:
    site.pages["/robots.txt"] = Response("User-agent: *\nDisallow: /secret", media_type="text/plain")

    with pytest.raises(Refused, match=r"robots\.txt"):
        await fetch(site.url("/secret/1"))
    await fetch(site.url("/"))

    assert (site.asked["/robots.txt"], site.asked["/secret/1"]) == (1, 0)


async def test_robots_txt_is_asked_once_by_many_at_the_same_moment(site: Site, fetch: Fetcher) -> None:
    await asyncio.gather(*(fetch(site.url("/")) for _ in range(5)))

    assert (site.asked["/robots.txt"], site.asked["/"]) == (1, 5)


async def test_site_that_cannot_serve_its_rules_is_left_alone(site: Site, fetch: Fetcher) -> None:
    site.pages["/robots.txt"] = Response(status_code=500)

    with pytest.raises(FetchFailed):
        await fetch(site.url("/"))

    assert site.asked["/"] == 0


async def test_redirect_is_followed_and_robots_asked_of_the_target(site: Site, fetch: Fetcher) -> None:
    site.pages["/robots.txt"] = Response("User-agent: *\nDisallow: /secret", media_type="text/plain")
    site.pages["/a"], site.pages["/b"] = RedirectResponse("/"), RedirectResponse("/secret/1")

    assert (await fetch(site.url("/a"))).address == site.url("/")
    with pytest.raises(Refused):
        await fetch(site.url("/b"))


async def test_redirects_end(site: Site, fetch: Fetcher) -> None:
    site.pages["/a"] = RedirectResponse("/a")

    with pytest.raises(FetchFailed, match="redirects"):
        await fetch(site.url("/a"))


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ],
)
async def test_redirect_inward_is_refused(site: Site, fetch: Fetcher, target: str) -> None:
    site.pages["/a"] = Response(status_code=302, headers={"location": target})

    with pytest.raises(Refused):
        await fetch(site.url("/a"), robots=False)


async def test_too_large_a_page_is_refused_whether_or_not_it_says_so(site: Site, fetch: Fetcher) -> None:
    async def silent() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b"x" * 10_000

    site.pages["/said"] = Response(b"x" * 200_000)
    site.pages["/unsaid"] = StreamingResponse(silent())

    for path in ("/said", "/unsaid"):
        with pytest.raises(Refused, match="larger than"):
            await fetch(site.url(path))


async def test_site_that_never_comes_to_an_end_is_left(
    site: Site, fetch: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def drips() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.05)

    site.pages["/a"] = StreamingResponse(drips())
    monkeypatch.setattr(fetcher, "DEADLINE", 1.0)

    with pytest.raises(FetchFailed, match="not finished within 1 s"):
        await fetch(site.url("/a"))


async def test_we_say_who_we_are_and_keep_no_cookies(site: Site, fetch: Fetcher) -> None:
    seen: list[dict[str, str]] = []

    def answer(asked: Request) -> Response:
        seen.append(dict(asked.headers))
        return Response("好", headers={"set-cookie": "session=1"})

    site.pages["/a"] = answer
    await fetch(site.url("/a"))
    await fetch(site.url("/a"))

    assert [headers["user-agent"] for headers in seen] == [AGENT, AGENT]
    assert not any("cookie" in headers for headers in seen)


async def test_host_is_asked_by_two_at_once_with_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    politeness, waits, at_once, most = Politeness(gap=2, clock=StoppedClock()), [], 0, 0
    moment, ours = asyncio.sleep, asyncio.get_running_loop()

    async def wait(seconds: float) -> None:
        mine = asyncio.get_running_loop() is ours  # the servers of other tests wait in threads of their own
        waits.extend([seconds] if mine else [])
        await moment(0 if mine else seconds)

    async def visit() -> None:
        nonlocal at_once, most
        async with politeness.turn("court.example.cn"):
            at_once += 1
            most = max(most, at_once)
            await moment(0.01)
            at_once -= 1

    monkeypatch.setattr(asyncio, "sleep", wait)
    await asyncio.gather(*(visit() for _ in range(5)))

    assert most == 2
    assert waits == [0, 2, 4, 6, 8]
